import { ConfigurationError } from "../../core/errors.ts";
import { Random } from "../../core/random.ts";
import { rolled, type Picture } from "../picture.ts";
import { sizeOf } from "./same-size.ts";

/** How `equivarianceError` measures. */
export interface EquivarianceOptions {
  /** Which output pixels the generator can be rolled by: multiples of its total stride. Default 1. */
  readonly stride?: number;
  /** How many rolls are tried, drawn by chance. Default 4. */
  readonly rolls?: number;
  /** Which rolls. Default 1. */
  readonly seed?: number;
}

/**
 * Whether a generator's output moves along when all its spatial inputs are rolled: the largest absolute difference of a
 * value between "roll, then generate" and "generate, then roll". 0 for a generator that tiles perfectly.
 *
 * Inputs may be of other resolutions than the output (noise, coarse masks): each is rolled by the same share of its
 * size, so only rolls are tried that are whole pixels of every input.
 *
 * @param generate - Must give the same picture for the same inputs; called once more than `rolls` says.
 * @param inputs - All inputs that have a place in the picture.
 * @throws ConfigurationError if no roll within the output is a whole number of pixels everywhere, or the output changes
 * size.
 */
export async function equivarianceError(
  generate: (inputs: readonly Picture[]) => Picture | Promise<Picture>,
  inputs: readonly Picture[],
  { stride = 1, rolls = 4, seed = 1 }: EquivarianceOptions = {},
): Promise<number> {
  const still = await generate(inputs);
  const random = new Random(seed);
  const down = rollsOf(
    "rows",
    still.height,
    stride,
    inputs.map(({ height }) => height),
  );
  const right = rollsOf(
    "columns",
    still.width,
    stride,
    inputs.map(({ width }) => width),
  );
  let worst = 0;
  for (let roll = 0; roll < rolls; roll++) {
    const dy = random.pick(down) / still.height;
    const dx = random.pick(right) / still.width;
    const moved = await generate(inputs.map((input) => rolledByShare(input, dy, dx)));
    const expected = rolledByShare(still, dy, dx);
    if (sizeOf(moved) !== sizeOf(expected)) {
      throw new ConfigurationError(
        `equivarianceError: the generator must keep its output's size, got ${sizeOf(expected)} and then ${sizeOf(moved)}. ` +
          `Fix the size that it makes.`,
      );
    }
    for (let i = 0; i < moved.pixels.length; i++) {
      worst = Math.max(worst, Math.abs(moved.pixels[i] - expected.pixels[i]));
    }
  }
  return worst;
}

function rolledByShare(source: Picture, down: number, right: number): Picture {
  return rolled(source, Math.round(down * source.height), Math.round(right * source.width));
}

/** All rolls of the output, in pixels, that are whole pixels of every input. */
function rollsOf(lines: string, length: number, stride: number, inputLengths: readonly number[]): number[] {
  const possible: number[] = [];
  for (let roll = stride; roll < length; roll += stride) {
    if (inputLengths.every((inputLength) => (roll * inputLength) % length === 0)) possible.push(roll);
  }
  if (possible.length === 0) {
    throw new ConfigurationError(
      `equivarianceError: some multiple of the stride ${stride} below ${length} ${lines} must be a whole number of ${lines} ` +
        `in every input, got inputs of ${inputLengths.join(", ") || "none"}. Give inputs whose sizes divide the output's.`,
    );
  }
  return possible;
}
