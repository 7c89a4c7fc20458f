import { decodeTaught, type MaterialShelf, type Painter, type PictureBook } from "../../../plugin/paint.ts";
import type { Workshop } from "../work/workshop.ts";
import { BoardDoor } from "./board-door.ts";
import type { Errands } from "./errands.ts";
import { GrowDoor } from "./grow-door.ts";
import { ImagineDoor } from "./imagine-door.ts";
import { chooseFiles, filesByKind, TAUGHT_FILES } from "./intake.ts";
import type { MakeDesk } from "./make-desk.ts";
import { hasBoard, type MakeMode } from "./make-panel.ts";
import type { MendDesk } from "./mend-desk.ts";
import type { SpriteDesk } from "./sprite-desk.ts";
import type { Stage } from "./stage.ts";
import type { Toasts } from "./toasts.ts";
import type { Comparison, History } from "./view-desk.ts";

/** What the ways work with. */
export interface WayTools {
  readonly workshop: Workshop;
  readonly painter: Painter;
  readonly sketcher: Painter;
  readonly book: PictureBook;
  readonly shelf: MaterialShelf;
  readonly toasts: Toasts;
  readonly stage: Stage;
  readonly errands: Errands;
  /** For classes and pictures. */
  readonly desk: MakeDesk;
  readonly complain: (problem: unknown) => void;
  /** Opens another way, with all that belongs to it. */
  readonly turnTo: (mode: MakeMode) => void;
  /** What can be undone is not the same any more. */
  readonly onHistory: () => void;
  readonly container: HTMLElement;
  readonly seed: number;
  /** Cells of what grows, on each side at first. */
  readonly cells: number;
}

/** The ways to make something. Those that are more than a wish have a door each: what is imagined, what grows, what is mended, shields. */
export class Ways {
  readonly imagine: ImagineDoor;
  readonly grow: GrowDoor;
  readonly mend: BoardDoor<MendDesk>;
  readonly sprites: BoardDoor<SpriteDesk>;
  readonly #tools: WayTools;

  constructor(tools: WayTools) {
    const { container, onHistory } = tools;
    const choose = (): void => chooseFiles("image/*", true, (files) => this.takeFiles(files));
    const chooseTaught = (): void => chooseFiles(TAUGHT_FILES, true, (files) => void tools.errands.takeFiles(files));
    this.#tools = tools;
    const teach = (): void => this.#teachImagined();
    this.imagine = new ImagineDoor({ ...tools, chooseFiles: choose, chooseTaught, teach });
    this.grow = new GrowDoor({ ...tools, chooseFile: choose, chooseTaught, onStrokes: onHistory }, container);
    const chooseOne = (): void => chooseFiles("image/*", false, (files) => this.takeFiles(files));
    const mend = async (): Promise<MendDesk> => {
      const { MendDesk } = await import("./mend-desk.ts");
      return new MendDesk({ ...tools, chooseFile: chooseOne });
    };
    const sprites = async (): Promise<SpriteDesk> => {
      const { SpriteDesk } = await import("./sprite-desk.ts");
      return new SpriteDesk({ ...tools, chooseFile: chooseOne });
    };
    this.mend = new BoardDoor("mend", mend, tools, container);
    this.sprites = new BoardDoor("sprites", sprites, tools, container);
  }

  /** Which of them is open. */
  get mode(): MakeMode {
    if (this.grow.isOpen) return "grow";
    if (this.sprites.isOpen) return "sprites";
    return this.mend.isOpen ? "mend" : this.#tools.workshop.wish.source;
  }

  /** Where something grows, strokes are taken back, and where something is mended, or shields are made, its steps; elsewhere, steps of the bench. */
  get history(): History {
    return this.grow.desk ?? this.#board ?? this.#tools.workshop;
  }

  /** What is compared with what it was; null for the bench. */
  get comparison(): Comparison | null {
    return this.#board;
  }

  /** What stands in place of the yard. */
  get #board(): MendDesk | SpriteDesk | null {
    return this.mend.desk ?? this.sprites.desk;
  }

  /** Opens another one. @param onOpen - Called when its code has come. */
  turnTo(mode: MakeMode, onOpen: () => void): void {
    const { workshop } = this.#tools;
    if (mode !== "grow") this.grow.close();
    if (mode !== "mend") this.mend.close();
    if (mode !== "sprites") this.sprites.close();
    if (mode === "grow" || hasBoard(mode)) void this[mode].open().then(onOpen);
    else if (mode !== workshop.wish.source) workshop.turnTo({ ...workshop.wish, source: mode });
  }

  /** Makes way for what has come onto the bench. */
  follow(): void {
    this.grow.follow();
    this.mend.follow();
    this.sprites.follow();
  }

  /** Takes files to where they are meant for; zips, recipes and what was taught do from everywhere. */
  takeFiles(files: readonly File[]): void {
    const { errands } = this.#tools;
    const [pictures, others] = filesByKind(files);
    const { mode } = this;
    if (hasBoard(mode) && pictures.length > 0) void this[mode].takeFiles(pictures);
    else if (this.grow.desk && pictures.length > 0) void this.grow.desk.lessons.takeFiles(pictures);
    else if (mode === "imagined") void this.imagine.takeFiles(pictures);
    else others.unshift(...pictures);
    if (others.length > 0) void errands.takeFiles(others);
  }

  /**
   * Takes a file of something that was taught: it is kept and chosen, a species where it grows, an imagined material on the bench.
   *
   * @throws PolicyFileError for a file that is neither, or damaged; all stays as it was then.
   */
  async takeTaught(file: File): Promise<void> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const taught = decodeTaught(bytes, file.name);
    if (taught.kind === "fit") {
      await this.imagine.takeFit(bytes, taught.fit.name);
      return;
    }
    this.#tools.turnTo("grow");
    await this.grow.takeSpecies(taught.species);
  }

  rollSeed(): void {
    (this.grow.desk ?? this.#board ?? this.#tools.desk.actions).rollSeed();
  }

  /** Does what the open way is for. */
  paint(): void {
    if (this.grow.desk) void this.grow.desk.bake();
    else (this.#board ?? this.#tools.desk.actions).paint();
  }

  /** Keeps what is on the bench; what grows or is mended is put there before. */
  async keep(): Promise<void> {
    const { grow, mend } = this;
    if (grow.desk && !(await grow.desk.bake())) return;
    if (mend.desk?.mender.step && !(await mend.desk.use(true))) return;
    await this.#tools.errands.keep();
  }

  dispose(): void {
    this.grow.dispose();
    this.mend.dispose();
    this.sprites.dispose();
    this.imagine.dispose();
  }

  /** Opens the lesson in which an imagined material is taught from pictures. */
  #teachImagined(): void {
    this.#tools.turnTo("grow");
    void this.grow.teach("imagined");
  }
}
