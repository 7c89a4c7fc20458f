import type { PaintRequest, PictureBook } from "../../../plugin/paint.ts";
import { learnedOf } from "../rules/imagining.ts";
import type { Wish } from "../rules/wish.ts";
import type { FitBook } from "./fit-book.ts";
import { requestOf } from "./order.ts";

/** Where that lies which is painted from. */
export interface OrderSources {
  readonly pictures: PictureBook;
  readonly fits: FitBook;
}

/**
 * The order that makes what is wished, with its pictures and with what the imaginer has learned for it.
 *
 * @param side - As for `requestOf`.
 * @throws ConfigurationError for a picture that is nowhere; TextureFileError for something learned that is not kept any more.
 */
export async function fullOrder(wish: Wish, sources: OrderSources, side?: number): Promise<PaintRequest> {
  const { pictures, ...request } = requestOf(wish, side);
  const learned = wish.source === "imagined" ? learnedOf(wish.imagining) : null;
  const gathered = await sources.pictures.gather(pictures);
  return { ...request, pictures: gathered, ...(learned ? { fit: await sources.fits.find(learned) } : {}) };
}
