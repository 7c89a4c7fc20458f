import { element, setText } from "../../shell/element.ts";

export const SIZES = [7, 9, 13] as const;
export const SPEEDS = [1, 2, 4] as const;

/** What the bar's buttons do. */
export interface MazeBarActions {
  newMaze(): void;
  setSize(size: number): void;
  setSpeed(speed: number): void;
}

/** Buttons of the room: a new maze, its size, the pace. */
export class MazeBar {
  readonly root: HTMLElement;
  readonly #seed = element("output", { attributes: { "data-test": "seed" } });
  readonly #sizes: readonly HTMLElement[];
  readonly #speeds: readonly HTMLElement[];

  constructor(container: HTMLElement, actions: MazeBarActions) {
    const dice = element("button", {
      class: "button primary",
      attributes: { type: "button", "data-test": "new-maze", title: "Grow another maze (N)" },
      text: "New maze",
      onClick: () => actions.newMaze(),
    });
    const chips = (
      values: readonly number[],
      name: (value: number) => string,
      act: (value: number) => void,
    ): HTMLElement[] =>
      values.map((value) =>
        element("button", {
          class: "chip",
          text: name(value),
          attributes: { type: "button", role: "radio", "data-value": String(value) },
          onClick: () => act(value),
        }),
      );
    this.#sizes = chips(SIZES, String, (size) => actions.setSize(size));
    this.#speeds = chips(
      SPEEDS,
      (speed) => `${speed}×`,
      (speed) => actions.setSpeed(speed),
    );
    this.root = element(
      "div",
      { class: "maze-bar panel", attributes: { role: "toolbar", "aria-label": "Maze" } },
      dice,
      element(
        "span",
        { class: "seed" },
        element("i", { class: "dice", attributes: { "aria-hidden": "true" } }),
        this.#seed,
      ),
      group("Size", this.#sizes),
      group("Speed", this.#speeds),
    );
    container.append(this.root);
  }

  /** Shows what is set. */
  update(seed: number, size: number, speed: number): void {
    setText(this.#seed, String(seed).padStart(4, "0"));
    check(this.#sizes, size);
    check(this.#speeds, speed);
  }

  dispose(): void {
    this.root.remove();
  }
}

function group(label: string, chips: readonly HTMLElement[]): HTMLElement {
  return element(
    "div",
    { class: "bar-group", attributes: { role: "radiogroup", "aria-label": label } },
    element("small", { text: label }),
    ...chips,
  );
}

function check(chips: readonly HTMLElement[], value: number): void {
  for (const chip of chips) chip.setAttribute("aria-checked", String(chip.dataset["value"] === String(value)));
}
