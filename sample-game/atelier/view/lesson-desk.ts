import {
  freeName,
  MOST_FIT_SOURCES,
  MOST_NAME_CHARACTERS,
  paintSamplePictures,
  type Painter,
  type Picture,
  type Species,
} from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import type { Growth } from "../rules/growth.ts";
import { Garden } from "../work/garden.ts";
import { School, type LessonKind } from "../work/school.ts";
import type { Workshop } from "../work/workshop.ts";
import type { LessonCard } from "./lesson-card.ts";
import { FitRack } from "./fit-rack.ts";
import { drawPicture } from "./picture-list.ts";
import type { Toasts } from "./toasts.ts";

/** What lessons work with. */
export interface LessonTools {
  readonly garden: Garden;
  readonly painter: Painter;
  readonly workshop: Workshop;
  /** For samples. */
  readonly sketcher: Painter;
  readonly toasts: Toasts;
  readonly complain: (problem: unknown) => void;
  /** What is chosen now. */
  readonly growth: () => Growth;
  /** Chooses other species. */
  readonly choose: (part: Partial<Pick<Growth, "species" | "graft">>) => void;
  /** The species that is being taught has become another one. */
  readonly renew: () => void;
  /** Shows or hides the card. */
  readonly show: (open: boolean) => void;
}

const LESSON_SECONDS = 60;
const LESSON_STEPS = 240;
const FACE = 64;
/** So many bad files are explained one by one, and so many are named, at most. */
const MOST_EXPLAINED = 2;
const MOST_NAMED = 5;

/** Lessons: pictures come in, what is being learned is seen on the surface, and it is kept, or everything is as it was before. */
export class LessonDesk {
  readonly school: School;
  /** What the imaginer has learned in this browser. */
  readonly fits: FitRack;
  readonly #tools: LessonTools;
  readonly #card: () => LessonCard;
  #hasSamples = false;
  #wished: LessonKind = "living";
  /** What grew before the lesson's species took its place. */
  #before: string | null = null;

