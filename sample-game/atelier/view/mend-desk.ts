import { NO_EXAMPLE, type Painter, type PictureBook, type ReadPicture } from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import { canDo, hasHole, type MendDeed, type MendStep, type MendTool } from "../rules/mending.ts";
import type { Sheet } from "../rules/sheet.ts";
import { Mender, networkOf } from "../work/mender.ts";
import type { Workshop } from "../work/workshop.ts";
import { saveFile } from "./intake.ts";
import { MendBoard } from "./mend-board.ts";
import { MendPanel } from "./mend-panel.ts";
import { coloursOf } from "./picture-square.ts";
import { ProgressCard } from "./progress-card.ts";
import type { Toasts } from "./toasts.ts";
import type { Comparison, History } from "./view-desk.ts";

/** What mending works with. */
export interface MendTools {
  readonly workshop: Workshop;
  readonly painter: Painter;
  readonly book: PictureBook;
  readonly toasts: Toasts;
  readonly complain: (problem: unknown) => void;
  /** What can be undone, or compared, is not the same any more. */
  readonly onHistory: () => void;
  /** Lets people choose a picture. */
  readonly chooseFile: () => void;
  readonly seed: number;
}

/** What each tool is mainly for. */
const MAIN: Readonly<Record<MendTool, MendDeed>> = { clean: "clean", scratch: "grow", code: "code" };

/** Mending: a picture is cleaned, scratched and grown anew, or seen through its code, and becomes a material or a file. */
export class MendDesk implements History, Comparison {
  readonly panel: MendPanel;
  readonly board: MendBoard;
  readonly progress: ProgressCard;
  readonly mender: Mender;
  readonly #tools: MendTools;
  #isOpen = false;
  #isBusy = false;
  #isDisposed = false;
  #isSplit = false;
  #holds = false;

  constructor(tools: MendTools) {
    const { painter, seed, complain } = tools;
    this.#tools = tools;
    this.mender = new Mender({ painter, seed, complain });
    const { mender } = this;
    this.progress = new ProgressCard(() => mender.cancel());
    this.board = new MendBoard((hole, gesture) => mender.scratch(hole, gesture));
    this.panel = new MendPanel({
      chooseFile: () => tools.chooseFile(),
      takeBench: () => this.#takeBench(),
      setRepeats: (repeats) => mender.setRepeats(repeats),
      change: (part) => mender.change(part),
      rollSeed: () => this.rollSeed(),
      clear: () => this.#clear(),
      run: (deed) => void this.#run(deed),
      forgive: () => mender.forgive(),
      use: (asItIs) => void this.use(asItIs),
      save: () => void this.#save(),
    });
    mender.onChange.add(() => this.show());
    mender.onProgress.add(() => this.progress.set(mender.work));
    this.show();
  }

  get canUndo(): boolean {
    return this.mender.canUndo && !this.#isBusy;
  }

  get canRedo(): boolean {
    return this.mender.canRedo && !this.#isBusy;
  }

  get canCompare(): boolean {
    return this.mender.step?.made != null;
  }

  /** Whether the picture is on its way to the bench. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  get isSplit(): boolean {
    return this.#isSplit && this.canCompare;
  }

  undo(): void {
    if (this.canUndo) this.mender.undo();
  }

  redo(): void {
    if (this.canRedo) this.mender.redo();
  }

  setSplit(split: boolean): void {
    this.#isSplit = split;
    this.show();
  }

  hold(held: boolean): void {
    this.#holds = held;
    this.board.compare(this.#isSplit, held);
  }

  open(): void {
    this.#isOpen = true;
    this.board.root.hidden = false;
    this.show();
  }

  /** What a network is at is given up; all else waits. */
  close(): void {
    this.#isOpen = false;
    this.board.root.hidden = true;
    this.mender.cancel();
  }

