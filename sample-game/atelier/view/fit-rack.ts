import {
  decodeImaginerFit,
  encodeImaginerFit,
  forgetImaginerFit,
  keepImaginerFit,
  keptImaginerFits,
  type KeptFit,
  type Painter,
} from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import { imaginedRelief } from "../work/imagine-order.ts";
import type { Workshop } from "../work/workshop.ts";
import type { Toasts } from "./toasts.ts";

/** What kept fits work with. */
export interface FitRackTools {
  readonly painter: Painter;
  readonly workshop: Workshop;
  readonly toasts: Toasts;
  readonly complain: (problem: unknown) => void;
}

/** What the imaginer has learned in this browser: it is kept, forgotten, and imagined again on the bench. */
export class FitRack {
  readonly #tools: FitRackTools;
  readonly #onChange: (names: readonly string[]) => void;
  #kept: readonly KeptFit[] = [];
  #seed = 0;

  constructor(tools: FitRackTools, onChange: (names: readonly string[]) => void) {
    this.#tools = tools;
    this.#onChange = onChange;
  }

  /** Names that are taken. */
  get names(): readonly string[] {
    return this.#kept.map(({ name }) => name);
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
    const { painter, workshop } = this.#tools;
    await this.#try(async () => {
      const { fit } = this.#kept.find((each) => each.name === name)!;
      const size = atelierConfig.imaginedSize;
      const settings = { material: name, relief: imaginedRelief(size) };
      const { recipe, images } = await painter.paint({
        generator: "imagined",
        seed: ++this.#seed,
        size,
        settings,
        fit,
      });
      if (recipe.imaginerFit !== undefined) workshop.fits.add(recipe.imaginerFit, fit);
      workshop.place({ name, recipe, images }, `Imagined: ${name}`);
    });
  }

  /** Lets go of one; it can be taken back. Never rejects. */
  async forget(name: string): Promise<void> {
    await this.#try(async () => {
      const { fit } = this.#kept.find((each) => each.name === name)!;
      await forgetImaginerFit(name);
      await this.open();
      const restore = (): void => void this.#try(() => keepImaginerFit(fit)).then(() => this.open());
      this.#tools.toasts.say(`Forgotten: ${name}.`, "plain", { title: "Undo", act: restore });
    });
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
