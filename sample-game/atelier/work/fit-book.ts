import { bringImaginerFit, keptFitOf, TextureFileError } from "../../../plugin/paint.ts";
import type { Learned } from "../rules/imagining.ts";
import { Listeners } from "./listeners.ts";

/** What the imaginer has learned here, by hash: what was used on this visit is at hand, even if it was forgotten since. */
export class FitBook {
  /** After a file has brought one along, and it is kept. */
  readonly onBring = new Listeners();
  readonly #fits = new Map<string, Uint8Array>();

  /** @param fit - The bytes of its file. */
  add(hash: string, fit: Uint8Array): void {
    this.#fits.set(hash, fit);
  }

  /**
   * Takes along what came in a file: it is at hand at once, and kept as it is under a name that is free, unless it is kept already.
   *
   * @param hash - Null on a page that cannot hash.
   * @param fit - The bytes of the file.
   * @returns The name under which it is kept.
   * @throws PolicyFileError for bytes that are no fit; StorageError where the browser keeps nothing: then it is at hand on this visit alone.
   */
  async bring(hash: string | null, fit: Uint8Array): Promise<string> {
    if (hash !== null) this.add(hash, fit);
    const name = await bringImaginerFit(fit);
    this.onBring.tell();
    return name;
  }

  /** @returns The bytes of its file; null where it is not kept any more. @throws StorageError where the browser cannot be asked. */
  async seek(hash: string): Promise<Uint8Array | null> {
    const fit = this.#fits.get(hash) ?? (await keptFitOf({ imaginerFit: hash }));
    if (fit) this.#fits.set(hash, fit);
    return fit ?? null;
  }

  /** @returns The bytes of its file. @throws TextureFileError where it is not kept any more. */
  async find({ name, hash }: Learned): Promise<Uint8Array> {
    const fit = await this.seek(hash);
    if (fit) return fit;
    throw new TextureFileError(
      `Material "${name}": needed what was learned from its picture, came nothing: it was forgotten, or is kept in another browser. Open its file, or a zip of the material, or teach it again.`,
    );
  }
}
