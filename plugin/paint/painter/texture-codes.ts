import { breathe } from "../../core/breathe.ts";
import { ConfigurationError } from "../../core/errors.ts";
import type { FindImaginer } from "../generators/paint-networks.ts";
import { lookAtPicture } from "../imaginer/picture-look.ts";
import type { TextureCode } from "../imaginer/texture-code.ts";
import type { Picture } from "../picture.ts";
import type { PaintWatch } from "../texture-generator.ts";

/** Codes by the imaginer of a painting worker. */
export interface TextureCodes {
  /** SHA-256 of the imaginer's file, 64 hex digits: codes of another one mean something else. Null where it is not known. */
  readonly imaginer: string | null;
  /** Every class that it knows, with its middle. */
  readonly classes: readonly { readonly name: string; readonly code: TextureCode }[];
  /** What the given pictures are like, in their order. */
  readonly pictures: readonly TextureCode[];
}

/**
 * Looks at pictures.
 *
 * @param pictures - sRGB, [height, width, 3].
 * @throws ConfigurationError where there is no imaginer, and for pictures that cannot be; the signal's reason when cancelled.
 */
export async function textureCodes(
  findImaginer: FindImaginer | null | undefined,
  pictures: readonly Picture[],
  { signal, onProgress }: PaintWatch = {},
): Promise<TextureCodes> {
  if (!findImaginer) {
    throw new ConfigurationError(
      "textureCodes: needed a network that imagines, came none. Give servePainting an imaginerUrl.",
    );
  }
  const tell = (done: number, stage: string): void => onProgress?.({ done, stage, preview: () => null });
  tell(0, "Getting ready");
  const imaginer = await findImaginer();
  const codes: TextureCode[] = [];
  for (const [at, picture] of pictures.entries()) {
    tell((at + 1) / (pictures.length + 1), "Looking at the pictures");
    await breathe();
    signal?.throwIfAborted();
    codes.push(await lookAtPicture(imaginer, picture));
  }
  signal?.throwIfAborted();
  const classes = imaginer.classes.map((name) => ({ name, code: imaginer.codeOf(name) }));
  return { imaginer: imaginer.fileHash, classes, pictures: codes };
}
