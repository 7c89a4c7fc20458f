import type { SamplePicture } from "../../paint.ts";

/** Pictures for people who have none at hand, painted one by one when they are asked for, and kept. */
export class SampleList {
  readonly #paint: () => AsyncGenerator<SamplePicture, void>;
  #painting: AsyncGenerator<SamplePicture, void> | null = null;
  #shown: readonly SamplePicture[] = [];

  constructor(paint: () => AsyncGenerator<SamplePicture, void>) {
    this.#paint = paint;
  }

  get shown(): readonly SamplePicture[] {
    return this.#shown;
  }

  /** Paints one more; after the last one it does nothing. @returns Whether there is one more. */
  async paintNext(): Promise<boolean> {
    this.#painting ??= this.#paint();
    const { value } = await this.#painting.next();
    if (!value) return false;
    this.#shown = [...this.#shown, value];
    return true;
  }
}
