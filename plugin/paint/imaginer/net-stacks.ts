import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import type { ImaginerNet } from "../../nets/imaginer/imaginer-net.ts";
import { useBackend } from "../../nets/start-backend.ts";
import { spatialInputs } from "../../nets/imaginer/spatial-inputs.ts";
import { STACK } from "../../nets/imaginer/stack-decoder.ts";
import { linearFromSrgb } from "../maps/srgb.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import { clamp01 } from "../noise/curves.ts";
import type { Picture } from "../picture.ts";
import type { PieceLayout } from "./piece-layout.ts";
import { toldLayout } from "./told-layout.ts";

/** What is imagined besides the code. */
export interface StackOptions {
  readonly width: number;
  readonly height: number;
  readonly random: Random;
  /** Where pieces are (1) and what lies between them (0), [height, width]. Default null: as the code plans it. */
  readonly layout?: Float32Array | null;
  /** How pieces lie, where no `layout` says so. Default null: as the code plans it. */
  readonly pieces?: PieceLayout | null;
  readonly roll?: readonly [down: number, across: number];
  /** What a height of 1 means, in shorter sides. Default 0.04. */
  readonly relief?: number;
}

/** As deep as most materials of the procedural classes. */
const RELIEF = 0.04;
/** Sides of pictures that codes are made of: multiples of it. */
const CODE_STRIDE = 8;

/** The code of a picture, as `ImaginerNet.encode` says it. Pixels beyond whole multiples of 8 are left out. */
export async function pictureCode(net: ImaginerNet, { width, height, pixels }: Picture): Promise<Float32Array> {
  const [rows, columns] = [height, width].map((side) => side - (side % CODE_STRIDE));
  const code = tf.tidy(() => {
    const whole = tf.tensor4d(pixels.slice(), [1, height, width, 3]);
    return net.encode(tf.slice(whole, [0, 0, 0, 0], [1, rows, columns, 3]));
  });
  const numbers = await code.data<"float32">();
  code.dispose();
  return numbers.slice();
}

/** Draws the maps of a code. @throws ConfigurationError for sides that are no multiples of 16. */
export async function imagineStack(
  net: ImaginerNet,
  code: Float32Array,
  { width, height, random, layout = null, pieces = null, roll = [0, 0], relief = RELIEF }: StackOptions,
): Promise<SurfaceMaps> {
  const size = { height, width };
  const backend = tf.getBackend();
  const told = await toldLayout(net, code, { mask: layout, pieces, ...size }, random);
  useBackend(backend);
  const made = tf.tidy(() => {
    const inputs = spatialInputs(1, random, { ...size, layouts: [told], roll });
    return net.decode(tf.tensor2d(code, [1, code.length]), inputs);
  });
  const values = await made.data<"float32">();
  made.dispose();
  const pixels = width * height;
  const albedo = new Float32Array(3 * pixels);
  const [heights, roughness, metallic] = [0, 1, 2].map(() => new Float32Array(pixels));
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) albedo[3 * i + c] = linearFromSrgb(clamp01(values[STACK * i + c]));
    heights[i] = clamp01(values[STACK * i + 3]);
    roughness[i] = clamp01(values[STACK * i + 4]);
    metallic[i] = clamp01(values[STACK * i + 5]);
  }
  return { width, height, albedo, heights, roughness, metallic, relief };
}
