import type { Observer } from "../../index.ts";

/** Lets several views draw something new, one in each frame, so that no frame carries them all. */
export class Turns {
  #callbacks: readonly (() => void)[] = [];
  #next = Infinity;
  #again = false;

  /** Calls `callback` once in each round until the returned observer is removed. */
  add(callback: () => void): Observer {
    const entry = (): void => callback();
    this.#callbacks = [...this.#callbacks, entry];
    return {
      remove: () => {
        this.#callbacks = this.#callbacks.filter((other) => other !== entry);
      },
    };
  }

  /** Begins a round; while one is going on, another one follows it, so that nobody misses what is new. */
  begin(): void {
    if (this.#next >= this.#callbacks.length) this.#next = 0;
    else this.#again = true;
  }

  /** Lets the next one draw; call it once a frame. */
  step(): void {
    if (this.#next >= this.#callbacks.length && this.#again) {
      this.#next = 0;
      this.#again = false;
    }
    if (this.#next < this.#callbacks.length) this.#callbacks[this.#next++]();
  }
}
