import { element, setText } from "../../shell/element.ts";
import { Choice } from "../../shell/choice.ts";
import { LearningCurves } from "./learning-curves.ts";
import type { MindChoice } from "./mind-choice.ts";
import { shorten } from "./shorten.ts";
import type { Teaching, TeachingState } from "./teaching.ts";

/** What the panel asks of the room. */
export interface TeachPanelActions {
  chooseMind(id: string): void;
  onOpenChange(open: boolean): void;
}

const STATES: Readonly<Record<TeachingState, string>> = {
  idle: "Nobody is being taught.",
  starting: "Setting up the workers…",
  running: "Learning in the background. The golems use each new policy at once.",
  paused: "Paused.",
  finished: "Finished. Keep what was learned, or forget it.",
  failed: "It stopped.",
};

/** The drawer (on a phone: the sheet) from which golems are taught. */
export class TeachPanel {
  readonly #root: HTMLElement;
  readonly #actions: TeachPanelActions;
  readonly #teaching: Teaching;
  readonly #mind: Choice<string>;
  readonly #curves = new LearningCurves();
  readonly #status = element("div", { class: "status-line", attributes: { role: "status", "data-test": "teaching" } });
  readonly #said = element("span");
  readonly #figures: Readonly<Record<"decisions" | "rate" | "elapsed" | "caught", HTMLElement>>;
  readonly #buttons: Readonly<
    Record<"resume" | "fresh" | "current" | "pause" | "stop" | "keep" | "reset", HTMLButtonElement>
  >;
  #timer = 0;

  constructor(container: HTMLElement, teaching: Teaching, actions: TeachPanelActions) {
    this.#teaching = teaching;
    this.#actions = actions;
    this.#mind = new Choice("The golems' mind", (id) => actions.chooseMind(id));
    this.#status.append(element("i", { attributes: { "aria-hidden": "true" } }), this.#said);
    const button = (name: string, text: string, look: string, onClick: () => void): HTMLButtonElement =>
      element("button", { class: `button ${look}`, text, attributes: { type: "button", "data-test": name }, onClick });
    this.#buttons = {
      resume: button("teach-resume", "Go on with the last run", "wide primary", () => void teaching.continueLast()),
      fresh: button("teach-fresh", "Teach from scratch", "wide primary", () => void teaching.start("fresh")),
      current: button("teach-current", "Go on from the present mind", "wide", () => void teaching.start("current")),
      pause: button("teach-pause", "Pause", "", () =>
        teaching.state === "paused" ? teaching.resume() : teaching.pause(),
      ),
      stop: button("teach-stop", "Stop", "", () => void teaching.stop()),
      keep: button("teach-keep", "Keep", "primary", () => void teaching.keep()),
      reset: button("teach-reset", "Forget", "", () => void teaching.reset()),
    };
    const figure = (): HTMLElement => element("dd", { text: "–" });
    this.#figures = { decisions: figure(), rate: figure(), elapsed: figure(), caught: figure() };
    this.#root = this.#build();
    container.append(this.#root);
    teaching.onChange = () => this.refresh();
  }

  get isOpen(): boolean {
    return !this.#root.hidden;
  }

  get root(): HTMLElement {
    return this.#root;
  }

  open(): void {
    this.#root.hidden = false;
    this.refresh();
    this.#timer = window.setInterval(() => this.refresh(), 500);
    this.#actions.onOpenChange(true);
    (this.#buttons.fresh.hidden ? this.#buttons.pause : this.#buttons.fresh).focus({ preventScroll: true });
  }

  close(): void {
    if (this.#root.hidden) return;
    this.#root.hidden = true;
    window.clearInterval(this.#timer);
    this.#actions.onOpenChange(false);
  }

  setMinds(minds: readonly MindChoice[], chosen: string): void {
    this.#mind.set(
      minds.map(({ id, label, title, available }) => ({ value: id, label, title, enabled: available })),
      chosen,
    );
  }

  /** Shows how the run stands; does nothing while the panel is closed. */
  refresh(): void {
    if (!this.isOpen) return;
    const { state, samples, elapsedSeconds, problem, hasLearned, canContinue, canResume } = this.#teaching;
    this.#status.dataset["state"] = state;
    setText(this.#said, problem ?? STATES[state]);
    const busy = state === "starting" || state === "running" || state === "paused";
    const { resume, fresh, current, pause, stop, keep, reset } = this.#buttons;
    fresh.hidden = current.hidden = busy;
    current.disabled = !canContinue;
    resume.hidden = busy || !canResume;
    fresh.classList.toggle("primary", !hasLearned && !canResume);
    pause.hidden = stop.hidden = !busy;
    pause.disabled = state === "starting";
    setText(pause, state === "paused" ? "Go on" : "Pause");
    keep.disabled = !hasLearned;
    reset.disabled = state === "idle" || state === "starting";
    const last = samples.at(-1);
    setText(this.#figures.decisions, last ? shorten(last.decisions) : "–");
    setText(this.#figures.rate, last ? Math.round(last.decisionsPerSecond).toLocaleString("en") : "–");
    setText(this.#figures.elapsed, busy || last ? formatTime(elapsedSeconds) : "–");
    setText(this.#figures.caught, last ? `${Math.round(last.catchRate * 100)}%` : "–");
    this.#curves.update(samples);
  }

  dispose(): void {
    window.clearInterval(this.#timer);
    this.#curves.dispose();
    this.#root.remove();
  }

  #build(): HTMLElement {
    const { resume, fresh, current, pause, stop, keep, reset } = this.#buttons;
    const figure = (label: string, value: HTMLElement): HTMLElement =>
      element("div", {}, element("dt", { text: label }), value);
    const close = element("button", {
      class: "button quiet round",
      text: "✕",
      attributes: { type: "button", "aria-label": "Close" },
      onClick: () => this.close(),
    });
    return element(
      "aside",
      { class: "drawer panel", attributes: { "aria-label": "Teach the golems", hidden: "" } },
      element("div", { class: "panel-head" }, element("h2", { class: "title", text: "Teach the golems" }), close),
      element(
        "div",
        { class: "panel-body" },
        element("p", { text: "They play thousands of games against a scripted thief, here on your device." }),
        element("div", { class: "actions" }, resume, fresh, current, pause, stop),
        this.#status,
        element(
          "dl",
          { class: "figures" },
          figure("decisions", this.#figures.decisions),
          figure("a second", this.#figures.rate),
          figure("elapsed", this.#figures.elapsed),
          figure("caught", this.#figures.caught),
        ),
        this.#curves.root,
        element("section", {}, element("div", { class: "actions" }, keep, reset)),
        element(
          "section",
          {},
          element("div", { class: "section-head" }, element("h3", { text: "The golems' mind" })),
          this.#mind.root,
        ),
      ),
    );
  }
}

function formatTime(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${(whole % 60).toString().padStart(2, "0")}`;
}
