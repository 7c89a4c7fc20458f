import { element, setText } from "../../shell/element.ts";
import {
  isReady,
  MOST_OWN,
  SHEET_SHIELDS,
  TOOL_PLACES,
  WALK_STEPS,
  type SheetShield,
  type SpriteStep,
  type SpriteTool,
} from "../rules/spriting.ts";
import type { SpriteResult } from "../work/spriter.ts";
import { enterAt, rove } from "./rove.ts";
import { SpriteFace } from "./sprite-face.ts";

/** What can be done on the board. */
export interface BoardActions {
  pick(shield: SheetShield): void;
  lookAt(at: number): void;
}

/** What the board shows besides the step. */
export interface BoardState {
  /** As far as it has come. */
  readonly sheet: readonly SheetShield[];
  readonly result: SpriteResult | null;
  /** Which sprite of the way is looked at. */
  readonly at: number;
  readonly isWorking: boolean;
}

const ASKS: Readonly<Record<SpriteTool, string>> = {
  walk: "Choose two shields above: what lies between them comes here.",
  change: "Choose a shield above: what becomes of it comes here.",
  sum: "Choose three shields above: A − B + C comes here.",
};
const ROWS: Readonly<Record<SpriteTool, readonly [codes: string, pixels: string]>> = {
  walk: ["From A to B in codes: each step is a shield", "In pixels: two shields at once"],
  change: ["From A to what you ask for, in codes", "The same in pixels: a fade"],
  sum: ["From A to A − B + C in codes", "In pixels: what is over is cut off"],
};

/** The sheet of shields to choose from, and below what comes of those that were chosen. */
export class SpriteBoard {
  readonly root: HTMLElement;
  readonly #sheet: readonly ShieldButton[];
  readonly #own: readonly ShieldButton[];
  readonly #ownPart: HTMLElement;
  readonly #ask = element("p", { class: "sprite-ask" });
  readonly #result: HTMLElement;
  readonly #big = new SpriteFace("What came of it");
  /** The same of pixels, above it. */
  readonly #bigPixels = new SpriteFace();
  readonly #bigPart = element("div", { class: "sprite-big" }, this.#big.root, this.#bigPixels.root);
  readonly #captions = [element("p", { class: "caption" }), element("p", { class: "caption" })] as const;
  readonly #steps: readonly { readonly root: HTMLButtonElement; readonly face: SpriteFace }[];
  readonly #pixels = Array.from({ length: WALK_STEPS }, () => new SpriteFace());

