/** What was there at some moment, and takes memory until it is let go of. */
export interface Moment {
  readonly bytes: number;
  dispose(): void;
}

/** Takes and brings back moments. */
export interface MomentKeeper<M extends Moment> {
  /** What is there now; null while there is nothing that could be remembered. */
  take(): M | null;
  bring(moment: M): void;
}

/** How much may be remembered; what was done first is forgotten first. */
export interface StrokeLimits {
  /** Strokes that can be taken back or done again, at least 1. */
  readonly strokes: number;
  /** Of all moments together. The last stroke can be taken back whatever it takes. */
  readonly bytes: number;
}

/** Strokes of a brush on something that also changes by itself: before each one, all that is there is remembered. */
export class Strokes<M extends Moment> {
  readonly #keeper: MomentKeeper<M>;
  readonly #limits: StrokeLimits;
  #before: M[] = [];
  #after: M[] = [];

  constructor(keeper: MomentKeeper<M>, limits: StrokeLimits) {
    this.#keeper = keeper;
    this.#limits = limits;
  }

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  get canRedo(): boolean {
    return this.#after.length > 0;
  }

  /** A stroke begins: what was undone is forgotten. */
  begin(): void {
    const now = this.#keeper.take();
    if (!now) return;
    for (const moment of this.#after.splice(0)) moment.dispose();
    this.#before.push(now);
    const { strokes, bytes } = this.#limits;
    let sum = this.#before.reduce((total, moment) => total + moment.bytes, 0);
    while (this.#before.length > 1 && (this.#before.length > strokes || sum > bytes)) {
      const [first] = this.#before.splice(0, 1);
      sum -= first.bytes;
      first.dispose();
    }
  }

  /** Back to before the last stroke; what has changed by itself since goes too. Nothing happens where there is none. */
  undo(): void {
    this.#move(this.#before, this.#after);
  }

  /** Forth to when the stroke was undone. */
  redo(): void {
    this.#move(this.#after, this.#before);
  }

  /** Forgets all strokes. */
  clear(): void {
    for (const moment of [...this.#before.splice(0), ...this.#after.splice(0)]) moment.dispose();
  }

  #move(from: M[], to: M[]): void {
    const now = from.length > 0 ? this.#keeper.take() : null;
    if (!now) return;
    to.push(now);
    const moment = from.pop()!;
    this.#keeper.bring(moment);
    moment.dispose();
  }
}
