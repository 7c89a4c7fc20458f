import { element, setText } from "../../shell/element.ts";
import type { Scale } from "../rules/scales.ts";

/** A slider with its name, its value and its unit; a double click puts it back. Without a value it says `auto`. */
export class SliderRow {
  readonly root: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #output = element("output");
  readonly #scale: Scale<string>;
  #usual: number | null;

  /**
   * @param usual - Where a double click puts it; null is left to the painter, and said so.
   * @param onInput - Called while it moves.
   */
  constructor(scale: Scale<string>, usual: number | null, onInput: (value: number | null) => void) {
    this.#scale = scale;
    this.#usual = usual;
    const { label, hint, least, most, step, name } = scale;
    this.#input = element("input", {
      attributes: {
        type: "range",
        min: String(least),
        max: String(most),
        step: String(step),
        "aria-label": label,
        "data-name": name,
      },
    });
    this.#input.addEventListener("input", () => {
      this.#show(this.#input.valueAsNumber);
      onInput(this.#input.valueAsNumber);
    });
    this.#input.addEventListener("dblclick", () => {
      this.set(this.#usual);
      onInput(this.#usual);
    });
    this.root = element(
      "label",
      { class: "slider-row", attributes: { title: `${hint}. Double click puts it back.` } },
      element("span", { text: label }),
      this.#output,
      this.#input,
    );
  }

  /** Shows a value. @param usual - Where a double click puts it from now on. */
  set(value: number | null, usual = this.#usual): void {
    this.#usual = usual;
    const { least, most } = this.#scale;
    const shown = value ?? (least + most) / 2;
    if (this.#input.valueAsNumber !== shown) this.#input.value = String(shown);
    this.#show(shown, value === null ? "auto" : undefined);
  }

  /** Greys it out, or not. */
  allow(allowed: boolean): void {
    this.#input.disabled = !allowed;
  }

  #show(value: number, said = this.#scale.say(value)): void {
    const { least, most } = this.#scale;
    this.root.classList.toggle("auto", said === "auto");
    setText(this.#output, said);
    this.#input.setAttribute("aria-valuetext", said);
    this.#input.style.setProperty("--share", `${((100 * (value - least)) / (most - least)).toFixed(1)}%`);
  }
}
