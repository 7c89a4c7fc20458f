import type { ActionWriter, NeuralController } from "../../index.ts";

/** A pair of keys that push one number down and up. */
interface KeyPair {
  readonly label: string;
  readonly down: string;
  readonly up: string;
}

/** A key that takes the second alternative of a choice while it is held. */
interface KeyChoice {
  readonly label: string;
  readonly key: string;
  readonly rest: string;
  readonly taken: string;
}

const PAIRS = [
  ["KeyS", "KeyW"],
  ["KeyA", "KeyD"],
  ["KeyQ", "KeyE"],
  ["ArrowDown", "ArrowUp"],
] as const;
const CHOICES = ["Space", "KeyF", "KeyG"] as const;

/** A key, for people: `W` is `KeyW`. */
export interface SteeringKey {
  readonly code: string;
  readonly name: string;
}

/** Which keys do one thing, as they lie on a keyboard. */
export interface SteeringKeys {
  readonly keys: readonly SteeringKey[];
  readonly what: string;
}

/** Lets a person steer an agent by keys, through its own actuators, until it is disposed. */
export class KeyPlayer {
  /** Which keys do what. */
  readonly legend: readonly SteeringKeys[];
  readonly #controller: NeuralController;
  readonly #pairs: readonly KeyPair[];
  readonly #choices: readonly KeyChoice[];
  readonly #held = new Set<string>();
  readonly #before: NeuralController["heuristic"];
  readonly #onDown = (event: KeyboardEvent): void => {
    if (!this.#knows(event.code) || isTyping(event.composedPath()[0])) return;
    // They steer the agent now, and nothing else of the game or the panel.
    event.preventDefault();
    event.stopPropagation();
    this.#held.add(event.code);
  };
  readonly #onUp = (event: KeyboardEvent): void => void this.#held.delete(event.code);
  readonly #onBlur = (): void => this.#held.clear();

  constructor(controller: NeuralController) {
    this.#controller = controller;
    const { continuous, discrete } = controller.role.action;
    // What turns and goes sideways feels right on A and D, whatever comes first.
    const ordered = [...continuous].sort((a, b) => Number(isSideways(a)) - Number(isSideways(b)));
    const first = ordered.length > 0 && isSideways(ordered[0]) ? 1 : 0;
    this.#pairs = ordered.slice(0, PAIRS.length - first).map((label, index) => {
      const [down, up] = PAIRS[index + first];
      return { label, down, up };
    });
    this.#choices = discrete.slice(0, CHOICES.length).map(({ label, choices }, index) => {
      return { label, key: CHOICES[index], rest: choices[0], taken: choices[1] ?? choices[0] };
    });
    this.legend = [
      ...this.#pairs.map(({ label, down, up }) => {
        return { keys: (isSideways(label) ? [down, up] : [up, down]).map(named), what: label };
      }),
      ...this.#choices.map(({ key, label, taken }) => ({ keys: [named(key)], what: `${label}: ${taken}` })),
    ];
    this.#before = controller.heuristic;
    controller.heuristic = (actions) => this.#play(actions);
    addEventListener("keydown", this.#onDown, true);
    addEventListener("keyup", this.#onUp, true);
    addEventListener("blur", this.#onBlur);
  }

  /** Presses a key or lets go of it, for those who have none. */
  hold(code: string, isHeld: boolean): void {
    if (isHeld) this.#held.add(code);
    else this.#held.delete(code);
  }

  /** Gives the agent back to what decided before. May be called twice. */
  dispose(): void {
    removeEventListener("keydown", this.#onDown, true);
    removeEventListener("keyup", this.#onUp, true);
    removeEventListener("blur", this.#onBlur);
    this.#held.clear();
    if (!this.#controller.isDisposed) this.#controller.heuristic = this.#before;
  }

  #play(actions: ActionWriter): void {
    for (const { label, down, up } of this.#pairs) {
      actions.set(label, Number(this.#held.has(up)) - Number(this.#held.has(down)));
    }
    for (const { label, key, rest, taken } of this.#choices) actions.choose(label, this.#held.has(key) ? taken : rest);
  }

  #knows(code: string): boolean {
    return (
      this.#pairs.some(({ down, up }) => code === down || code === up) || this.#choices.some(({ key }) => key === code)
    );
  }
}

function isSideways(label: string): boolean {
  return /turn|right|\bx\b/.test(label);
}

function named(code: string): SteeringKey {
  return { code, name: code.replace(/^(Key|Arrow)/, "") };
}

function isTyping(target: EventTarget | undefined): boolean {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement
  );
}