  /** Leaves whatever is open. @returns Whether something was. */
  leave(): boolean {
    if (this.mender.cancel()) return true;
    if (this.#isBusy || !this.isSplit) return false;
    this.setSplit(false);
    return true;
  }

  /** Another seed; what has grown grows anew by it. */
  rollSeed(): void {
    const { mender } = this;
    if (mender.settings.isLocked || mender.work) return;
    mender.rollSeed();
    if (mender.step?.made?.deed === "grow" && !hasHole(mender.step)) void this.#run("grow");
  }

  /** Does what the tool is mainly for. */
  paint(): void {
    void this.#run(MAIN[this.mender.settings.tool]);
  }

  /** Takes a picture file; only the first of several. Never rejects. */
  async takeFiles([file, ...others]: readonly File[]): Promise<void> {
    const { painter, toasts, complain } = this.#tools;
    if (!file) return;
    if (this.mender.work || this.#isBusy) {
      toasts.say("The picture before is still being worked on. Wait for it, or cancel, and give this one again.");
      return;
    }
    if (others.length > 0) toasts.say("One picture at a time can be mended; the first was taken.");
    try {
      const read = await painter.readPicture(file);
      if (this.#isDisposed) return;
      for (const note of read.notes) toasts.say(note);
      const hole = transparentPart(read);
      this.mender.begin(read.name, read.picture, { repeats: false, ...(hole ? { hole } : {}) });
    } catch (problem) {
      if (!this.#isDisposed) complain(problem);
    }
  }

  /**
   * Paints a material from the picture and puts it on the bench. Never rejects.
   *
   * @param asItIs - Whether its colours stay as they are; another arrangement of them otherwise.
   * @returns Whether it did.
   */
  async use(asItIs: boolean): Promise<boolean> {
    const { step } = this.mender;
    if (!step || this.#isBusy || this.mender.work) return false;
    const { workshop, book, complain } = this.#tools;
    const [{ wish }, { material }] = [workshop, workshop.present];
    this.#setBusy(true);
    try {
      const name = nameOf(step);
      const { picture, repeats } = step;
      const taken = await book.take({ name, picture, sampleMask: null });
      const edges = repeats ? "wrap" : "cut";
      const pictures = { ...NO_EXAMPLE, pictures: [taken], edges } as const;
      const example = asItIs ? ({ ...pictures, layout: "maps", evenLight: false } as const) : pictures;
      const pictureSize = asItIs ? Math.max(picture.width, picture.height) : wish.pictureSize;
      workshop.change({ ...wish, source: "picture", pictureSize, example }, "Mended");
      await workshop.paint(asItIs ? `Mended: ${name}` : `Like ${name}`);
      const isPainted = workshop.present.material !== material;
      if (!isPainted) workshop.turnTo(wish);
      return isPainted;
    } catch (problem) {
      complain(problem);
      return false;
    } finally {
      this.#setBusy(false);
    }
  }

  show(): void {
    const { mender } = this;
    const { step, settings, work } = mender;
    const isWorking = work !== null;
    const lack = mender.lack(networkOf(MAIN[settings.tool]));
    const hasBench = this.#bench !== null;
    this.panel.set(step, settings, {
      isWorking,
      isBusy: this.#isBusy,
      hasBench,
      lack: lack && sayLack(settings.tool, lack),
    });
    this.board.set(step);
    const draws = settings.tool === "scratch" && !isWorking && !this.#isBusy;
    const side = step ? Math.min(step.picture.width, step.picture.height) : 1;
    this.board.setBrush({ diameter: settings.brush * side, value: draws ? (settings.takesBack ? 0 : 1) : null });
    this.board.compare(this.#isSplit, this.#holds);
    if (this.#isOpen) this.#tools.onHistory();
  }

  /** May be called twice. */
  dispose(): void {
    this.#isDisposed = true;
    this.mender.dispose();
    this.progress.dispose();
    this.board.root.remove();
  }

  get #bench(): Workshop["material"] {
    const { material } = this.#tools.workshop;
    return material && !material.isDraft ? material : null;
  }

  async #run(deed: MendDeed): Promise<void> {
    const { mender } = this;
    if (this.#isBusy || !canDo(mender.step, deed)) return;
    const before = mender.step;
    await mender.run(deed);
    const { step } = mender;
    if (step !== before && step?.made?.deed === deed && (deed === "clean" || deed === "code")) this.setSplit(true);
  }

  #takeBench(): void {
    const bench = this.#bench;
    if (!bench) return;
    this.mender.begin(bench.name, coloursOf(bench.images, atelierConfig.mendedSide), { repeats: true });
  }

  #clear(): void {
    const { step } = this.mender;
    if (step) this.mender.scratch({ ...step.hole, inside: new Uint8Array(step.hole.inside.length) });
  }

  async #save(): Promise<void> {
    const { step } = this.mender;
    if (!step) return;
    const { toasts, complain } = this.#tools;
    try {
      const file = `${nameOf(step).replace(/[^\p{L}\p{N}]+/gu, "-")}.png`;
      saveFile(file, await this.board.png());
      toasts.say(`Saved ${file}.`, "good");
    } catch (problem) {
      complain(problem);
    }
  }

  #setBusy(isBusy: boolean): void {
    this.#isBusy = isBusy;
    if (!this.#isDisposed) this.show();
  }
}

/** What the picture is called on the bench and as a file. */
function nameOf({ name, made }: MendStep): string {
  const bare = name.replace(/\.[a-z0-9]{2,5}$/i, "");
  return made ? `${bare}, mended` : bare;
}

function sayLack(tool: MendTool, reason: string): string {
  const what = tool === "clean" ? "takes noise out" : "fills holes and keeps pictures as codes";
  return `The network that ${what} could not be had, so this tool rests. ${reason}`;
}

/** What is transparent in a file is scratched out at once. */
function transparentPart({ sampleMask }: ReadPicture): Sheet | null {
  if (!sampleMask) return null;
  const { width, height, pixels } = sampleMask;
  return { width, height, inside: Uint8Array.from(pixels, (value) => (value < 0.5 ? 1 : 0)) };
}
