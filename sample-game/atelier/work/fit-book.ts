import { keptFitOf, TextureFileError } from "../../../plugin/paint.ts";
import type { Learned } from "../rules/imagining.ts";

/** What the imaginer has learned here, by hash: what was used on this visit is at hand, even if it was forgotten since. */
export class FitBook {
  readonly #fits = new Map<string, Uint8Array>();

  /** @param fit - The bytes of its file. */
  add(hash: string, fit: Uint8Array): void {
    this.#fits.set(hash, fit);
  }

  /** @returns The bytes of its file. @throws TextureFileError where it is not kept any more. */
  async find({ name, hash }: Learned): Promise<Uint8Array> {
    const fit = this.#fits.get(hash) ?? (await keptFitOf({ imaginerFit: hash }));
    if (!fit) {
      throw new TextureFileError(
        `Material "${name}": needed what was learned from its picture, came nothing: it was forgotten, or is kept in another browser. Teach it again.`,
      );
    }
    this.#fits.set(hash, fit);
    return fit;
  }
}
