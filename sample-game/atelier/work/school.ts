import {
  MOST_FIT_SOURCES,
  type FitDepth,
  type FitImaginerWatch,
  type Painter,
  type PaintPreview,
  type Picture,
  type Species,
  type SpeciesLessonWatch,
  type TaughtImaginer,
  type TaughtSpecies,
} from "../../../plugin/paint.ts";
import { Listeners } from "./listeners.ts";

/** What is taught: a species that grows, or the imaginer, which draws a material then. */
export type LessonKind = "living" | "imagined";

/** What came of a lesson. */
export type Taught = ({ readonly kind: "living" } & TaughtSpecies) | ({ readonly kind: "imagined" } & TaughtImaginer);

/** A picture that is learned from. */
export interface LessonPicture {
  readonly name: string;
  readonly picture: Picture;
}

/** A lesson: pictures that are learned from. */
export interface Lesson {
  readonly kind: LessonKind;
  /** 1 to 50. The imaginer learns from all of them. */
  readonly pictures: readonly LessonPicture[];
  /** The index of the one that a species is taught from. */
  readonly chosen: number;
  /** Under which it is kept. */
  readonly name: string;
  /** For how long a species is taught. */
  readonly seconds: number;
  /** Mini-batches of the imaginer. */
  readonly steps: number;
  /** Whether it is going on. */
  readonly isTeaching: boolean;
  /** The share of the time or the mini-batches that is over, in [0, 1]. */
  readonly done: number;
  /** What the imaginer is at; null where a species is taught. */
  readonly stage: FitDepth | null;
  /** One for each report, the newest last. */
  readonly losses: readonly number[];
  /** What it can by now; null before the first look. */
  readonly preview: PaintPreview | null;
  /** What came of it; null before it has ended once. */
  readonly taught: Taught | null;
}

const FRESH = { isTeaching: false, done: 0, stage: null, losses: [], preview: null, taught: null } as const;

/** Teaches one thing at a time, in a worker. */
export class School {
  readonly onChange = new Listeners();
  readonly #painter: Painter;
  readonly #onLook: (species: Species) => void;
  #lesson: Lesson | null = null;
  #cancel: AbortController | null = null;
  #enough: AbortController | null = null;

  /** @param onLook - Called with what a species can by now, every two seconds or so. */
  constructor(painter: Painter, onLook: (species: Species) => void) {
    this.#painter = painter;
    this.#onLook = onLook;
  }

  /** Null where there is none. */
  get lesson(): Lesson | null {
    return this.#lesson;
  }

  /** Begins with a picture; an earlier lesson is given up. */
  prepare(picture: LessonPicture, begin: Pick<Lesson, "kind" | "name" | "seconds" | "steps">): void {
    this.drop();
    this.#set({ ...begin, ...FRESH, pictures: [picture], chosen: 0 });
  }

  /** Adds a picture; what was learned stays, and is taught on from all. Not while one is taught, nor beyond 50. */
  add(picture: LessonPicture): void {
    const lesson = this.#lesson;
    if (!lesson || lesson.isTeaching || lesson.pictures.length >= MOST_FIT_SOURCES) return;
    this.#set({ ...lesson, pictures: [...lesson.pictures, picture] });
  }

  /** Takes a picture away; not the last one, which goes with the lesson. */
  remove(index: number): void {
    const lesson = this.#lesson;
    if (!lesson || lesson.isTeaching || lesson.pictures.length < 2) return;
    const pictures = lesson.pictures.filter((_, i) => i !== index);
    const chosen = index < lesson.chosen ? lesson.chosen - 1 : Math.min(lesson.chosen, pictures.length - 1);
    this.#set({ ...lesson, pictures, chosen });
  }

  /** Says which picture a species is taught from. */
  choose(index: number): void {
    const lesson = this.#lesson;
    if (lesson && !lesson.isTeaching) this.#set({ ...lesson, chosen: index });
  }

  /** Another name or time, for the next lesson or for keeping it. */
  change(part: Partial<Pick<Lesson, "name" | "seconds" | "steps">>): void {
    if (this.#lesson) this.#set({ ...this.#lesson, ...part });
  }

  /** Teaches something else from the same pictures; what another kind has learned is given up. */
  turnTo(kind: LessonKind): void {
    const lesson = this.#lesson;
    if (!lesson || lesson.isTeaching || lesson.kind === kind) return;
    this.#set({ ...lesson, ...FRESH, kind });
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
    this.#set({ ...before, isTeaching: true, done: 0 });
    try {
      const taught = await this.#learn(before, { signal: cancel.signal, enough: enough.signal });
      if (taught.kind === "living") this.#onLook(taught.species);
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

  async #learn(
    { kind, name, pictures, chosen, seconds, steps, taught }: Lesson,
    ends: { readonly signal: AbortSignal; readonly enough: AbortSignal },
  ): Promise<Taught> {
    if (kind === "living") {
      const checkpoint = taught?.kind === kind ? taught.checkpoint : null;
      const options = { seconds, ...(checkpoint ? { checkpoint } : {}) };
      const onProgress: SpeciesLessonWatch["onProgress"] = ({ done, loss, look }) => {
        if (look) this.#onLook(look.species);
        this.#tell({ done, stage: null }, loss, look?.preview ?? null);
      };
      const { picture } = pictures[chosen];
      return { kind, ...(await this.#painter.teachSpecies(name.trim(), picture, options, { ...ends, onProgress })) };
    }
    const options = { steps, ...(taught?.kind === kind ? { from: taught.fit } : {}) };
    const onProgress: FitImaginerWatch["onProgress"] = ({ done, loss, stage, preview }) =>
      this.#tell({ done, stage }, loss, preview);
    const sources = pictures.map(({ picture }) => picture);
    return { kind, ...(await this.#painter.fitImaginer(name.trim(), sources, options, { ...ends, onProgress })) };
  }

  /** @param preview - Null where the last one is still good; a report has either a loss or a preview. */
  #tell(far: Pick<Lesson, "done" | "stage">, loss: number, preview: PaintPreview | null): void {
    const lesson = this.#lesson!;
    this.#set({
      ...lesson,
      ...far,
      losses: preview ? lesson.losses : [...lesson.losses, loss],
      preview: preview ?? lesson.preview,
    });
  }

  #set(lesson: Lesson | null): void {
    this.#lesson = lesson;
    this.onChange.tell();
  }
}
