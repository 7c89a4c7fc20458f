import { element } from "../../shell/element.ts";
import {
  hexOfTincture,
  SHIELD_CHOICES,
  SHIELD_SCALES,
  tinctureOf,
  type ShieldKindName,
  type ShieldLook,
} from "../rules/shield-look.ts";
import { Segments } from "./segments.ts";
import { SliderRow } from "./slider-row.ts";

/** Called with what is asked for. @param gesture - Of a control that moves: all of it is one step. */
export type ChangeShield = (part: Partial<ShieldLook>, gesture: string | null) => void;

const BORDER = [
  ["plain", "No border", "The colours go to the edge"],
  ["border", "Border", "A band of metal runs along the edge"],
] as const;
const COLOURS = ["First colour", "Second colour"] as const;
const CAPTIONS: Readonly<Record<ShieldKindName, string>> = {
  outline: "Outline",
  charge: "Charge",
  division: "Division",
};

/** What a shield is like, and shall be like. */
export class ShieldSliders {
  readonly root: HTMLElement;
  readonly #kinds: readonly ((look: ShieldLook) => void)[];
  readonly #border: Segments<"plain" | "border">;
  readonly #scales: readonly (readonly ["metal" | "wear", SliderRow])[];
  readonly #colours: readonly HTMLInputElement[];
  #look: ShieldLook | null = null;

  constructor(change: ChangeShield, reset: () => void) {
    const rows: HTMLElement[] = [];
    const kind = <Name extends ShieldKindName>(
      name: Name,
      choices: (typeof SHIELD_CHOICES)[Name],
    ): ((look: ShieldLook) => void) => {
      const segments = new Segments<ShieldLook[Name]>(CAPTIONS[name], choices, (value) =>
        change({ [name]: value }, null),
      );
      const caption = element("span", {
        class: "caption",
        text: CAPTIONS[name],
        attributes: { "aria-hidden": "true" },
      });
      rows.push(element("div", { class: "sprite-kind" }, caption, segments.root));
      return (look) => segments.choose(look[name]);
    };
    this.#kinds = [
      kind("outline", SHIELD_CHOICES.outline),
      kind("charge", SHIELD_CHOICES.charge),
      kind("division", SHIELD_CHOICES.division),
    ];
    this.#border = new Segments("Border", BORDER, (way) => change({ border: way === "border" }, null));
    this.#scales = SHIELD_SCALES.map((scale) => {
      const { name } = scale;
      return [name, new SliderRow(scale, 0.5, (value) => change({ [name]: value ?? 0.5 }, name))];
    });
    this.#colours = COLOURS.map((label, at) => {
      const input = element("input", {
        attributes: { type: "color", "data-name": `tincture-${at}`, "aria-label": label },
      });
      input.addEventListener("input", () => {
        if (!this.#look) return;
        const [first, second] = this.#look.tinctures;
        const colour = tinctureOf(input.value);
        change({ tinctures: at === 0 ? [colour, second] : [first, colour] }, label);
      });
      return input;
    });
    this.root = element(
      "section",
      { class: "shield-sliders", attributes: { "aria-label": "Attributes of the shield" } },
      element(
        "div",
        { class: "section-head" },
        element("h2", { text: "A shall be" }),
        element("button", {
          class: "link",
          text: "As it is",
          attributes: { type: "button", "data-test": "sprite-reset", title: "Nothing of A is changed" },
          onClick: reset,
        }),
      ),
      ...rows,
      this.#border.root,
      element(
        "div",
        { class: "colour-fields" },
        ...this.#colours.map((input, at) =>
          element("label", { class: "colour-field" }, input, element("span", { text: COLOURS[at] })),
        ),
      ),
      ...this.#scales.map(([, { root }]) => root),
    );
  }

  /** @param look - What is asked for. @param usual - What A is: there a double click on a slider leads. */
  set(look: ShieldLook, usual: ShieldLook): void {
    this.#look = look;
    for (const show of this.#kinds) show(look);
    this.#border.choose(look.border ? "border" : "plain");
    for (const [name, slider] of this.#scales) slider.set(look[name], usual[name]);
    this.#colours.forEach((input, at) => {
      const hex = hexOfTincture(look.tinctures[at]);
      if (input.value !== hex && document.activeElement !== input) input.value = hex;
    });
  }
}
