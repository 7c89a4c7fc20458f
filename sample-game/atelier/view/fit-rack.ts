import {
  decodeImaginerFit,
  encodeImaginerFit,
  forgetImaginerFit,
  keepImaginerFit,
  keptImaginerFits,
  taughtFile,
  type KeptFit,
  type PaintedMaterial,
  type Painter,
} from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import { imaginedRelief } from "../work/imagine-order.ts";
import type { Workshop } from "../work/workshop.ts";
import { saveMade } from "./intake.ts";
import type { Toasts } from "./toasts.ts";

/** What kept fits work with. */
export interface FitRackTools {
  readonly painter: Painter;
  readonly workshop: Workshop;
  readonly toasts: Toasts;
  readonly complain: (problem: unknown) => void;
}

/** What the imaginer has learned in this browser: it is kept, saved as a file, forgotten, and imagined again on the bench. */
export class FitRack {
  readonly #tools: FitRackTools;
  readonly #onChange: (names: readonly string[]) => void;
  #kept: readonly KeptFit[] = [];
  #seed = 0;

  constructor(tools: FitRackTools, onChange: (names: readonly string[]) => void) {
    this.#tools = tools;
    this.#onChange = onChange;
    tools.workshop.fits.onBring.add(() => void this.open(false));
  }

  /** Names that are taken. */
  get names(): readonly string[] {
    return this.#kept.map(({ name }) => name);
  }

  /** The name under which a fit is kept; null where it is not. @param hash - As recipes name it. */
  nameOf(hash: string | undefined): string | null {
    return this.#kept.find((each) => each.hash === hash)?.name ?? null;
  }

  /** Finds what was kept. Never rejects. @param complains - Whether people are told that the browser keeps nothing. Default true. */
  async open(complains = true): Promise<void> {
    const list = async (): Promise<void> => {
      this.#kept = await keptImaginerFits();
      this.#onChange(this.names);
    };
    await (complains ? this.#try(list) : list().catch(() => {}));
  }

  /** Keeps what was learned under a name, and puts such a material on the bench. @returns Whether it is kept. */
  async keep(learned: Uint8Array, name: string): Promise<boolean> {
    return this.#try(async () => {
      const fit = encodeImaginerFit({ ...decodeImaginerFit(learned, name), name });
      await keepImaginerFit(fit);
      await this.open();
      this.#tools.toasts.say(`Kept: ${name}. It is under “Learned”, also on your next visit.`, "good");
      await this.imagine(name);
    });
  }

  /** Puts another such material on the bench. Never rejects. */
  async imagine(name: string): Promise<void> {
    const { workshop } = this.#tools;
    await this.#try(async () => {
      const { fit, material, hash } = this.#kept.find((each) => each.name === name)!;
      const { recipe, images } = await this.#paint(material, fit);
      if (hash !== null) workshop.fits.add(hash, fit);
      workshop.place({ name, recipe, images }, `Imagined: ${name}`);
    });
  }

  /** Takes what came in a file: such a material comes to the bench, and the file is kept under a name that is free. Never rejects. */
  async take(fit: Uint8Array, material: string): Promise<void> {
    const { workshop, toasts } = this.#tools;
    await this.#try(async () => {
      // First: one that belongs to another imaginer is refused by that, and nothing is kept.
      const { recipe, images } = await this.#paint(material, fit);
      let name = material;
      await this.#try(async () => {
        name = await workshop.fits.bring(recipe.imaginerFit ?? null, fit);
        toasts.say(`Kept: ${name}. It is under “Learned”, also on your next visit.`, "good");
      });
      workshop.place({ name, recipe, images }, `Imagined: ${name}`);
    });
  }

  /** Hands the file of one to the browser's downloads. */
  save(name: string): void {
    saveMade(taughtFile(name, this.#kept.find((each) => each.name === name)!.fit), this.#tools.toasts);
  }

  /** Lets go of one; it can be taken back. Never rejects. */
  async forget(name: string): Promise<void> {
    await this.#try(async () => {
      const { fit } = this.#kept.find((each) => each.name === name)!;
      await forgetImaginerFit(name);
      await this.open();
      const restore = (): void => void this.#try(() => keepImaginerFit(fit, { name })).then(() => this.open());
      this.#tools.toasts.say(`Forgotten: ${name}.`, "plain", { title: "Undo", act: restore });
    });
  }

  #paint(material: string, fit: Uint8Array): Promise<PaintedMaterial> {
    const size = atelierConfig.imaginedSize;
    const settings = { material, relief: imaginedRelief(size) };
    return this.#tools.painter.paint({ generator: "imagined", seed: ++this.#seed, size, settings, fit });
  }

  async #try(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (problem) {
      this.#tools.complain(problem);
      return false;
    }
  }
}
