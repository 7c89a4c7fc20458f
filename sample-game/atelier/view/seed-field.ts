import { element } from "../../shell/element.ts";

/** A field for a seed: a whole number below 2³². */
export class SeedField {
  readonly root: HTMLElement;
  readonly #input = element("input", {
    class: "seed-field",
    attributes: { type: "number", min: "0", max: "4294967295", step: "1", inputmode: "numeric", "aria-label": "Seed" },
  });

  /** @param onSeed - Called with what was typed, if it can be. */
  constructor(onSeed: (seed: number) => void) {
    this.#input.addEventListener("change", () => {
      const seed = this.#input.valueAsNumber;
      if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) onSeed(seed);
    });
    this.root = element(
      "label",
      { class: "seed-label" },
      element("span", { class: "caption", text: "Seed" }),
      this.#input,
    );
  }

  /** Shows a seed, unless somebody is typing one. */
  set(seed: number): void {
    const text = String(seed);
    if (document.activeElement !== this.#input && this.#input.value !== text) this.#input.value = text;
  }
}
