import { ConfigurationError } from "../../core/errors.ts";
import { useBackend, type NetsBackend } from "../../nets/start-backend.ts";

/** Keeps a network to its backend, and from being used after its end. */
export class NetUse {
  readonly #who: string;
  readonly #net: { dispose(): void };
  readonly #backend: NetsBackend;
  #isDisposed = false;

  /** @param backend - On which the network's weights lie; already started. */
  constructor(who: string, net: { dispose(): void }, backend: NetsBackend) {
    this.#who = who;
    this.#net = net;
    this.#backend = backend;
  }

  /**
   * Before each piece of work: TensorFlow.js computes on one backend at a time, and somebody else may have changed it.
   *
   * @throws ConfigurationError after `dispose`.
   */
  begin(): void {
    if (this.#isDisposed) {
      throw new ConfigurationError(`${this.#who}: needed one in use, came one that was disposed. Load a new one.`);
    }
    useBackend(this.#backend);
  }

  /** Frees the network. May be called twice. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#net.dispose();
  }
}
