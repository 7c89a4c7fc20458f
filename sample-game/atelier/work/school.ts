import type { Painter, PaintPreview, Picture, Species, TaughtSpecies } from "../../../plugin/paint.ts";
import { Listeners } from "./listeners.ts";

/** A lesson: a picture that a species learns from. */
export interface Lesson {
  readonly picture: Picture;
  /** Under which the species is kept. */
  readonly name: string;
  readonly seconds: number;
  /** Whether it is going on. */
  readonly isTeaching: boolean;
  /** The share of the time that is over, in [0, 1]. */
  readonly done: number;
  /** One for each report, the newest last. */
  readonly losses: readonly number[];
  /** What it can by now; null before the first look. */
  readonly preview: PaintPreview | null;
  /** What came of it; null before it has ended once. */
  readonly taught: TaughtSpecies | null;
}

/** Teaches one species at a time, in a worker. */
export class School {
  readonly onChange = new Listeners();
  readonly #painter: Painter;
  readonly #onLook: (species: Species) => void;
  #lesson: Lesson | null = null;
  #cancel: AbortController | null = null;
  #enough: AbortController | null = null;

  /** @param onLook - Called with what it can by now, every two seconds or so. */
  constructor(painter: Painter, onLook: (species: Species) => void) {
    this.#painter = painter;
    this.#onLook = onLook;
  }

  /** Null where there is none. */
  get lesson(): Lesson | null {
    return this.#lesson;
  }

  /** Begins with another picture; an earlier lesson is given up. */
  prepare(picture: Picture, name: string, seconds: number): void {
    this.drop();
    const fresh = { isTeaching: false, done: 0, losses: [], preview: null, taught: null };
    this.#set({ picture, name, seconds, ...fresh });
  }

  /** Another name or time, for the next lesson or for keeping it. */
  change(part: Partial<Pick<Lesson, "name" | "seconds">>): void {
    if (this.#lesson) this.#set({ ...this.#lesson, ...part });
  }

  /**
   * Teaches, or teaches on where it has ended once. @returns Whether it came to its end: not when it was cancelled.
   * @throws ConfigurationError, TrainingError or PaintingError; what was there before stays.
   */
  async teach(): Promise<boolean> {
    const before = this.#lesson;
    if (!before || before.isTeaching) return false;
    const [cancel, enough] = [new AbortController(), new AbortController()];
    this.#cancel = cancel;
    this.#enough = enough;
    const checkpoint = before.taught?.checkpoint;
    this.#set({ ...before, isTeaching: true, done: 0 });
    try {
      const taught = await this.#painter.teachSpecies(
        before.name.trim(),
        before.picture,
        { seconds: before.seconds, ...(checkpoint ? { checkpoint } : {}) },
        {
          signal: cancel.signal,
          enough: enough.signal,
          onProgress: ({ done, loss, look }) => {
            const lesson = this.#lesson!;
            if (look) this.#onLook(look.species);
            this.#set({
              ...lesson,
              done,
              losses: look ? lesson.losses : [...lesson.losses, loss],
              preview: look?.preview ?? lesson.preview,
            });
          },
        },
      );
      this.#onLook(taught.species);
      this.#set({ ...this.#lesson!, isTeaching: false, done: 1, taught });
      return true;
    } catch (problem) {
      if (this.#lesson?.isTeaching && this.#cancel === cancel) this.#set({ ...before, name: this.#lesson.name });
      if (cancel.signal.aborted) return false;
      throw problem;
    }
  }

  /** Ends the lesson with what has been learned by now. */
  finish(): void {
    this.#enough?.abort();
  }

  /** Gives up what is going on; what it had come to before stays. */
  cancel(): void {
    this.#cancel?.abort();
  }

  /** Lets go of the lesson. */
  drop(): void {
    this.cancel();
    this.#cancel = null;
    if (this.#lesson) this.#set(null);
  }

  #set(lesson: Lesson | null): void {
    this.#lesson = lesson;
    this.onChange.tell();
  }
}
