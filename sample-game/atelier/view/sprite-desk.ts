import type { Painter, Sprite } from "../../../plugin/paint.ts";
import { fitSprite, isReady, SHEET_COLUMNS, SHEET_SHIELDS, WALK_STEPS } from "../rules/spriting.ts";
import { RemoteSpriteArtist } from "../work/sprite-messages.ts";
import { Spriter } from "../work/spriter.ts";
import { saveFile } from "./intake.ts";
import { SpriteBoard } from "./sprite-board.ts";
import { spritePng } from "./sprite-face.ts";
import { SpritePanel } from "./sprite-panel.ts";
import type { Toasts } from "./toasts.ts";
import type { Comparison, History } from "./view-desk.ts";

/** What the desk works with. */
export interface SpriteTools {
  /** Reads picture files. */
  readonly painter: Pick<Painter, "readPicture">;
  readonly toasts: Toasts;
  readonly complain: (problem: unknown) => void;
  /** What can be undone is not the same any more. */
  readonly onHistory: () => void;
  /** Lets people choose a picture. */
  readonly chooseFile: () => void;
  readonly seed: number;
}

/** Shields that networks imagine: a sheet of them, walks between two, attributes, arithmetic, and files. */
export class SpriteDesk implements History, Comparison {
  readonly panel: SpritePanel;
  readonly board: SpriteBoard;
  readonly progress = null;
  /** Nothing of it goes to the bench. */
  readonly isBusy = false;
  readonly spriter: Spriter;
  readonly #artist: RemoteSpriteArtist;
  readonly #tools: SpriteTools;
  #isOpen = false;
  #isDisposed = false;
  #isSplit = false;

  constructor(tools: SpriteTools) {
    this.#tools = tools;
    this.#artist = new RemoteSpriteArtist(
      () => new Worker(new URL("../sprites.worker.ts", import.meta.url), { type: "module", name: "sprites" }),
    );
    this.spriter = new Spriter({ artist: this.#artist, seed: tools.seed });
    const { spriter } = this;
    this.board = new SpriteBoard({ pick: (shield) => spriter.pick(shield), lookAt: (at) => spriter.lookAt(at) });
    this.panel = new SpritePanel({
      setNetwork: (network) => spriter.setNetwork(network),
      setSeed: (seed) => spriter.setSeed(seed),
      rollSeed: () => spriter.rollSeed(),
      setLocked: (isLocked) => spriter.setLocked(isLocked),
      setTool: (tool) => spriter.setTool(tool),
      activate: (place) => spriter.activate(place),
      change: (part, gesture) => spriter.change(part, gesture),
      resetWish: () => spriter.resetWish(),
      chooseFile: () => tools.chooseFile(),
      begin: () => spriter.begin(),
      saveSprite: () => this.#save("shield", this.#shown ? [this.#shown] : [], 1),
      saveWay: () => this.#save("shields-way", spriter.result?.codes ?? [], WALK_STEPS),
      saveSheet: () =>
        this.#save(
          "shields",
          spriter.sheet.map(({ sprite }) => sprite),
          SHEET_COLUMNS,
        ),
    });
    spriter.onChange.add(() => this.show());
    this.show();
  }

  get canUndo(): boolean {
    return this.spriter.canUndo;
  }

  get canRedo(): boolean {
    return this.spriter.canRedo;
  }

  /** Whether there is a shield made of codes, and the same of pixels. */
  get canCompare(): boolean {
    return isReady(this.spriter.step) && this.spriter.result !== null;
  }

  get isSplit(): boolean {
    return this.#isSplit && this.canCompare;
  }

  undo(): void {
    this.spriter.undo();
  }

  redo(): void {
    this.spriter.redo();
  }

  /** Shows the right half of the large shield as pixels make it, or not. */
  setSplit(split: boolean): void {
    this.#isSplit = split;
    this.board.compare(split, false);
    this.#tools.onHistory();
  }

  /** Shows the large shield as pixels make it as long as it is held. */
  hold(held: boolean): void {
    this.board.compare(this.#isSplit, held);
  }

  open(): void {
    this.#isOpen = true;
    this.board.root.hidden = false;
    this.spriter.begin();
  }

  close(): void {
    this.#isOpen = false;
    this.board.root.hidden = true;
  }

  rollSeed(): void {
    this.spriter.rollSeed();
  }

  /** Another sheet. */
  paint(): void {
    this.spriter.rollSeed();
  }

  /** Takes a picture file; only the first of several. Never rejects. */
  async takeFiles([file, ...others]: readonly File[]): Promise<void> {
    const { painter, toasts, complain } = this.#tools;
    if (!file) return;
    if (others.length > 0) toasts.say("One picture at a time can become a shield; the first was taken.");
    try {
      const { name, picture, sampleMask } = await painter.readPicture(file);
      if (this.#isDisposed) return;
      if (this.spriter.step.network === "gan") toasts.say("Only the autoencoder reads pictures, so it took over.");
      await this.spriter.take(name, fitSprite(picture, sampleMask));
    } catch (problem) {
      if (!this.#isDisposed) complain(problem);
    }
  }

  show(): void {
    const { step, sheet, result, at, isLocked, isWorking, look, problem } = this.spriter;
    this.board.set(step, { sheet, result, at, isWorking });
    this.panel.set(step, {
      ...{ isLocked, look, problem },
      canSaveSprite: this.#shown !== null,
      canSaveWay: this.canCompare,
      canSaveSheet: sheet.length === SHEET_SHIELDS,
    });
    if (this.#isOpen) this.#tools.onHistory();
  }

  /** May be called twice. */
  dispose(): void {
    this.#isDisposed = true;
    this.spriter.dispose();
    this.#artist.dispose();
    this.board.root.remove();
  }

  /** The shield that is looked at: a step of the way, or A where there is none. */
  get #shown(): Sprite | null {
    const { step, result, at } = this.spriter;
    if (isReady(step) && result) return result.codes[at];
    return step.places.A?.sprite ?? null;
  }

  #save(name: string, sprites: readonly Sprite[], columns: number): void {
    if (sprites.length === 0) return;
    const file = `${name}-${this.spriter.step.seed}.png`;
    saveFile(file, spritePng(sprites, columns));
    this.#tools.toasts.say(`Saved ${file}.`, "good");
  }
}
