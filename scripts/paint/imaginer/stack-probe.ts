import * as tf from "@tensorflow/tfjs";
import { Random } from "../../../plugin/core/random.ts";
import { dense } from "../../../plugin/nets/layers/dense.ts";
import { Parameters } from "../../../plugin/nets/layers/parameters.ts";
import { cosineRate } from "../../../plugin/nets/training/rate-schedule.ts";
import { train } from "../../../plugin/nets/training/train.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";
import { stackTraits } from "./stack-traits.ts";

/** What is known of a stack. */
export interface StackFacts {
  /** Which class it is of. */
  readonly kind: number;
  /** Which attributes it has. */
  readonly has: readonly boolean[];
}

/** A stack, and what is known of it. */
export interface KnownStack extends StackFacts {
  readonly stack: Picture;
}

const WIDTH = 64;
const BATCH = 64;
const RATE = 4e-3;
/** Chance added to traits, in their own deviations, so that they are not learned by heart. */
const BLUR = 0.15;
const LEAST_DEVIATION = 1e-4;

/** Tells classes and attributes of stacks, taught on real ones only: it judges what networks make. */
export class StackProbe {
  readonly #known: readonly StackFacts[];
  readonly #rows: readonly Float32Array[];
  readonly #kinds: number;
  readonly #means: Float32Array;
  readonly #deviations: Float32Array;
  readonly #parameters = new Parameters(new Random(0, 5));
  readonly #first;
  readonly #second;

  /** @param known - Real stacks to learn from. @param kinds - How many classes there are. */
  constructor(known: readonly KnownStack[], kinds: number) {
    const traits = known.map(({ stack }) => stackTraits(stack));
    const meanOf = (of: (row: Float32Array) => number): number =>
      traits.reduce((sum, row) => sum + of(row) / traits.length, 0);
    this.#known = known;
    this.#kinds = kinds;
    this.#means = traits[0].map((_, t) => meanOf((row) => row[t]));
    this.#deviations = this.#means.map((mean, t) =>
      Math.max(LEAST_DEVIATION, Math.sqrt(meanOf((row) => (row[t] - mean) ** 2))),
    );
    this.#rows = traits.map((row) => this.#scaled(row));
    this.#first = this.#parameters.dense("probe", this.#means.length, WIDTH);
    this.#second = this.#parameters.dense("answers", WIDTH, kinds + known[0].has.length, 0.3);
  }

  /** Teaches it. @param steps - Mini-batches of 64. */
  async learn(steps: number): Promise<void> {
    await train(
      {
        name: "stack probe",
        examples: this.#known.length,
        take: (chosen, random) => ({
          rows: rowsOf(Array.from(chosen, (at) => this.#rows[at].map((value) => value + BLUR * random.normal()))),
          kinds: tf.tensor1d(
            Array.from(chosen, (at) => this.#known[at].kind),
            "int32",
          ),
          has: tf.tensor2d(Array.from(chosen, (at) => this.#known[at].has.map(Number))),
        }),
        turns: [
          {
            name: "probe",
            variables: this.#parameters.variables,
            learningRate: cosineRate(RATE),
            loss: ({ rows, kinds, has }) => {
              const [kind, attributes] = this.#answer(rows);
              const nats = tf.neg(tf.mean(tf.sum(tf.mul(tf.oneHot(kinds, this.#kinds), tf.logSoftmax(kind)), 1)));
              return tf.add<tf.Scalar>(nats, tf.losses.sigmoidCrossEntropy(has, attributes));
            },
          },
        ],
      },
      { steps, batchSize: Math.min(BATCH, this.#known.length), validationShare: 0 },
    );
  }

  /** What it sees in each stack. */
  see(stacks: readonly Picture[]): StackFacts[] {
    const [kinds, attributes] = tf.tidy(() =>
      this.#answer(rowsOf(stacks.map((stack) => this.#scaled(stackTraits(stack))))).map((answer) => answer.arraySync()),
    );
    return kinds.map((row, i) => ({
      kind: row.indexOf(Math.max(...row)),
      has: attributes[i].map((value) => value > 0),
    }));
  }

  dispose(): void {
    this.#parameters.dispose();
  }

  #scaled(traits: Float32Array): Float32Array {
    return traits.map((value, t) => (value - this.#means[t]) / this.#deviations[t]);
  }

  #answer(rows: tf.Tensor2D): [kinds: tf.Tensor2D, attributes: tf.Tensor2D] {
    const answers = dense(tf.relu(dense(rows, this.#first)), this.#second);
    return tf.split(answers, [this.#kinds, answers.shape[1] - this.#kinds], 1) as [tf.Tensor2D, tf.Tensor2D];
  }
}

function rowsOf(rows: readonly Float32Array[]): tf.Tensor2D {
  return tf.tensor2d(rows.map((row) => Array.from(row)));
}
