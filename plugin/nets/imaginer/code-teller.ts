import * as tf from "@tensorflow/tfjs";
import { Random } from "../../core/random.ts";
import { solvePositive } from "../../core/solve-positive.ts";
import { dense, type DenseParameters } from "../layers/dense.ts";
import { differentiable } from "../layers/differentiable.ts";
import { Parameters } from "../layers/parameters.ts";
import { CODE, LEARNED_CODE, type ImaginerNet } from "./imaginer-net.ts";
import { LAYOUT_KINDS, PLAN } from "./pieces/layout-plan.ts";
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
const PLANS = 0.6;
const COUNT_ERROR = 0.2;
const GAP_ERROR = 0.03;
/** Keeps codes small. */
const CODE_WEIGHT = 1e-3;
const CHANCE = 0x7e11;
const GAIN = 0.1;
/** Keeps codes from being moved far where what they tell hardly depends on them. */
const RIDGE = 1e-3;

/** What is known of a mini-batch besides its stacks. */
export interface StackFacts {
  /** What the numbers of a plan shall be, and how much each counts, both [batch, plan]. */
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
  /** 1 for each attribute that codes are moved to, 0 for others. */
  readonly #set: Float32Array;

  /**
   * @param shelf - Materials that will be learned from.
   * @param isSet - Which attributes codes are moved to, see `moved`. Default all.
   */
  constructor(shelf: readonly TaughtStack[], isSet: (attribute: number) => boolean = () => true) {
    this.#kinds = 1 + shelf.reduce((most, { kind }) => Math.max(most, kind), 0);
    this.#set = shelf[0].attributes.map((_, attribute) => Number(isSet(attribute)));
    this.#tell = this.#parameters.dense("tell", CODE, this.#kinds + this.#set.length, GAIN);
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
   * Codes moved as little as possible, so that they tell attributes as they are, and kinds and other attributes as before. Nobody can see
   * in colours alone how wet something is; who draws by a guess of it learns that wetness means little. Colours stay as they are.
   *
   * @param codes - [batch, code].
   * @param isMoved - 1 for those that are moved, 0 for others, [batch, 1].
   * @param steps - What `steps` tells by now, [attributes, code].
   */
  moved(codes: tf.Tensor2D, { attributes }: StackFacts, isMoved: tf.Tensor2D, steps: tf.Tensor2D): tf.Tensor2D {
    const told = tf.slice(dense(codes, this.#tell), [0, this.#kinds], [-1, -1]);
    const off = tf.mul(tf.sub(attributes, told), tf.tensor1d(this.#set));
    // How far is a fact, not something to learn from.
    const change = constant(tf.mul<tf.Tensor2D>(tf.matMul(off, steps), isMoved));
    return tf.add(codes, change);
  }

  /**
   * For each attribute the smallest change of a code that lets it tell one more of that attribute, and kinds and other attributes as before; not
   * of the part that tells the colours, unless that is given.
   *
   * @param colours - What shall change of that part, [attributes, colour code]. Default nothing.
   * @returns [attributes, code].
   */
  async steps(colours?: ArrayLike<number>): Promise<Float32Array> {
    const [labels, rows] = [this.#set.length, this.#kinds + this.#set.length];
    const tell = await this.#tell.weights.data<"float32">(); // [rows, code]
    const matrix = new Float64Array(rows * rows);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < rows; j++) {
        for (let c = 0; c < LEARNED_CODE; c++) matrix[i * rows + j] += tell[i * CODE + c] * tell[j * CODE + c];
      }
      matrix[i * rows + i] += RIDGE;
    }
    // What is asked for: one more of an attribute, less what the colours tell already.
    const shares = new Float64Array(rows * labels);
    const told = CODE - LEARNED_CODE;
    for (let row = 0; row < rows; row++) {
      for (let label = 0; label < labels; label++) {
        let asked = Number(row === this.#kinds + label);
        for (let c = 0; c < told; c++) {
          asked -= tell[row * CODE + LEARNED_CODE + c] * (colours?.[label * told + c] ?? 0);
        }
        shares[row * labels + label] = asked;
      }
    }
    solvePositive(matrix, shares, rows);
    const steps = new Float32Array(labels * CODE);
    for (let label = 0; label < labels; label++) {
      for (let c = 0; c < LEARNED_CODE; c++) {
        for (let row = 0; row < rows; row++) {
          steps[label * CODE + c] += shares[row * labels + label] * tell[row * CODE + c];
        }
      }
      for (let c = 0; c < told; c++) steps[label * CODE + LEARNED_CODE + c] = colours?.[label * told + c] ?? 0;
    }
    return steps;
  }

  /**
   * How far what codes tell is off. Differentiable. Call it inside `tf.tidy`.
   *
   * @param codes - [batch, code].
   * @param drawn - The codes that are drawn by, which tell ranges and pieces, see `moved`.
   * @param stacks - [batch, side, side, 6].
   */
  loss(
    net: ImaginerNet,
    { codes, drawn }: { readonly codes: tf.Tensor2D; readonly drawn: tf.Tensor2D },
    stacks: tf.Tensor4D,
    facts: StackFacts,
  ): tf.Scalar {
    const answers = dense(codes, this.#tell);
    const kinds = tf.slice(answers, [0, 0], [-1, this.#kinds]);
    const attributes = tf.slice(answers, [0, this.#kinds], [-1, -1]);
    const hot = tf.oneHot(facts.kinds, this.#kinds);
    return tf.addN([
      tf.mul(nats(hot, kinds), KINDS),
      tf.mul(tf.mean(tf.squaredDifference(attributes, facts.attributes)), ATTRIBUTES),
      tf.mul(rangeLoss(net.ranges(drawn), stacks), RANGES),
      tf.mul(planLoss(net.plans(drawn), facts), PLANS),
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

/** The same numbers, by which nothing is differentiated. */
function constant<T extends tf.Tensor>(values: T): T {
  return differentiable([values], ([x]) => ({ value: x.clone() as T, gradFunc: (dy) => [tf.zerosLike(dy)] }));
}
