import type { AttributeLabel } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import type { Imagining } from "../rules/imagining.ts";
import type { Scale } from "../rules/scales.ts";
import { ClassSlider } from "./class-slider.ts";
import { SliderRow } from "./slider-row.ts";

/** What the sliders set. */
export type Moves = Pick<Imagining, "towards" | "change">;

const MAIN: readonly (readonly [AttributeLabel, string])[] = [
  ["moss", "More or less moss"],
  ["wear", "More or less chipped, scratched and faded"],
  ["wetness", "Drier or wetter"],
  ["cracks", "Fewer or more cracks"],
  ["dirt", "Cleaner or dirtier"],
  ["scale", "Smaller or larger parts"],
];
const COLOURS: readonly AttributeLabel[] = [
  "colour red",
  "colour green",
  "colour blue",
  "second colour red",
  "second colour green",
  "second colour blue",
];

/** Sliders that move what is imagined towards a class, and along the directions of the attributes. */
export class ChangeSliders {
  readonly root: HTMLElement;
  readonly #class: ClassSlider;
  readonly #sliders = new Map<AttributeLabel, SliderRow>();
  #change: Moves["change"] = {};

  /** @param onMove - Called with the class or with all changes, and the name of what was moved, for people. */
  constructor(onMove: (moves: Partial<Moves>, what: string) => void) {
    this.#class = new ClassSlider((towards, what) => onMove({ towards }, what));
    const slider = (name: AttributeLabel, hint: string): HTMLElement => {
      const label = name.charAt(0).toUpperCase() + name.slice(1);
      const row = new SliderRow(scaleOf(name, label, hint), 0, (value) => {
        const { [name]: _, ...others } = this.#change;
        onMove({ change: value ? { ...others, [name]: value } : others }, label);
      });
      this.#sliders.set(name, row);
      return row.root;
    };
    this.root = element(
      "section",
      { class: "change-sliders" },
      element(
        "div",
        { class: "section-head" },
        element("h2", { text: "Class and attributes" }),
        element("button", {
          class: "link",
          text: "Reset",
          attributes: { type: "button", "data-test": "reset-change", title: "Nothing is moved" },
          onClick: () => onMove({ towards: null, change: {} }, "Reset"),
        }),
      ),
      this.#class.root,
      ...MAIN.map(([name, hint]) => slider(name, hint)),
      element(
        "details",
        {},
        element("summary", { text: "Colours" }),
        ...COLOURS.map((name) => slider(name, "Less or more of it")),
      ),
    );
  }

  set({ towards, change }: Moves): void {
    this.#class.set(towards);
    this.#change = change;
    for (const [name, slider] of this.#sliders) slider.set(change[name] ?? 0);
  }
}

function scaleOf(name: AttributeLabel, label: string, hint: string): Scale<AttributeLabel> {
  const say = (value: number): string =>
    `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.round(100 * Math.abs(value))} %`;
  return { name, label, hint, least: -1, most: 1, step: 0.02, say };
}
