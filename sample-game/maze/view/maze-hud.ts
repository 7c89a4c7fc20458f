import { element, setText } from "../../shell/element.ts";

/** What the line at the top shows. */
export interface MazeHudState {
  readonly solved: number;
  readonly walked: number;
  readonly moves: number;
  /** Moves on the shortest way from the start. */
  readonly shortest: number;
  readonly patience: number;
}

/** The score, the moves of this maze, short messages, and the line that says what draws. */
export class MazeHud {
  readonly #line: HTMLElement;
  readonly #solved = element("span", { attributes: { "data-test": "solved" } });
  readonly #moves = element("span", { attributes: { "data-test": "moves" } });
  readonly #shortest = element("span");
  readonly #badge = element("div", { class: "badge", attributes: { "data-test": "badge" } });
  readonly #toast = element("div", { class: "toast panel", attributes: { role: "status" } });
  #toastTimer = 0;

  constructor(container: HTMLElement) {
    const figure = (name: string, value: HTMLElement): HTMLElement =>
      element("div", { class: "hud-figure" }, element("small", { text: name }), value);
    this.#line = element(
      "div",
      { class: "hud panel" },
      figure("Solved", this.#solved),
      figure("Moves", this.#moves),
      figure("Shortest", this.#shortest),
    );
    container.append(this.#line, this.#badge, this.#toast);
  }

  /** Touches the page only where something has changed. */
  update({ solved, walked, moves, shortest, patience }: MazeHudState): void {
    setText(this.#solved, `${solved} of ${walked}`);
    setText(this.#moves, `${moves} / ${patience}`);
    setText(this.#shortest, String(shortest));
  }

  /** Shows a few words for a moment. @param seconds - How long. */
  say(text: string, mood: "good" | "bad" | "plain" = "plain", seconds = 2.2): void {
    window.clearTimeout(this.#toastTimer);
    this.#toast.className = `toast panel shown ${mood}`;
    this.#toast.textContent = text;
    this.#toastTimer = window.setTimeout(() => this.#toast.classList.remove("shown"), seconds * 1000);
  }

  /** Says what draws, who decides and how fast. */
  setBadge(renderer: string, mind: string, frames: number): void {
    if (this.#badge.textContent === `${renderer} · ${mind} · ${frames} fps`) return;
    this.#badge.replaceChildren(element("b", { text: renderer }), ` · ${mind} · ${frames} fps`);
  }

  dispose(): void {
    window.clearTimeout(this.#toastTimer);
    for (const part of [this.#line, this.#badge, this.#toast]) part.remove();
  }
}