  constructor(actions: BoardActions) {
    const buttons = (count: number): ShieldButton[] => Array.from({ length: count }, () => new ShieldButton(actions));
    this.#sheet = buttons(SHEET_SHIELDS);
    this.#own = buttons(MOST_OWN);
    this.#ownPart = element(
      "div",
      { class: "sprite-own" },
      element("p", { class: "caption", text: "Your pictures, as the network repeats them" }),
      grid("Your pictures", "sprite-own-sheet", this.#own),
    );
    this.#steps = Array.from({ length: WALK_STEPS }, (_, at) => {
      const face = new SpriteFace();
      const attributes = { type: "button", role: "radio", "data-value": String(at), "aria-label": sayStep(at) };
      const root = element(
        "button",
        { class: "sprite-step", attributes, onClick: () => actions.lookAt(at) },
        face.root,
      );
      return { root, face };
    });
    const steps = this.#steps.map(({ root }) => root);
    const walk = element(
      "div",
      {
        class: "sprite-row",
        attributes: { role: "radiogroup", "aria-label": "Steps of the way", "data-test": "sprite-codes" },
      },
      ...steps,
    );
    rove(walk, () => steps);
    this.#result = element(
      "section",
      { class: "sprite-result", attributes: { "aria-label": "What came of it" } },
      this.#bigPart,
      element(
        "div",
        { class: "sprite-ways" },
        this.#captions[0],
        walk,
        this.#captions[1],
        element(
          "div",
          { class: "sprite-row pixels", attributes: { "aria-hidden": "true", "data-test": "sprite-pixels" } },
          ...this.#pixels.map(({ root }) => root),
        ),
      ),
    );
    this.root = element(
      "div",
      { class: "sprite-place", attributes: { hidden: "" } },
      element(
        "div",
        { class: "sprite-board" },
        grid("Shields that the network imagines", "sprite-sheet", this.#sheet),
        this.#ownPart,
        this.#ask,
        this.#result,
      ),
    );
  }

  /** @param split - Whether the large shield's right half is made of pixels. @param holds - Whether all of it is. */
  compare(split: boolean, holds: boolean): void {
    this.#bigPart.classList.toggle("split", split && !holds);
    this.#bigPart.classList.toggle("held", holds);
  }

  set(step: SpriteStep, { sheet, result, at, isWorking }: BoardState): void {
    const letters = (shield: SheetShield): readonly string[] =>
      TOOL_PLACES[step.tool].filter((place) => step.places[place] === shield);
    const own = step.network === "vae" ? step.own : [];
    this.#sheet.forEach((button, index) => button.set(sheet[index] ?? null, letters));
    this.#own.forEach((button, index) => button.set(own[index] ?? null, letters));
    for (const { root } of this.#own.slice(own.length)) root.hidden = true;
    this.#ownPart.hidden = own.length === 0;
    this.root.setAttribute("aria-busy", String(isWorking));
    const shown = isReady(step) ? result : null;
    this.#ask.hidden = shown !== null;
    setText(this.#ask, isReady(step) ? "Reckoning…" : ASKS[step.tool]);
    this.#result.hidden = shown === null;
    if (!shown) return;
    ROWS[step.tool].forEach((text, row) => setText(this.#captions[row], text));
    this.#big.set(shown.codes[at]);
    this.#bigPixels.set(shown.pixels[at]);
    shown.pixels.forEach((sprite, index) => this.#pixels[index].set(sprite));
    this.#steps.forEach(({ root, face }, index) => {
      face.set(shown.codes[index]);
      root.setAttribute("aria-checked", String(index === at));
    });
    const steps = this.#steps.map(({ root }) => root);
    if (!steps.some((each) => each === document.activeElement)) enterAt(steps, steps[at]);
  }
}

/** A shield on the sheet: a click puts it onto the place that is filled next. */
class ShieldButton {
  readonly root: HTMLButtonElement;
  readonly #face = new SpriteFace();
  readonly #letters = element("b", { class: "sprite-letters", attributes: { "aria-hidden": "true" } });
  #shield: SheetShield | null = null;

  constructor(actions: BoardActions) {
    this.root = element(
      "button",
      {
        class: "sprite-cell",
        attributes: { type: "button" },
        onClick: () => this.#shield && actions.pick(this.#shield),
      },
      this.#face.root,
      this.#letters,
    );
  }

  /** @param lettersOf - The places where a shield lies. */
  set(shield: SheetShield | null, lettersOf: (shield: SheetShield) => readonly string[]): void {
    const letters = shield ? lettersOf(shield) : [];
    this.#shield = shield;
    this.#face.set(shield?.sprite ?? null);
    this.root.hidden = false;
    this.root.disabled = shield === null;
    this.root.setAttribute("aria-pressed", String(letters.length > 0));
    const name = shield?.name ?? "Not there yet";
    this.root.setAttribute("aria-label", [name, ...letters].join(", "));
    setText(this.#letters, letters.join(""));
  }
}

function grid(label: string, test: string, cells: readonly ShieldButton[]): HTMLElement {
  const buttons = cells.map(({ root }) => root);
  const made = element(
    "div",
    { class: "sprite-sheet", attributes: { role: "group", "aria-label": label, "data-test": test } },
    ...buttons,
  );
  rove(made, () => buttons.filter((each) => !each.hidden));
  enterAt(buttons, undefined);
  return made;
}

function sayStep(at: number): string {
  if (at === 0) return "A itself";
  return at === WALK_STEPS - 1 ? "The end" : `Step ${at} of ${WALK_STEPS - 1}`;
}
