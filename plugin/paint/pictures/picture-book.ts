import { ConfigurationError } from "../../core/errors.ts";
import { picture, type Picture } from "../picture.ts";
import { pictureHash } from "../recipes/picture-hash.ts";
import type { OrderPicture } from "../texture-generator.ts";
import type { PictureUse, PictureWish } from "../wishes/example-wish.ts";
import type { ReadPicture } from "./read-picture.ts";

/** A picture with its hash and its name. */
export interface BookPicture {
  readonly hash: string;
  readonly name: string;
  readonly picture: Picture;
}

/** Pictures by hash: those of this visit, and those that were kept on an earlier one. */
export class PictureBook {
  readonly #pictures = new Map<string, BookPicture>();
  readonly #fetch: (hash: string) => Promise<BookPicture | null>;

  /** @param fetch - Looks where pictures outlive a visit; null where there is none. Default there is no such place. */
  constructor(fetch: (hash: string) => Promise<BookPicture | null> = async () => null) {
    this.#fetch = fetch;
  }

  /** Takes a picture in. @returns Its entry; an equal picture has one already. */
  async add(name: string, source: Picture): Promise<BookPicture> {
    const hash = await pictureHash(source);
    const entry = this.#pictures.get(hash) ?? { hash, name, picture: source };
    this.#pictures.set(hash, entry);
    return entry;
  }

  /** Takes in what was read of a file. @returns What is wished of it at first: all of it, but for what is transparent. */
  async take({
    name,
    picture: { width, height, ...rest },
    sampleMask,
  }: Pick<ReadPicture, "name" | "picture" | "sampleMask">): Promise<PictureWish> {
    const { hash } = await this.add(name, { width, height, ...rest });
    const mask = sampleMask ? await this.add(`${name}, opaque part`, sampleMask) : null;
    return { hash, name, width, height, weight: 1, mask: mask?.hash ?? null, guide: null };
  }

  /** A picture of this visit; null for others. */
  peek(hash: string): BookPicture | null {
    return this.#pictures.get(hash) ?? null;
  }

  /** A picture of this visit or of an earlier one; null where it is nowhere. */
  async find(hash: string): Promise<BookPicture | null> {
    const found = this.#pictures.get(hash) ?? (await this.#fetch(hash));
    if (found) this.#pictures.set(hash, found);
    return found;
  }

  /** Those of a recipe's pictures that are here or were kept. */
  async findAll(uses: readonly { readonly hash: string }[]): Promise<BookPicture[]> {
    const found = await Promise.all(uses.map(({ hash }) => this.find(hash)));
    return found.filter((entry) => entry !== null);
  }

  /**
   * The pictures of an order or a recipe, with their pixels.
   *
   * @throws ConfigurationError when one is nowhere.
   */
  async gather(uses: readonly PictureUse[]): Promise<OrderPicture[]> {
    const found: OrderPicture[] = [];
    for (const use of uses) {
      const { role, name } = use;
      const entry = "white" in use ? await this.#addWhite(name, use.white) : await this.find(use.hash);
      if (!entry) {
        throw new ConfigurationError(
          `Recipe: needed the picture "${name}", came none. Give that picture first, then the recipe again.`,
        );
      }
      found.push({ role, name, picture: entry.picture });
    }
    return found;
  }

  #addWhite(
    name: string,
    { width, height }: { readonly width: number; readonly height: number },
  ): Promise<BookPicture> {
    return this.add(name, picture(height, width, 1, new Float32Array(width * height).fill(1)));
  }
}
