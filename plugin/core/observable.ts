/** What `Observable.add` returns; keep it to stop listening. */
export interface Observer {
  /** Stops the callback. May be called twice. */
  remove(): void;
}

/**
 * Tells any number of listeners that something happened; the counterpart of Babylon's class for code that must run
 * without Babylon.
 *
 * Listeners are called in the order in which they were added. One that is added or removed while others are being
 * told takes effect at the next notification.
 */
export class Observable<T> {
  #callbacks: readonly ((value: T) => void)[] = [];

  /** How many listeners there are. */
  get observerCount(): number {
    return this.#callbacks.length;
  }

  /** Whether anybody listens; ask before preparing an expensive value. */
  hasObservers(): boolean {
    return this.#callbacks.length > 0;
  }

  /** Calls `callback` at every notification until the returned observer is removed. */
  add(callback: (value: T) => void): Observer {
    const entry = (value: T): void => callback(value);
    this.#callbacks = [...this.#callbacks, entry];
    return {
      remove: () => {
        this.#callbacks = this.#callbacks.filter((other) => other !== entry);
      },
    };
  }

  /** Calls `callback` once, at the next notification. */
  addOnce(callback: (value: T) => void): Observer {
    const observer = this.add((value) => {
      observer.remove();
      callback(value);
    });
    return observer;
  }

  /** Tells every listener. Allocates nothing. */
  notifyObservers(value: T): void {
    const callbacks = this.#callbacks;
    for (let i = 0; i < callbacks.length; i++) callbacks[i](value);
  }

  /** Removes every listener. */
  clear(): void {
    this.#callbacks = [];
  }
}
