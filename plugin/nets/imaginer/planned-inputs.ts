import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { readPlan } from "./pieces/layout-plan.ts";
import { drawLayout } from "./pieces/layout.ts";
import type { ImaginerNet } from "./imaginer-net.ts";
import { spatialInputs, type SpatialInputs } from "./spatial-inputs.ts";

/** Chance of where pieces lie; the levels of drawing have the numbers below. */
const PIECES = 9;

/**
 * Chance, waves and pieces of one square picture, the pieces as its code plans them.
 *
 * @param code - [1, code].
 * @param side - Pixels, a multiple of 16.
 */
export async function plannedInputs(
  net: ImaginerNet,
  code: tf.Tensor2D,
  side: number,
  random: Random,
): Promise<SpatialInputs> {
  const size = { height: side, width: side };
  const told = tf.tidy(() => net.plans(code));
  const plan = readPlan(await told.data<"float32">());
  told.dispose();
  return spatialInputs(1, random, { ...size, layouts: [drawLayout(plan, size, random.fork(PIECES))] });
}
