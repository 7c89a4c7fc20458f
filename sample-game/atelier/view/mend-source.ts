import { element, setText } from "../../shell/element.ts";
import type { MendStep } from "../rules/mending.ts";
import { icon } from "./icons.ts";
import { Segments } from "./segments.ts";

/** Ways to a picture, and what it is. */
export interface MendSourceActions {
  chooseFile(): void;
  /** Takes the colours of the material on the bench. */
  takeBench(): void;
  setRepeats(repeats: boolean): void;
}

/** What the part shows besides the picture. */
export interface MendSourceState {
  readonly hasBench: boolean;
  /** Whether the picture has to stay. */
  readonly isLocked: boolean;
}

/** Where the picture that is mended comes from. */
export class MendSource {
  readonly root: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #full: HTMLElement;
  readonly #name = element("b");
  readonly #size = element("small");
  readonly #repeats: Segments<"repeats" | "ends">;
  readonly #choosers: readonly HTMLButtonElement[];
  readonly #benches: readonly HTMLButtonElement[];

  constructor(actions: MendSourceActions) {
    const choose = (text: string, look: string): HTMLButtonElement => {
      const made = button(text, `mend-choose${look && "-another"}`, look, actions.chooseFile);
      made.prepend(icon("file"));
      return made;
    };
    const bench = (text: string, look: string): HTMLButtonElement =>
      button(text, `mend-bench${look && "-another"}`, look, actions.takeBench);
    this.#choosers = [choose("Choose a picture", ""), choose("Another…", "small")];
    this.#benches = [bench("Take the bench's colours", ""), bench("From the bench", "small")];
    this.#empty = element(
      "div",
      { class: "drop-zone" },
      element("p", { class: "for-mouse", text: "Drop a noisy or scratched picture here, or paste one." }),
      element("p", { class: "for-finger", text: "Take a picture that is noisy or has spots." }),
      this.#choosers[0],
      element("p", { class: "hint", text: "It stays on this device." }),
      element("p", { class: "caption", text: "Or mend what you have made" }),
      this.#benches[0],
    );
    this.#repeats = new Segments(
      "Borders",
      [
        ["repeats", "It tiles", "What leaves at one side comes in at the other"],
        ["ends", "It ends there", "Nothing is known beyond the borders"],
      ],
      (way) => actions.setRepeats(way === "repeats"),
      true,
    );
    this.#full = element(
      "div",
      { class: "mend-source" },
      element("div", { class: "picture-name" }, this.#name, this.#size),
      element("div", { class: "row" }, this.#choosers[1], this.#benches[1]),
      this.#repeats.root,
    );
    this.root = element(
      "section",
      { class: "mend-from", attributes: { "aria-label": "Picture" } },
      this.#empty,
      this.#full,
    );
  }

  set(step: MendStep | null, { hasBench, isLocked }: MendSourceState): void {
    this.#empty.hidden = step !== null;
    this.#full.hidden = step === null;
    for (const each of this.#benches) each.disabled = !hasBench || isLocked;
    for (const each of this.#choosers) each.disabled = isLocked;
    for (const way of ["repeats", "ends"] as const) this.#repeats.allow(way, !isLocked);
    if (!step) return;
    const { name, picture, repeats } = step;
    setText(this.#name, name);
    setText(this.#size, `${picture.width} × ${picture.height}`);
    this.#repeats.choose(repeats ? "repeats" : "ends");
  }
}

function button(text: string, test: string, look: string, act: () => void): HTMLButtonElement {
  const attributes = { type: "button", "data-test": test };
  return element("button", { class: `button ${look}`, attributes, onClick: () => act() }, text);
}
