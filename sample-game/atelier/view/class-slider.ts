import { HELD_OUT_CLASSES, MATERIAL_NAMES } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import type { Towards } from "../rules/imagining.ts";
import { className } from "../rules/names.ts";
import type { Scale } from "../rules/scales.ts";
import { SliderRow } from "./slider-row.ts";

/** Classes that the shipped imaginer knows. */
export const KNOWN_CLASSES: readonly string[] = MATERIAL_NAMES.filter((name) => !HELD_OUT_CLASSES.includes(name));

/** How far it goes when a class is chosen, so that one sees something happen. */
const FIRST_SHARE = 0.5;
const SCALE: Scale<"towards"> = {
  name: "towards",
  label: "Towards the class",
  hint: "From what it is to what the class is like. Choose a class first",
  ...{ least: 0, most: 1, step: 0.01 },
  say: (share) => `${Math.round(100 * share)} %`,
};

/** A choice of a class, and a slider that moves what is imagined towards it. */
export class ClassSlider {
  readonly root: HTMLElement;
  readonly #choice: HTMLSelectElement;
  readonly #slider: SliderRow;
  #towards: Towards | null = null;

  /** @param onChange - Called with what was set and its name, for people. */
  constructor(onChange: (towards: Towards | null, what: string) => void) {
    const option = (value: string, text: string): HTMLElement => element("option", { text, attributes: { value } });
    this.#choice = element(
      "select",
      { attributes: { "data-test": "towards-class", title: "What it is moved towards" } },
      option("", "None"),
      ...KNOWN_CLASSES.map((name) => option(name, className(name))),
    );
    const move = (towards: Towards): void => onChange(towards, `Towards ${className(towards.material).toLowerCase()}`);
    this.#choice.addEventListener("change", () => {
      const { value: material } = this.#choice;
      if (material) move({ material, share: this.#towards?.share || FIRST_SHARE });
      else onChange(null, "No class");
    });
    this.#slider = new SliderRow(SCALE, 0, (value) => {
      if (this.#towards) move({ ...this.#towards, share: value ?? 0 });
    });
    this.root = element(
      "div",
      { class: "class-slider" },
      element("label", { class: "class-choice" }, element("span", { text: "Class" }), this.#choice),
      this.#slider.root,
    );
  }

  set(towards: Towards | null): void {
    this.#towards = towards;
    this.#choice.value = towards?.material ?? "";
    this.#slider.allow(towards !== null);
    this.#slider.set(towards?.share ?? 0);
  }
}
