import { ConfigurationError } from "../../core/errors.ts";
import { imaginedCode } from "../generators/imagined-code.ts";
import { drawnSize } from "../generators/imagined-size.ts";
import { imaginedGenerator } from "../generators/imagined.ts";
import type { FindImaginer } from "../generators/paint-networks.ts";
import type { PieceLayout, PieceMask } from "../imaginer/piece-layout.ts";
import { storablePicture } from "../recipes/picture-hash.ts";
import { orderOf, type PaintRequest } from "./paint-request.ts";

/**
 * Where the pieces of what a request imagines lie, without painting it.
 *
 * @returns Null for a material without pieces.
 * @throws ConfigurationError for a request of another generator, or one that cannot be; the signal's reason when cancelled.
 */
export async function planPieces(
  request: PaintRequest,
  findImaginer: FindImaginer | null,
  signal?: AbortSignal,
): Promise<PieceMask | null> {
  const { generator, fit } = request;
  if (generator !== "imagined") {
    throw new ConfigurationError(
      `planPieces: needed a request of the generator "imagined", came "${generator}". Others plan no pieces.`,
    );
  }
  const asked = imaginedGenerator(findImaginer).check(orderOf(request));
  const pictures = asked.pictures.map((entry) => ({ ...entry, picture: storablePicture(entry.picture) }));
  const imaginer = await findImaginer!(fit);
  signal?.throwIfAborted();
  const code = await imaginedCode(imaginer, { ...asked, pictures });
  signal?.throwIfAborted();
  const { seed, settings } = asked;
  const pieces = settings["pieces"] as PieceLayout | undefined;
  return imaginer.pieceMask(code, { seed, size: drawnSize(asked), ...(pieces ? { pieces } : {}) });
}
