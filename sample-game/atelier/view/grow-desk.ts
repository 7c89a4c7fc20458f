import {
  automatonSettings,
  NO_EXAMPLE,
  type Painter,
  type PaintPreview,
  type PictureBook,
  type Species,
} from "../../../plugin/paint.ts";
import { firstGrowth, type Growth } from "../rules/growth.ts";
import { Garden } from "../work/garden.ts";
import type { LessonKind } from "../work/school.ts";
import type { Workshop } from "../work/workshop.ts";
import { BrushHand } from "./brush-hand.ts";
import { createFace, setFace } from "./face.ts";
import { GrowPanel } from "./grow-panel.ts";
import { saveMade } from "./intake.ts";
import { LessonDesk } from "./lesson-desk.ts";
import { LivingSurface } from "./living-surface.ts";
import type { Stage } from "./stage.ts";
import type { StageBrush } from "./stage-controls.ts";
import { drawThumbnail } from "./thumbnail.ts";
import type { Toasts } from "./toasts.ts";

/** What growing works with. */
export interface GrowTools {
  readonly workshop: Workshop;
  readonly stage: Stage;
  readonly painter: Painter;
  /** For small pictures. */
  readonly sketcher: Painter;
  readonly book: PictureBook;
  readonly toasts: Toasts;
  readonly complain: (problem: unknown) => void;
  /** Strokes can be taken back, or cannot any more. */
  readonly onStrokes: () => void;
  /** Lets people choose a picture to teach from. */
  readonly chooseFile: () => void;
  /** Lets people choose a file of something that was taught. */
  readonly chooseTaught: () => void;
  readonly seed: number;
  /** Cells on each side at first. */
  readonly cells: number;
}

/** Pixels and steps of the pictures of species that were taught here. */
const FACE = { size: 64, steps: 90 };

/** Living textures on what the workshop's target shows: species, brushes, lessons, and the way to a tile that stands still. */
export class GrowDesk {
  readonly panel: GrowPanel;
  readonly hand: BrushHand;
  readonly lessons: LessonDesk;
  readonly #tools: GrowTools;
  readonly #complain: (problem: unknown) => void;
  readonly #garden = new Garden();
  #growth: Growth;
  #surface: LivingSurface | null = null;
  #isOpen = false;
  #isDisposed = false;
  #isLessonOpen = false;
  #isBaking = false;
  #preview: PaintPreview | null = null;
  #isTeaching = false;
  #chance: number;
  #setting = 0;
  #repeat = 1;

