import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Observer } from "../../index.ts";

/** Anything that tells something: an `Observable` of whatever. */
export interface Source {
  add(callback: () => void): Observer;
}

/**
 * Draws an element anew whenever one of some observables tells something, while the element is on the page; nothing
 * listens otherwise.
 */
export class Listening implements ReactiveController {
  readonly #tell: () => void;
  readonly #sources: () => readonly Source[];
  #heard: readonly Source[] = [];
  #observers: Observer[] = [];

  /**
   * @param sources - What to listen to, asked when the element comes onto the page, and when it is drawn.
   * @param tell - Called each time. Default draws the element anew.
   */
  constructor(
    host: ReactiveControllerHost,
    sources: () => readonly Source[],
    tell: () => void = () => host.requestUpdate(),
  ) {
    this.#tell = tell;
    this.#sources = sources;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listen(this.#sources());
  }

  /** What the element shows may be another thing now, with observables of its own. */
  hostUpdate(): void {
    if (this.#observers.length === 0) return;
    const sources = this.#sources();
    if (sources.some((source, index) => source !== this.#heard[index])) this.#listen(sources);
  }

  hostDisconnected(): void {
    this.#listen([]);
  }

  #listen(sources: readonly Source[]): void {
    for (const observer of this.#observers) observer.remove();
    this.#heard = sources;
    this.#observers = sources.map((source) => source.add(this.#tell));
  }
}
