import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Source } from "./listening.ts";

/** Something that an element shows, and that has to be let go of. */
export interface Held {
  /** Tells whenever the element is to be drawn anew. */
  readonly onChangeObservable: Source;
  dispose(): void;
}

/**
 * What an element makes of what is chosen, e.g. an insight into the selected agent: made anew before the element is drawn when
 * something else is chosen, and disposed of then, and when the element leaves the page.
 */
export class Holding<Chosen, T extends Held> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #choose: () => Chosen | null;
  readonly #make: (chosen: Chosen) => T;
  #chosen: Chosen | null = null;
  #held: T | null = null;
  #hearing: { remove(): void } | null = null;
  #isConnected = false;

  /** @param choose - What is chosen now; compared by identity. */
  constructor(host: ReactiveControllerHost, choose: () => Chosen | null, make: (chosen: Chosen) => T) {
    this.#host = host;
    this.#choose = choose;
    this.#make = make;
    host.addController(this);
  }

  /** null where nothing is chosen. */
  get held(): T | null {
    return this.#held;
  }

  hostConnected(): void {
    this.#isConnected = true;
  }

  hostUpdate(): void {
    if (this.#isConnected) this.#hold(this.#choose());
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#hold(null);
  }

  #hold(chosen: Chosen | null): void {
    if (chosen === this.#chosen) return;
    this.#hearing?.remove();
    this.#held?.dispose();
    this.#chosen = chosen;
    this.#held = chosen === null ? null : this.#make(chosen);
    this.#hearing = this.#held?.onChangeObservable.add(() => this.#host.requestUpdate()) ?? null;
  }
}