  constructor(tools: GrowTools) {
    const { painter, sketcher, toasts, stage, seed, cells } = tools;
    const complain = (problem: unknown): void => {
      if (!this.#isDisposed) tools.complain(problem);
    };
    this.#complain = complain;
    this.#tools = tools;
    this.#chance = seed;
    this.#growth = firstGrowth(seed % 10_000, cells);
    this.lessons = new LessonDesk(
      {
        ...{ garden: this.#garden, workshop: tools.workshop, painter, sketcher, toasts, complain },
        growth: () => this.#growth,
        choose: (part) => this.#change(part),
        renew: () => void this.#setSpecies(),
        show: (open) => this.#showCard(open),
      },
      () => this.panel.lesson,
    );
    this.hand = new BrushHand(stage, {
      radius: () => this.#growth.radius / (this.#surface?.repeat ?? 1),
      begin: () => {
        this.#surface?.strokes.begin();
        tools.onStrokes();
      },
      touch: (u, v) => this.#touch(u, v),
    });
    this.panel = new GrowPanel(this.#growth, {
      change: (part) => this.#change(part),
      rollSeed: () => this.rollSeed(),
      restart: () => void this.#restart(),
      bake: () => void this.bake(),
      save: (key) => void this.#garden.fileOf(key).then((file) => saveMade(file, toasts), complain),
      forget: (key) => void this.#forget(key),
      chooseTaught: () => tools.chooseTaught(),
      toggleLesson: () => this.openLesson(!this.#isLessonOpen),
      lesson: {
        chooseFile: () => tools.chooseFile(),
        choosePicture: (index) => this.lessons.school.choose(index),
        removePicture: (index) => this.lessons.school.remove(index),
        turnTo: (kind) => this.lessons.turnTo(kind),
        change: (part) => this.lessons.school.change(part),
        imagine: (name) => void this.lessons.fits.imagine(name),
        save: (name) => this.lessons.fits.save(name),
        forget: (name) => void this.lessons.fits.forget(name),
        teach: () => void this.lessons.teach(),
        finish: () => this.lessons.school.finish(),
        cancel: () => this.lessons.school.cancel(),
        keep: () => void this.lessons.keep().then(() => this.#drawFaces()),
        drop: () => this.lessons.drop(),
      },
    });
    this.#garden.onChange.add(() => this.#show());
    this.lessons.school.onChange.add(() => this.#showLesson());
    this.panel.lesson.set(null, this.lessons.wished);
  }

  get growth(): Growth {
    return this.#growth;
  }

  get garden(): Garden {
    return this.#garden;
  }

  /** Null before it was open for the first time. */
  get surface(): LivingSurface | null {
    return this.#surface;
  }

  get canUndo(): boolean {
    return !this.#isBaking && (this.#surface?.strokes.canUndo ?? false);
  }

  get canRedo(): boolean {
    return !this.#isBaking && (this.#surface?.strokes.canRedo ?? false);
  }

  /** Takes the last stroke of the brush back, and what has grown since. */
  undo(): void {
    if (this.canUndo) this.#goBack("undo");
  }

  /** Does the stroke again that was taken back last. */
  redo(): void {
    if (this.canRedo) this.#goBack("redo");
  }

  /** What the pointer touches the surface with; null where it turns the view. */
  get brush(): StageBrush | null {
    return this.#isOpen && this.#growth.brush !== "turn" && !this.#isBaking ? this.hand : null;
  }

  /** Has it grow on the workshop's target, as it was when it was closed. */
  async open(): Promise<void> {
    this.#isOpen = true;
    this.#show();
    if (!this.#surface) await this.#begin();
    this.follow();
  }

  /** Takes it off again; it waits. */
  close(): void {
    this.#isOpen = false;
    this.hand.hover(null);
    this.#tools.stage.setLiving(null);
  }

  /** Goes where the workshop's target is. */
  follow(): void {
    if (!this.#isOpen || !this.#surface) return;
    this.#tools.stage.setLiving({ part: this.#tools.workshop.present.target, material: this.#surface.material });
  }

  /** Has the stage drawn where something grows. */
  frame(): void {
    if (this.#isOpen && this.#surface && !this.#surface.isPaused) this.#tools.stage.touch();
  }

  /** How often the tile repeats where it is laid once. */
  setRepeat(times: number): void {
    this.#repeat = times;
    if (this.#surface) this.#surface.repeat = times;
  }

  /** Opens or closes the card for lessons. @param kind - What is taught from pictures that come, where no lesson goes on. */
  openLesson(open: boolean, kind: LessonKind = "living"): void {
    if (open) this.lessons.prepare(kind);
    this.#showCard(open);
  }

  /** Keeps a species that came in a file under a name that is free, and has it grow. Never rejects. */
  async takeSpecies(species: Species): Promise<void> {
    try {
      await this.open();
      const key = await this.#garden.bring(species);
      this.#change({ species: key });
      const label = this.#garden.entries.find((entry) => entry.key === key)!.label;
      this.#tools.toasts.say(`Kept: ${label}. It is here again on your next visit.`, "good");
      await this.#drawFaces();
    } catch (problem) {
      this.#complain(problem);
    }
  }

  /** Starts anew with another seed. */
  rollSeed(): void {
    // A linear congruential generator (Numerical Recipes): short seeds are easier to tell each other.
    this.#chance = (Math.imul(this.#chance, 1664525) + 1013904223) >>> 0;
    this.#change({ seed: (this.#chance >>> 8) % 10_000 });
  }

  /** Makes a material of what is there now, and puts it on the bench. @returns Whether it did. */
  async bake(): Promise<boolean> {
    const surface = this.#surface;
    if (!surface || this.#isBaking) return false;
    const { workshop, book } = this.#tools;
    const [{ wish }, { material }] = [workshop, workshop.present];
    this.#setBaking(true);
    try {
      const taken = await book.take({ name: this.#nameOfTile(), picture: await surface.bake(), sampleMask: null });
      const example = { ...NO_EXAMPLE, pictures: [taken], layout: "maps", edges: "wrap", evenLight: false } as const;
      workshop.change({ ...wish, source: "picture", pictureSize: taken.width, example }, "Baked");
      await workshop.paint(`Baked: ${taken.name}`);
      const isBaked = workshop.present.material !== material;
      if (!isBaked) workshop.turnTo(wish);
      return isBaked;
    } catch (problem) {
      this.#complain(problem);
      return false;
    } finally {
      this.#setBaking(false);
    }
  }

  /** May be called twice. */
  dispose(): void {
    this.#isDisposed = true;
    this.lessons.school.drop();
    this.close();
    this.#surface?.dispose();
    this.#surface = null;
  }

  async #begin(): Promise<void> {
    try {
      const { species, graft } = this.#growth;
      const [first, second] = await Promise.all([this.#garden.species(species), this.#garden.species(graft)]);
      if (this.#isDisposed || this.#surface) return;
      this.#surface = new LivingSurface(this.#growth, first, second, this.#tools.stage.scene);
      this.#surface.repeat = this.#repeat;
      void this.#garden.open().then(() => this.#drawFaces(), this.#complain);
      await this.#surface.whenGrowing();
    } catch (problem) {
      this.#complain(problem);
    }
  }

  #change(part: Partial<Growth>): void {
    const before = this.#growth;
    const next = { ...before, ...part };
    this.#growth = next;
    this.#surface?.setPace(next);
    this.#show();
    this.#tools.stage.touch();
    if (next.species !== before.species || next.graft !== before.graft) void this.#setSpecies();
    const isAnew = (["seed", "cells", "beginning"] as const).some((each) => part[each] !== undefined);
    if (isAnew) void this.#restart();
  }

  async #setSpecies(): Promise<void> {
    const setting = ++this.#setting;
    try {
      const { species, graft } = this.#growth;
      const [first, second] = await Promise.all([this.#garden.species(species), this.#garden.species(graft)]);
      if (setting !== this.#setting) return;
      this.#surface?.setSpecies(first, second);
      this.#tools.stage.touch();
    } catch (problem) {
      this.#complain(problem);
    }
  }

  async #restart(): Promise<void> {
    try {
      await this.#surface?.restart(this.#growth);
      this.#tools.onStrokes();
      this.#tools.stage.touch();
    } catch (problem) {
      this.#complain(problem);
    }
  }

  #touch(u: number, v: number): void {
    const { brush, radius } = this.#growth;
    if (brush !== "turn") this.#surface?.touch(brush, u, v, radius);
  }

  #goBack(step: "undo" | "redo"): void {
    this.#surface?.strokes[step]();
    this.#tools.onStrokes();
    this.#tools.stage.touch();
  }

  #showCard(open: boolean): void {
    this.#isLessonOpen = open;
    this.#show();
    if (!open) return;
    this.panel.lesson.root.scrollIntoView({ block: "nearest" });
    void this.lessons.offerSamples();
    void this.lessons.fits.open();
  }

  async #forget(key: string): Promise<void> {
    try {
      const { species, graft } = this.#growth;
      const [first] = this.#garden.entries;
      const forgotten = await this.#garden.forget(key);
      if (species === key) this.#change({ species: first.key });
      if (graft === key) this.#change({ graft: first.key });
      const restore = async (): Promise<void> => {
        this.#change({ species: await this.#garden.keep(forgotten) });
        await this.#drawFaces();
      };
      const offer = { title: "Undo", act: () => void restore().catch(this.#complain) };
      this.#tools.toasts.say(`Forgotten: ${forgotten.name}.`, "plain", offer);
    } catch (problem) {
      this.#complain(problem);
    }
  }

  /** Grows small pictures of the species that were taught here. */
  async #drawFaces(): Promise<void> {
    try {
      for (const { key } of this.#garden.entries.filter(({ isOwn }) => isOwn)) {
        const { size, steps } = FACE;
        const settings = automatonSettings(await this.#garden.species(key), null, steps);
        const { images } = await this.#tools.sketcher.paint({ generator: "automaton", size, settings });
        this.panel.setFace(key, () => drawThumbnail(images, "albedo", size, createFace()));
      }
    } catch (problem) {
      this.#complain(problem);
    }
  }

  /** Hangs what is being learned onto its tile. */
  #showLesson(): void {
    const { lesson } = this.lessons.school;
    const preview = lesson?.preview ?? null;
    const isTeaching = lesson?.isTeaching ?? false;
    const isAnother = preview !== this.#preview;
    const hasMoved = isTeaching !== this.#isTeaching || (isAnother && this.#preview === null);
    this.#preview = preview;
    this.#isTeaching = isTeaching;
    if (lesson && hasMoved) this.panel.lesson.root.scrollIntoView({ block: "nearest" });
    if (!preview || !isAnother) return;
    const { pixels, width, height } = preview;
    this.panel.setFace(Garden.lesson, () => {
      const face = createFace();
      setFace(face, pixels, width, height);
      return face;
    });
  }

  /** Says what it is made of. */
  #nameOfTile(): string {
    const label = (wanted: string): string => this.#garden.entries.find(({ key }) => key === wanted)?.label ?? wanted;
    const { species, graft } = this.#growth;
    return this.#surface?.isGrafted ? `${label(species)} with ${label(graft).toLowerCase()}` : label(species);
  }

  #setBaking(isBaking: boolean): void {
    this.#isBaking = isBaking;
    this.#surface?.setPace({ ...this.#growth, isPaused: isBaking || this.#growth.isPaused });
    this.#tools.onStrokes();
    this.#show();
  }

  #show(): void {
    this.panel.set(this.#growth, {
      entries: this.#garden.entries,
      isLessonOpen: this.#isLessonOpen,
      isBaking: this.#isBaking,
    });
  }
}
