import { pictureHash, type OrderPicture, type Picture } from "../../../plugin/paint.ts";
import type { PictureUse } from "../rules/wish.ts";

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

  /** @param fetch - Looks where pictures outlive a visit. */
  constructor(fetch: (hash: string) => Promise<BookPicture | null>) {
    this.#fetch = fetch;
  }

  /** Takes a picture in. @returns Its entry; an equal picture has one already. */
  async add(name: string, picture: Picture): Promise<BookPicture> {
    const hash = await pictureHash(picture);
    const entry = this.#pictures.get(hash) ?? { hash, name, picture };
    this.#pictures.set(hash, entry);
    return entry;
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

  /**
   * The pictures of an order, with their pixels.
   *
   * @throws Error in words for people when one is nowhere.
   */
  async gather(uses: readonly PictureUse[]): Promise<OrderPicture[]> {
    return Promise.all(
      uses.map(async ({ role, hash, name }) => {
        const found = await this.find(hash);
        if (found) return { role, name, picture: found.picture };
        throw new Error(
          `This recipe needs the picture “${name}”, which is not kept here. Drop that picture first, then the recipe again.`,
        );
      }),
    );
  }
}
