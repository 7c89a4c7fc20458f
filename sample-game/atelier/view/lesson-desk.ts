import {
  MOST_NAME_CHARACTERS,
  paintSamplePictures,
  type Painter,
  type Picture,
  type Species,
} from "../../../plugin/paint.ts";
import { freeName, type Growth } from "../rules/growth.ts";
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

/** Lessons: a picture comes in, what is being learned is seen on the surface, and it is kept, or everything is as it was before. */
export class LessonDesk {
  readonly school: School;
  /** What the imaginer has learned in this browser. */
  readonly fits: FitRack;
  readonly #tools: LessonTools;
  readonly #card: () => LessonCard;
  #hasSamples = false;
  /** What grew before the lesson's species took its place. */
  #before: string | null = null;

  /** @param card - Where lessons are seen. */
  constructor(tools: LessonTools, card: () => LessonCard) {
    this.#tools = tools;
    this.#card = card;
    this.school = new School(tools.painter, (species) => this.#look(species));
    this.school.onChange.add(() => card().set(this.school.lesson));
    this.fits = new FitRack(tools, (fits) => card().fits.set(fits));
  }

  /** Takes a picture to teach from. */
  take(name: string, picture: Picture): void {
    const { toasts, garden, show } = this.#tools;
    if (this.school.lesson?.isTeaching) {
      toasts.say("A lesson is going on. End it first, then give another picture.", "bad");
      return;
    }
    const kind = this.school.lesson?.kind ?? "living";
    this.drop();
    const taken = new Set([...garden.names, ...this.fits.names]);
    const free = freeName(name, taken, MOST_NAME_CHARACTERS);
    this.school.prepare({ kind, picture, name: free, seconds: LESSON_SECONDS, steps: LESSON_STEPS });
    show(true);
  }

  /** Teaches something else from the same picture. */
  turnTo(kind: LessonKind): void {
    if (this.school.lesson?.kind !== kind) this.#forget();
    this.school.turnTo(kind);
  }

  /** Takes a picture file to teach from. Never rejects. */
  async takeFile(file: File): Promise<void> {
    const { painter, toasts, complain } = this.#tools;
    try {
      const { name, picture, notes } = await painter.readPicture(file);
      for (const note of notes) toasts.say(note);
      this.take(name, picture);
    } catch (problem) {
      complain(problem);
    }
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
