import { element } from "../../shell/element.ts";
import type { GardenEntry } from "../work/garden.ts";
import { enterAt, rove } from "./rove.ts";

/** Species as pictures, of which one is chosen. */
export class SpeciesGrid {
  readonly root: HTMLElement;
  readonly #onPick: (key: string) => void;
  readonly #buttons = new Map<string, HTMLButtonElement>();
  #shown = "";

  /** @param label - What is chosen, for screen readers. */
  constructor(label: string, onPick: (key: string) => void) {
    this.#onPick = onPick;
    this.root = element("div", { class: "class-grid", attributes: { role: "radiogroup", "aria-label": label } });
    rove(this.root, () => [...this.#buttons.values()]);
  }

  /** Shows these; what did not change keeps its picture and its focus. */
  set(entries: readonly GardenEntry[], chosen: string): void {
    const shown = JSON.stringify(entries);
    if (shown !== this.#shown) {
      this.#shown = shown;
      const old = new Map(this.#buttons);
      this.#buttons.clear();
      for (const entry of entries) this.#buttons.set(entry.key, old.get(entry.key) ?? this.#tile(entry));
      this.root.replaceChildren(...this.#buttons.values());
    }
    for (const [key, button] of this.#buttons) button.setAttribute("aria-checked", String(key === chosen));
    enterAt([...this.#buttons.values()], this.#buttons.get(chosen));
  }

  /** Hangs a picture onto a species' button. */
  setFace(key: string, face: HTMLElement): void {
    this.#buttons.get(key)?.querySelector(".tile-face")?.replaceChildren(face);
  }

  #tile({ key, label, face }: GardenEntry): HTMLButtonElement {
    const picture = face === null ? [] : [element("img", { attributes: { src: face, alt: "", draggable: "false" } })];
    return element(
      "button",
      {
        class: "tile",
        attributes: { type: "button", role: "radio", title: label, "data-value": key },
        onClick: () => this.#onPick(key),
      },
      element("span", { class: "tile-face species-face" }, ...picture),
      element("span", { class: "tile-name", text: label }),
    );
  }
}
