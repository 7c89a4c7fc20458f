import { element } from "../../shell/element.ts";
import { Choice } from "../../shell/choice.ts";
import type { MindChoice } from "./mind-choice.ts";

/** What can be chosen before a game. */
export interface RoundChoices {
  readonly minds: readonly MindChoice[];
  readonly mind: string;
  readonly golems: number;
}

/** What a card's buttons do. */
export interface RoundCardActions {
  play(): void;
  teach(): void;
  chooseMind(id: string): void;
  chooseGolems(count: number): void;
}

/** How a game went. */
export interface RoundResult {
  readonly outcome: "escaped" | "caught" | "timeUp";
  readonly score: number;
  readonly best: number;
  readonly gems: number;
  readonly seconds: number;
}

const HEADLINES = {
  escaped: {
    title: "You got away",
    mood: "good",
    lead: "All three gems are out. The golems will want another lesson.",
  },
  caught: { title: "Caught", mood: "bad", lead: "A golem has you. Break its line of sight before it is near." },
  timeUp: { title: "Too late", mood: "bad", lead: "The night is over and gems are still in the yard." },
} as const;

/** The card in the middle of the picture: how to play, or how it went. */
export class RoundCard {
  readonly #root = element("div", { class: "card panel", attributes: { role: "dialog", hidden: "" } });
  readonly #actions: RoundCardActions;
  readonly #mind: Choice<string>;
  readonly #golems: Choice<string>;

  constructor(container: HTMLElement, actions: RoundCardActions) {
    this.#actions = actions;
    this.#mind = new Choice("The golems' mind", (id) => actions.chooseMind(id));
    this.#golems = new Choice("Number of golems", (count) => actions.chooseGolems(Number(count)));
    container.append(this.#root);
  }

  get isOpen(): boolean {
    return !this.#root.hidden;
  }

  /** Says what the game is about. */
  showStart(choices: RoundChoices): void {
    this.setChoices(choices);
    this.#root.className = "card panel";
    this.#fill(
      "Golem Yard",
      "Carry the three gems to the gate, one at a time. Golems hunt what they see: stay behind things.",
      null,
      "Play",
    );
  }

  /** Says how it went. */
  showResult(result: RoundResult, choices: RoundChoices): void {
    this.setChoices(choices);
    const { title, mood, lead } = HEADLINES[result.outcome];
    this.#root.className = `card panel ${mood}`;
    const sum = (value: string, label: string): HTMLElement =>
      element("div", {}, element("b", { text: value }), element("small", { text: label }));
    const sums = element(
      "div",
      { class: "sums" },
      sum(result.score.toString(), result.score > 0 && result.score >= result.best ? "Score, your best" : "Score"),
      sum(`${result.gems}/3`, "Gems"),
      sum(`${result.seconds.toFixed(0)} s`, "Time"),
    );
    this.#fill(title, lead, sums, "Play again");
  }

  /** Shows the choices anew, on an open card too. */
  setChoices({ minds, mind, golems }: RoundChoices): void {
    this.#mind.set(
      minds.map(({ id, label, title, available }) => ({ value: id, label, title, enabled: available })),
      mind,
    );
    this.#golems.set(
      ["1", "2", "3"].map((count) => ({ value: count, label: count })),
      golems.toString(),
    );
  }

  hide(): void {
    this.#root.hidden = true;
  }

  dispose(): void {
    this.#root.remove();
  }

  #fill(title: string, lead: string, sums: HTMLElement | null, playLabel: string): void {
    const play = element("button", {
      class: "button primary",
      text: playLabel,
      attributes: { type: "button", "data-test": "play" },
      onClick: () => this.#actions.play(),
    });
    const teach = element("button", {
      class: "button quiet",
      text: "Watch golems learn",
      attributes: { type: "button" },
      onClick: () => this.#actions.teach(),
    });
    const choice = (label: string, chips: HTMLElement): HTMLElement =>
      element("div", { class: "choice" }, element("div", { class: "choice-label", text: label }), chips);
    const key = (text: string): HTMLElement => element("kbd", { text });
    this.#root.setAttribute("aria-label", title);
    this.#root.replaceChildren(
      element("h1", { class: "title", text: title }),
      element("p", { class: "lead", text: lead }),
      ...(sums ? [sums] : []),
      element("div", { class: "row" }, play, teach),
      choice("The golems' mind", this.#mind.root),
      choice("Golems", this.#golems.root),
      element(
        "div",
        { class: "keys" },
        element(
          "span",
          { class: "for-keys" },
          key("W"),
          " ",
          key("A"),
          " ",
          key("S"),
          " ",
          key("D"),
          " or arrows: run",
        ),
        element("span", { class: "for-keys" }, key("Shift"), " sprint"),
        element("span", { class: "for-keys" }, key("Enter"), " play"),
        element("span", { class: "for-touch", text: "Drag anywhere to run" }),
        element("span", { text: "Tap a golem to read its mind" }),
      ),
    );
    this.#root.hidden = false;
    play.focus({ preventScroll: true });
  }
}
