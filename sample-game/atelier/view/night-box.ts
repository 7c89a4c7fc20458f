import { element, setText } from "../../shell/element.ts";
import { electronsAt, FIRST_NIGHT, NIGHT_SCALE, stepOf, type Night } from "../rules/night.ts";
import { SliderRow } from "./slider-row.ts";

/** The night camera's switches: on, how little light, clean. */
export class NightBox {
  readonly root: HTMLElement;
  readonly #isOn: HTMLInputElement;
  readonly #isClean: HTMLInputElement;
  readonly #light: SliderRow;
  readonly #clean: HTMLElement;
  readonly #note = element("p", { class: "night-note", attributes: { role: "status" } });

  constructor(onChange: (change: Partial<Night>) => void) {
    const box = (name: string, change: (checked: boolean) => Partial<Night>): HTMLInputElement => {
      const input = element("input", { attributes: { type: "checkbox", "data-name": name } });
      input.addEventListener("change", () => onChange(change(input.checked)));
      return input;
    };
    this.#isOn = box("night", (isOn) => ({ isOn }));
    this.#isOn.setAttribute("aria-keyshortcuts", "N");
    this.#isClean = box("clean", (isClean) => ({ isClean }));
    this.#light = new SliderRow(NIGHT_SCALE, stepOf(FIRST_NIGHT.electrons), (step) =>
      onChange({ electrons: electronsAt(step ?? stepOf(FIRST_NIGHT.electrons)) }),
    );
    this.#clean = element(
      "label",
      { class: "check-row" },
      this.#isClean,
      element("span", { text: "Clean by a network" }),
    );
    this.root = element(
      "div",
      { class: "night-box", attributes: { role: "group", "aria-label": "Night camera" } },
      element("label", { class: "check-row" }, this.#isOn, element("span", { text: "Night camera" })),
      this.#light.root,
      this.#clean,
      this.#note,
    );
    this.set(FIRST_NIGHT, null);
  }

  /** @param note - What there is to be said; null for nothing. */
  set({ isOn, isClean, electrons }: Night, note: string | null): void {
    this.#isOn.checked = isOn;
    this.#isClean.checked = isClean;
    this.#light.set(stepOf(electrons));
    this.#light.root.hidden = this.#clean.hidden = !isOn;
    this.#note.hidden = note === null;
    setText(this.#note, note ?? "");
    // On a phone it may stand below the sheet's edge.
    if (note !== null) this.#note.scrollIntoView({ block: "nearest" });
  }
}
