import * as tf from "@tensorflow/tfjs";
import { Random } from "../../core/random.ts";
import { dense, type DenseParameters } from "../layers/dense.ts";
import { Parameters } from "../layers/parameters.ts";
import { CODE, type ImaginerNet } from "./imaginer-net.ts";
import { LAYOUT_KINDS, PLAN } from "./layout-plan.ts";
import { STACK } from "./stack-decoder.ts";
import type { TaughtLayout, TaughtStack } from "./taught-stack.ts";

const COLOURS = 3;
/** How much the ranges of heights, roughness and metallic count; the error that is taken for one; what is asked of a range that is 0. */
const RANGES = 0.15;
const RANGE_ERROR = 0.03;
const NOTHING = -0.05;
const LEAST_RANGE = 1 / 255;
/** How much it counts that kinds, and attributes, can be told from a code by a mere weighted sum. */
const KINDS = 0.2;
const ATTRIBUTES = 2;
/** How much the plan of pieces counts; the errors of numbers of pieces (as binary logarithms) and of the gap that are taken for one. */
const PLANS = 0.2;
const COUNT_ERROR = 0.2;
const GAP_ERROR = 0.03;
/** Keeps codes small. */
const CODE_WEIGHT = 1e-3;
const CHANCE = 0x7e11;
const GAIN = 0.1;

/** What is known of a mini-batch besides its stacks. */
export interface StackFacts {
  /** What the numbers of a plan shall be, and how much each counts, both [batch, 7]. */
  readonly plans: tf.Tensor2D;
  readonly planWeights: tf.Tensor2D;
  /** [batch]. */
  readonly kinds: tf.Tensor1D;
  /** [batch, attributes]. */
  readonly attributes: tf.Tensor2D;
}

/** Says what a code shall tell: kind and attributes by a mere weighted sum, ranges and pieces by the network's own layers. */
export class CodeTeller {
  readonly #parameters = new Parameters(new Random(0, CHANCE));
  readonly #tell: DenseParameters;
  readonly #kinds: number;

  /** @param shelf - Materials that will be learned from. */
  constructor(shelf: readonly TaughtStack[]) {
    this.#kinds = 1 + shelf.reduce((most, { kind }) => Math.max(most, kind), 0);
    this.#tell = this.#parameters.dense("tell", CODE, this.#kinds + shelf[0].attributes.length, GAIN);
  }

  /** What it learns itself. */
  get variables(): readonly tf.Variable[] {
    return this.#parameters.variables;
  }

  /** What is known of some materials. */
  facts(materials: readonly TaughtStack[]): StackFacts {
    const plans = materials.map(({ layout }) => planTargets(layout));
    return {
      plans: tf.tensor2d(plans.map(({ targets }) => targets)),
      planWeights: tf.tensor2d(plans.map(({ weights }) => weights)),
      kinds: tf.tensor1d(
        materials.map(({ kind }) => kind),
        "int32",
      ),
      attributes: tf.tensor2d(materials.map(({ attributes }) => Array.from(attributes))),
    };
  }

  /**
   * How far what codes tell is off. Differentiable. Call it inside `tf.tidy`.
   *
   * @param codes - [batch, code].
   * @param stacks - [batch, side, side, 6].
   */
  loss(net: ImaginerNet, codes: tf.Tensor2D, stacks: tf.Tensor4D, facts: StackFacts): tf.Scalar {
    const answers = dense(codes, this.#tell);
    const kinds = tf.slice(answers, [0, 0], [-1, this.#kinds]);
    const attributes = tf.slice(answers, [0, this.#kinds], [-1, -1]);
    const hot = tf.oneHot(facts.kinds, this.#kinds);
    return tf.addN([
      tf.mul(nats(hot, kinds), KINDS),
      tf.mul(tf.mean(tf.squaredDifference(attributes, facts.attributes)), ATTRIBUTES),
      tf.mul(rangeLoss(net.ranges(codes), stacks), RANGES),
      tf.mul(planLoss(net.plans(codes), facts), PLANS),
      tf.mul(tf.mean(tf.square(codes)), CODE_WEIGHT),
    ]);
  }

  dispose(): void {
    this.#parameters.dispose();
  }
}

/**
 * How far the told means and deviations of height, roughness and metallic are off: squared where they are off by little, straight where by
 * much. Patches alone tell it too slowly: an even map that lies a little too high is wrong everywhere.
 *
 * @param told - See `StackDecoder.ranges`.
 * @param stack - [batch, side, side, 6].
 */
function rangeLoss(told: tf.Tensor2D, stack: tf.Tensor4D): tf.Scalar {
  const { mean, variance } = tf.moments(tf.slice(stack, [0, 0, 0, COLOURS], [-1, -1, -1, STACK - COLOURS]), [1, 2]);
  const real = tf.concat([mean, tf.sqrt(variance)], 1); // [batch, 6]
  const asked = tf.where(tf.less(real, LEAST_RANGE), tf.fill(real.shape, NOTHING), real);
  // Below nothing is nothing, however far.
  const off = tf.sub(tf.where(tf.equal(asked, NOTHING), tf.maximum(told, NOTHING), told), asked);
  return tf.mean(softSquares(tf.div(off, RANGE_ERROR)));
}

/** What the numbers of a plan shall be, and how much each counts: how many pieces counts only where there are any. */
function planTargets(layout: TaughtLayout | null): { readonly targets: number[]; readonly weights: number[] } {
  const kind = layout?.plan.kind ?? "none";
  const kinds = LAYOUT_KINDS.map((one) => Number(one === kind));
  const { across, down, gap } = layout?.plan ?? { across: 1, down: 1, gap: 0 };
  const counts = layout ? [1 / COUNT_ERROR, 1 / COUNT_ERROR, 1 / GAP_ERROR] : [0, 0, 0];
  return { targets: [...kinds, Math.log2(across), Math.log2(down), gap], weights: [...kinds.map(() => 1), ...counts] };
}

/** Nats of the kind, and how far numbers of pieces are off. @param told - See `StackDecoder.plans`. */
function planLoss(told: tf.Tensor2D, { plans, planWeights }: StackFacts): tf.Scalar {
  const kinds = LAYOUT_KINDS.length;
  const part = (rows: tf.Tensor2D, from: number, count: number): tf.Tensor2D => tf.slice(rows, [0, from], [-1, count]);
  const errors = tf.mul<tf.Tensor2D>(tf.sub(told, plans), planWeights);
  return tf.add(
    nats(part(plans, 0, kinds), part(told, 0, kinds)),
    tf.mean(softSquares(part(errors, kinds, PLAN - kinds))),
  );
}

/** Squares of what is small, and lengths of what is large. */
function softSquares(errors: tf.Tensor2D): tf.Tensor2D {
  return tf.sub(tf.sqrt(tf.add(tf.square(errors), 1)), 1);
}

/** Cross entropy. @param truth - [batch, kinds], 1 for the right one. */
function nats(truth: tf.Tensor, told: tf.Tensor2D): tf.Scalar {
  return tf.neg(tf.mean(tf.sum(tf.mul(truth, tf.logSoftmax(told)), 1)));
}
