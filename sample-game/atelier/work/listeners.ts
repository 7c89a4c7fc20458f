/** Those who want to know when something has changed. */
export class Listeners {
  readonly #all = new Set<() => void>();

  /** @returns How to stop listening. */
  add(listener: () => void): () => void {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  }

  tell(): void {
    for (const listener of this.#all) listener();
  }
}
