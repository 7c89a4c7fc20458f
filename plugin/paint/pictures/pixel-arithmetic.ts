import { scaledPicture } from "../generators/fit-picture.ts";
import type { Picture } from "../picture.ts";

/**
 * What `codeArithmetic` does with codes, done with pixels, to compare: `from - without + plus`, held in [0, 1]. Things shine through
 * each other, since a pixel knows nothing of what a texture is like.
 *
 * @param without - Scaled to the size of `from`; null for none. All have as many channels.
 * @param plus - The same.
 * @returns A new picture of the size of `from`.
 */
export function pixelArithmetic(from: Picture, without: Picture | null, plus: Picture | null): Picture {
  const [less, more] = [without, plus].map((each) => each && scaledPicture(each, from).pixels);
  return { ...from, pixels: from.pixels.map((value, i) => held(value - (less ? less[i] : 0) + (more ? more[i] : 0))) };
}

/**
 * A cross-fade, which is what `mixCodes` is to codes.
 *
 * @param to - Scaled to the size of `from`; has as many channels.
 * @param share - Of `to`, in [0, 1].
 * @returns A new picture of the size of `from`.
 */
export function pixelMix(from: Picture, to: Picture, share: number): Picture {
  const { pixels } = scaledPicture(to, from);
  return { ...from, pixels: from.pixels.map((value, i) => (1 - share) * value + share * pixels[i]) };
}

function held(value: number): number {
  return Math.min(1, Math.max(0, value));
}
