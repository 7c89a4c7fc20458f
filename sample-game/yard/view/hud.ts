import { element, setText } from "../../shell/element.ts";
import type { Piece } from "../rules/referee.ts";

/** What the line at the top shows. */
export interface HudState {
  readonly pieces: readonly Piece[];
  readonly secondsLeft: number;
  readonly score: number;
  /** Breath left for sprinting, in [0, 1]. */
  readonly breath: number;
  /** Whether the thief must get its breath back first. */
  readonly spent: boolean;
}

/** Gems, time, score and breath; short messages; the line that says what runs on what. */
export class Hud {
  readonly #line: HTMLElement;
  readonly #gems = element("div", { class: "hud-gems", attributes: { role: "img" } });
  readonly #time = element("span", { attributes: { "data-test": "time" } });
  readonly #timeFigure: HTMLElement;
  readonly #score = element("span", { attributes: { "data-test": "score" } });
  readonly #breath = element("i");
  readonly #breathFigure: HTMLElement;
  readonly #badge = element("div", { class: "badge", attributes: { "data-test": "badge" } });
  readonly #toast = element("div", { class: "toast panel", attributes: { role: "status" } });
  #toastTimer = 0;
  #gemLooks = "";

  constructor(container: HTMLElement) {
    this.#timeFigure = element("div", { class: "hud-figure" }, element("small", { text: "Time" }), this.#time);
    this.#breathFigure = element(
      "div",
      { class: "hud-figure breath" },
      element("small", { text: "Breath" }),
      element("div", { class: "breath-bar" }, this.#breath),
    );
    this.#line = element(
      "div",
      { class: "hud panel", attributes: { hidden: "" } },
      this.#gems,
      this.#timeFigure,
      element("div", { class: "hud-figure" }, element("small", { text: "Score" }), this.#score),
      this.#breathFigure,
    );
    container.append(this.#line, this.#badge, this.#toast);
  }

  /** Shows or hides the line at the top. @param playing - Whether the player steers, whose breath counts. */
  show(visible: boolean, playing: boolean): void {
    this.#line.hidden = !visible;
    this.#breathFigure.hidden = !playing;
  }

  /** Call at every frame; touches the page only where something has changed. */
  update(state: HudState): void {
    const looks = state.pieces.map((piece) => piece.state).join();
    if (looks !== this.#gemLooks) {
      this.#gemLooks = looks;
      this.#gems.replaceChildren(...state.pieces.map((piece) => element("i", { class: `hud-gem ${piece.state}` })));
      const out = state.pieces.filter((piece) => piece.state === "out").length;
      this.#gems.setAttribute("aria-label", `${out} of ${state.pieces.length} gems are out`);
    }
    setText(this.#time, Number.isFinite(state.secondsLeft) ? Math.ceil(state.secondsLeft).toString() : "∞");
    this.#timeFigure.classList.toggle("urgent", state.secondsLeft < 10);
    setText(this.#score, state.score.toString());
    this.#breath.style.transform = `scaleX(${state.breath.toFixed(3)})`;
    this.#breath.classList.toggle("spent", state.spent);
  }

  /** Shows a few words for a moment. */
  say(text: string, mood: "good" | "bad" | "plain" = "plain"): void {
    window.clearTimeout(this.#toastTimer);
    this.#toast.className = `toast panel shown ${mood}`;
    this.#toast.textContent = text;
    this.#toastTimer = window.setTimeout(() => this.#toast.classList.remove("shown"), 2200);
  }

  /** Says what draws, what teaches and how fast. */
  setBadge(renderer: string, device: string, frames: number): void {
    const text = `${renderer} · learns on ${device} · ${frames} fps`;
    if (this.#badge.textContent === text) return;
    this.#badge.replaceChildren(element("b", { text: renderer }), ` · learns on ${device} · ${frames} fps`);
  }

  dispose(): void {
    window.clearTimeout(this.#toastTimer);
    for (const part of [this.#line, this.#badge, this.#toast]) part.remove();
  }
}
