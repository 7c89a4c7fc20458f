import { element } from "../../shell/element.ts";
import { colourOf, hexOf } from "../rules/colours.ts";
import { LOOK_SCALES, type LookNumber } from "../rules/scales.ts";
import type { LookWish } from "../rules/wish.ts";
import { SliderRow } from "./slider-row.ts";

const COLOURS = [
  ["colour", "Colour"],
  ["secondColour", "Second colour"],
] as const;

/** Sliders and colours of a class. */
export class LookSliders {
  readonly root: HTMLElement;
  readonly #sliders = new Map<LookNumber, SliderRow>();
  readonly #colours = new Map<(typeof COLOURS)[number][0], HTMLInputElement>();
  #look: LookWish;
  #usual: LookWish;

  /** @param onChange - Called with the new look and the name of what was moved, for people. */
  constructor(look: LookWish, onChange: (look: LookWish, what: string) => void) {
    this.#look = this.#usual = look;
    for (const scale of LOOK_SCALES) {
      const { name, label } = scale;
      const slider = new SliderRow(scale, look[name], (value) =>
        onChange({ ...this.#look, [name]: value ?? this.#usual[name] }, label),
      );
      this.#sliders.set(name, slider);
    }
    const fields = COLOURS.map(([name, label]) => {
      const input = element("input", { attributes: { type: "color", "data-name": name, "aria-label": label } });
      input.addEventListener("input", () => onChange({ ...this.#look, [name]: colourOf(input.value) }, label));
      this.#colours.set(name, input);
      return element("label", { class: "colour-field" }, input, element("span", { text: label }));
    });
    this.root = element(
      "section",
      { class: "look-sliders" },
      element(
        "div",
        { class: "section-head" },
        element("h2", { text: "Attributes" }),
        element("button", {
          class: "link",
          text: "Reset",
          attributes: { type: "button", "data-test": "reset-look", title: "As the class comes" },
          onClick: () => onChange(this.#usual, "Reset"),
        }),
      ),
      ...[...this.#sliders.values()].map(({ root }) => root),
      element("div", { class: "colour-fields" }, ...fields),
    );
  }

  /** @param usual - Where reset leads. */
  set(look: LookWish, usual: LookWish): void {
    this.#look = look;
    this.#usual = usual;
    for (const [name, slider] of this.#sliders) slider.set(look[name], usual[name]);
    for (const [name, input] of this.#colours) {
      const hex = hexOf(look[name]);
      if (input.value !== hex && document.activeElement !== input) input.value = hex;
    }
  }
}