  /** @param card - Where lessons are seen. */
  constructor(tools: LessonTools, card: () => LessonCard) {
    this.#tools = tools;
    this.#card = card;
    this.school = new School(tools.painter, (species) => this.#look(species));
    this.school.onChange.add(() => card().set(this.school.lesson, this.#wished));
    this.fits = new FitRack(tools, (fits) => card().fits.set(fits));
  }

  /** What is taught from pictures that come. */
  get wished(): LessonKind {
    return this.#wished;
  }

  /** Says what is to be taught; a lesson that has learned something goes on as it is. */
  prepare(kind: LessonKind): void {
    if (!this.school.lesson?.isTeaching && !this.school.lesson?.taught) this.turnTo(kind);
  }

  /**
   * Takes a picture to teach from: the first of a lesson, or one more.
   *
   * @param kind - What is taught, if it is the first. Default what is wished.
   */
  take(name: string, picture: Picture, kind = this.#wished): void {
    if (this.#isRefused()) return;
    if (this.school.lesson) {
      this.school.add({ name, picture });
      return;
    }
    const { garden, show } = this.#tools;
    const taken = new Set([...garden.names, ...this.fits.names]);
    const free = freeName(name, taken, MOST_NAME_CHARACTERS);
    this.school.prepare({ name, picture }, { kind, name: free, seconds: LESSON_SECONDS, steps: LESSON_STEPS });
    show(true);
  }

  /** Teaches something else from the same pictures, or from those that come. */
  turnTo(kind: LessonKind): void {
    this.#wished = kind;
    if (this.school.lesson?.kind !== kind) this.#forget();
    this.school.turnTo(kind);
    this.#card().set(this.school.lesson, kind);
  }

  /**
   * Takes picture files to teach from; bad ones are named, and the others come. What was done to them is not said, as only their middle is
   * learned, and small. Never rejects.
   */
  async takeFiles(files: readonly File[]): Promise<void> {
    const bad: { readonly name: string; readonly problem: unknown }[] = [];
    const kind = files.length > 1 ? "imagined" : this.#wished; // of several, all are used
    for (const [at, file] of files.entries()) {
      if (this.#isRefused()) break;
      if (this.school.lesson?.pictures.length === MOST_FIT_SOURCES) {
        this.#tools.toasts.say(
          `More than ${MOST_FIT_SOURCES} pictures are too many; ${files.length - at} were left out.`,
        );
        break;
      }
      try {
        const { name, picture } = await this.#tools.painter.readPicture(file, { mostPixels: atelierConfig.lookPixels });
        this.take(name, picture, kind);
      } catch (problem) {
        bad.push({ name: file.name, problem });
      }
    }
    this.#sayBad(bad);
  }

  /** Teaches, or teaches on. */
  async teach(): Promise<void> {
    const earlier = this.school.lesson?.taught ?? null;
    const goBack = (): void => (earlier?.kind === "living" ? this.#look(earlier.species) : this.#forget());
    try {
      if (!(await this.school.teach())) goBack();
      else this.#tools.toasts.say("The lesson is over. Keep what it has learned, or teach on.");
    } catch (problem) {
      goBack();
      this.#tools.complain(problem);
    }
  }

  /** Keeps what was learned, under its name. */
  async keep(): Promise<void> {
    const { garden, toasts, complain, growth, choose, show } = this.#tools;
    const { lesson } = this.school;
    if (!lesson?.taught) return;
    const name = lesson.name.trim();
    if (lesson.taught.kind === "imagined") {
      if (!(await this.fits.keep(lesson.taught.fit, name))) return;
      this.school.drop();
      show(false);
      return;
    }
    try {
      const key = await garden.keep({ ...lesson.taught.species, name });
      const moved = (chosen: string): string => (chosen === Garden.lesson ? key : chosen);
      choose({ species: moved(growth().species), graft: moved(growth().graft) });
      garden.setTaught(null);
      this.school.drop();
      show(false);
      toasts.say(`Kept: ${name}. It is here again on your next visit.`, "good");
    } catch (problem) {
      complain(problem);
    }
  }

  /** Lets go of the lesson, and goes back to what grew before it. */
  drop(): void {
    this.school.drop();
    this.#forget();
  }

  /** Hangs samples into the card, once. */
  async offerSamples(): Promise<void> {
    if (this.#hasSamples) return;
    this.#hasSamples = true;
    try {
      for await (const { name, picture } of paintSamplePictures(this.#tools.sketcher)) {
        this.#card().addSample(name, drawPicture(picture, FACE), () => this.take(name, picture));
      }
    } catch (problem) {
      this.#tools.complain(problem);
    }
  }

  /** Whether pictures have to wait; says so. */
  #isRefused(): boolean {
    if (!this.school.lesson?.isTeaching) return false;
    this.#tools.toasts.say("A lesson is going on. End it first, then give more pictures.", "bad");
    return true;
  }

  /** Says which files could not be read: why, or of many at once only which. */
  #sayBad(bad: readonly { readonly name: string; readonly problem: unknown }[]): void {
    if (bad.length <= MOST_EXPLAINED) {
      for (const { problem } of bad) this.#tools.complain(problem);
      return;
    }
    const named = bad.slice(0, MOST_NAMED).map(({ name }) => `“${name}”`);
    const others = bad.length > MOST_NAMED ? ` and ${bad.length - MOST_NAMED} more` : "";
    const rest = this.school.lesson ? " The others are here." : "";
    this.#tools.toasts.say(`No pictures that can be read: ${named.join(", ")}${others}.${rest}`, "bad");
  }

  /** Shows on the surface what the lesson has come to. */
  #look(species: Species): void {
    const { garden, choose, growth, renew } = this.#tools;
    const isFirst = !garden.entries.some(({ key }) => key === Garden.lesson);
    garden.setTaught(species);
    if (isFirst) {
      this.#before = growth().species;
      choose({ species: Garden.lesson });
    } else renew();
  }

  #forget(): void {
    const { garden, choose, growth } = this.#tools;
    const { species, graft } = growth();
    const [first] = garden.entries;
    if (species === Garden.lesson) choose({ species: this.#before ?? first.key });
    if (graft === Garden.lesson) choose({ graft: first.key });
    garden.setTaught(null);
  }
}
