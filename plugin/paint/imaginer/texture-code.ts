import { ConfigurationError } from "../../core/errors.ts";

/** What a texture is like, in numbers that an `Imaginer` gave, [41]: similar textures have similar codes. */
export type TextureCode = Float32Array;

/**
 * A code between others: their weighted mean.
 *
 * @param weights - As many as codes; they need not add up to 1, but to more than 0. Default: all the same.
 * @returns A new code.
 * @throws ConfigurationError for no codes, codes of different lengths, or weights that cannot be.
 */
export function mixCodes(codes: readonly TextureCode[], weights: readonly number[] = codes.map(() => 1)): TextureCode {
  assertAlike("mixCodes", codes);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.length !== codes.length || !(sum > 0) || !Number.isFinite(sum)) {
    throw new ConfigurationError(
      `mixCodes: needed ${codes.length} weights that add up to more than 0, came ${JSON.stringify(weights)}. Give one for each code.`,
    );
  }
  return codes[0].map((_, i) => codes.reduce((total, code, at) => total + (weights[at] / sum) * code[i], 0));
}

/**
 * Arithmetic of textures: what `from` is like, without what makes `without` what it is, and with what makes `plus` what it is. E.g. mossy stone − stone +
 * brick is mossy brick.
 *
 * @returns A new code: `from - without + plus`.
 * @throws ConfigurationError for codes of different lengths.
 */
export function codeArithmetic(from: TextureCode, without: TextureCode, plus: TextureCode): TextureCode {
  assertAlike("codeArithmetic", [from, without, plus]);
  return from.map((value, i) => value - without[i] + plus[i]);
}

/**
 * A straight walk from one texture to another.
 *
 * @param steps - Codes of the walk, at least 2, both ends among them.
 * @throws ConfigurationError for fewer steps, or codes of different lengths.
 */
export function codePath(from: TextureCode, to: TextureCode, steps: number): TextureCode[] {
  if (!Number.isInteger(steps) || steps < 2) {
    throw new ConfigurationError(`codePath: needed at least 2 steps, came ${steps}. Both ends are among them.`);
  }
  return Array.from({ length: steps }, (_, step) => mixCodes([from, to], [steps - 1 - step, step]));
}

/** @throws ConfigurationError for no codes, or codes of different lengths. */
export function assertAlike(who: string, codes: readonly TextureCode[]): void {
  const lengths = codes.map((code) => code.length);
  if (codes.length > 0 && lengths.every((length) => length === lengths[0] && length > 0)) return;
  throw new ConfigurationError(
    `${who}: needed codes of one length, came lengths ${JSON.stringify(lengths)}. Take codes of the same imaginer.`,
  );
}
