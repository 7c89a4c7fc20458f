import { ConfigurationError } from "../../core/errors.ts";

/** The middle of some codes. @throws ConfigurationError for none, or codes of different lengths. */
export function meanCode(codes: readonly Float32Array[]): Float32Array {
  const length = codes[0]?.length ?? 0;
  const odd = codes.find((code) => code.length !== length);
  if (length === 0 || odd) {
    throw new ConfigurationError(
      `meanCode: needed codes of one length, came ${odd ? `${length} and ${odd.length} numbers` : "none"}. Encode all by the same model.`,
    );
  }
  const sums = new Float64Array(length);
  for (const code of codes) for (let i = 0; i < length; i++) sums[i] += code[i];
  return Float32Array.from(sums, (sum) => sum / codes.length);
}

/**
 * What has to be added to a code for an attribute: the mean code of pictures that have it, less that of pictures that have not. Whatever
 * else both are like on average cancels out (Larsen et al. 2016, https://arxiv.org/abs/1512.09300v2, section 4.1).
 *
 * @throws ConfigurationError as `meanCode`.
 */
export function codeDirection(having: readonly Float32Array[], lacking: readonly Float32Array[]): Float32Array {
  const [to, from] = [meanCode(having), meanCode(lacking)];
  meanCode([to, from]); // of one length
  return to.map((value, i) => value - from[i]);
}

/** The code with so much of a direction added. @param amount - 1 is the whole way, less than 0 the other way. Default 1. */
export function movedCode(code: Float32Array, direction: Float32Array, amount = 1): Float32Array {
  if (direction.length !== code.length) {
    throw new ConfigurationError(
      `movedCode: needed a direction of ${code.length} numbers, came ${direction.length}. Take codes of the same model.`,
    );
  }
  return code.map((value, i) => value + amount * direction[i]);
}
