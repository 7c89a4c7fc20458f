import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { fillSmoothly } from "./fill-smoothly.ts";
import { takeCrops, type CropOptions, type CropShelf } from "./take-crops.ts";

/** Pictures, whole and with holes. */
export interface HoledBatch {
  /** [batch, side, side, 3], in [0, 1]. */
  readonly whole: tf.Tensor4D;
  /** Holes filled smoothly. */
  readonly holed: tf.Tensor4D;
  /** 1 where pixels are known, [batch, side, side, 1]. */
  readonly known: tf.Tensor4D;
}

/** How crops are taken, and scratched. */
export interface HoledCropOptions extends CropOptions {
  /** How many crops have holes, in [0, 1]. */
  readonly holed: number;
}

/**
 * Cuts one crop out of each chosen picture, and scratches some of them. The caller disposes of the tensors.
 *
 * @param chosen - Which pictures, [batch].
 */
export function takeHoledCrops(
  shelf: CropShelf,
  chosen: Uint32Array,
  { holed, ...options }: HoledCropOptions,
  random: Random,
): HoledBatch {
  const { side } = options;
  const whole = takeCrops(shelf, chosen, options, random);
  const filled = whole.slice();
  const pixels = side * side;
  const known = new Float32Array(chosen.length * pixels).fill(1);
  chosen.forEach((_, i) => {
    if (random.uniform() >= holed) return;
    const own = known.subarray(i * pixels, (i + 1) * pixels);
    scratch(own, side, random);
    const colours = filled.subarray(3 * i * pixels, 3 * (i + 1) * pixels);
    fillSmoothly({ height: side, width: side, pixels: colours, known: own });
  });
  const shaped = (values: Float32Array, channels: number): tf.Tensor4D =>
    tf.tensor4d(values, [chosen.length, side, side, channels]);
  return { whole: shaped(whole, 3), holed: shaped(filled, 3), known: shaped(known, 1) };
}

/** Makes some holes in what is known, in place: strokes of a brush of 2 to 12 pixels, less than a third of all. */
function scratch(known: Float32Array, side: number, random: Random): void {
  const strokes = 1 + random.integer(3);
  for (let stroke = 0; stroke < strokes; stroke++) {
    const radius = random.between(1, 6);
    const turn = random.between(0, 2 * Math.PI);
    const length = random.between(0, side / (2 * radius ** 0.5));
    let [y, x] = [random.uniform() * side, random.uniform() * side];
    for (let along = 0; along <= length; along++) {
      dab(known, side, { y, x, radius });
      y += Math.sin(turn);
      x += Math.cos(turn);
    }
  }
}

function dab(
  known: Float32Array,
  side: number,
  { y, x, radius }: { readonly y: number; readonly x: number; readonly radius: number },
): void {
  const [top, bottom] = [Math.max(0, Math.ceil(y - radius)), Math.min(side - 1, Math.floor(y + radius))];
  const [left, right] = [Math.max(0, Math.ceil(x - radius)), Math.min(side - 1, Math.floor(x + radius))];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      if ((row - y) ** 2 + (column - x) ** 2 <= radius * radius) known[row * side + column] = 0;
    }
  }
}
