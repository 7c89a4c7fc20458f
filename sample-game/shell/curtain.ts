/** Hides the page while a room is being opened, says how far that has come, and says what went wrong. */
export class Curtain {
  readonly #root: HTMLElement;
  readonly #text: HTMLElement;

  /** @param root - The page's `#loading`, which is drawn before any script runs. */
  constructor(root: HTMLElement) {
    this.#root = root;
    this.#text = root.querySelector<HTMLElement>("#loading-text") ?? root;
  }

  /** Closes the curtain, and waits until it has been drawn. */
  async close(text: string): Promise<void> {
    this.#root.classList.remove("failed");
    this.say(text);
    document.body.append(this.#root);
    // Building a room keeps the page busy: without a pause nobody would see the curtain. A hidden page draws no frames.
    await new Promise((resolve) => setTimeout(resolve, 40));
  }

  /** Says what is going on. */
  say(text: string): void {
    this.#text.textContent = text;
  }

  /** Opens it. */
  open(): void {
    this.#root.remove();
  }

  /** Says for good why there is nothing to see. */
  fail(problem: unknown): void {
    console.error(problem);
    this.say(problem instanceof Error ? problem.message : String(problem));
    this.#root.classList.add("failed");
    if (!this.#root.isConnected) document.body.append(this.#root);
  }
}
