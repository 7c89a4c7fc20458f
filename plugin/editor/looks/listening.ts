import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Observer } from "../../index.ts";

/** Anything that tells something: an `Observable` of whatever. */
interface Source {
  add(callback: () => void): Observer;
}

/**
 * Draws an element anew whenever one of some observables tells something, while the element is on the page; nothing
 * listens otherwise.
 */
export class Listening implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #sources: () => readonly Source[];
  #observers: Observer[] = [];

  /** @param sources - What to listen to, asked when the element comes onto the page. */
  constructor(host: ReactiveControllerHost, sources: () => readonly Source[]) {
    this.#host = host;
    this.#sources = sources;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observers = this.#sources().map((source) => source.add(() => this.#host.requestUpdate()));
  }

  hostDisconnected(): void {
    for (const observer of this.#observers) observer.remove();
    this.#observers = [];
  }
}
