import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { readPlan } from "./pieces/layout-plan.ts";
import { drawLayout } from "./pieces/layout.ts";
import type { ImaginerNet } from "./imaginer-net.ts";
import { spatialInputs, type SpatialInputs } from "./spatial-inputs.ts";

/** Chance of where pieces lie; the levels of drawing have the numbers below. */
const PIECES = 9;

/**
 * Chance, waves and pieces of one square picture, the pieces as its code plans them. Reads in between, so on backends that can be read at once.
 *
 * @param code - [1, code].
 * @param side - Pixels, a multiple of 16.
 */
export function plannedInputs(net: ImaginerNet, code: tf.Tensor2D, side: number, random: Random): SpatialInputs {
  const size = { height: side, width: side };
  const told = tf.tidy(() => net.plans(code));
  const plan = readPlan(told.dataSync<"float32">());
  told.dispose();
  return spatialInputs(1, random, { ...size, layouts: [drawLayout(plan, size, random.fork(PIECES))] });
}
