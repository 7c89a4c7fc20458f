import * as tf from "@tensorflow/tfjs";
import { Random } from "../../../plugin/core/random.ts";
import { convolveAround } from "../../../plugin/nets/layers/convolve-around.ts";
import { dense } from "../../../plugin/nets/layers/dense.ts";
import { Parameters } from "../../../plugin/nets/layers/parameters.ts";
import { cosineRate } from "../../../plugin/nets/training/rate-schedule.ts";
import { train } from "../../../plugin/nets/training/train.ts";
import { SHIELD_KINDS, type Shield } from "../../../plugin/paint/sprites/shield.ts";
import type { Sprite } from "../../../plugin/paint/sprites/sprite.ts";
import { probeShield, type ShownShield } from "./shelves.ts";

/** An attribute that is one of several. */
export type ShieldKind = keyof typeof SHIELD_KINDS;

export const KIND_NAMES = Object.keys(SHIELD_KINDS) as ShieldKind[];

/** What the probe sees in a sprite. */
export interface Seen {
  /** Which value of each attribute, as an index. */
  readonly kinds: Readonly<Record<ShieldKind, number>>;
  /** Both tinctures, six numbers. */
  readonly tinctures: readonly number[];
}

const WIDTHS = [16, 32, 64];
const LENGTHS = KIND_NAMES.map((name) => SHIELD_KINDS[name].length);
const TINCTURES = 6;
const BATCH = 64;
const EXAMPLES = 50_000;
/** How much a colour's squared error counts beside a nat. */
const COLOUR = 10;

/** Which value of an attribute a shield has. */
export function valueOf(shield: Shield, kind: ShieldKind): number {
  return (SHIELD_KINDS[kind] as readonly unknown[]).indexOf(shield[kind]);
}

/** A classifier of shields, taught on real sprites only: it judges what models make. */
export class Probe {
  readonly #parameters = new Parameters(new Random(0, 3));
  readonly #layers = WIDTHS.map((to, i) =>
    this.#parameters.convolution(`probe ${i + 1}`, { size: 4, from: i === 0 ? 4 : WIDTHS[i - 1], to }),
  );
  readonly #answers = this.#parameters.dense(
    "answers",
    16 * WIDTHS[WIDTHS.length - 1],
    LENGTHS.reduce((sum, length) => sum + length, TINCTURES),
    0.3,
  );

  /** Teaches it. @param steps - Mini-batches of 64. */
  async learn(steps: number): Promise<void> {
    await train(
      {
        name: "probe",
        examples: EXAMPLES,
        take(chosen) {
          const shown = Array.from(chosen, probeShield);
          return {
            pictures: stack(shown.map(({ sprite }) => sprite)),
            kinds: KIND_NAMES.map((kind) =>
              tf.tensor1d(
                shown.map(({ shield }) => valueOf(shield, kind)),
                "int32",
              ),
            ),
            tinctures: tf.tensor2d(
              shown.flatMap(({ shield }) => shield.tinctures.flat()),
              [shown.length, TINCTURES],
            ),
          };
        },
        turns: [
          {
            name: "probe",
            variables: this.#parameters.variables,
            learningRate: cosineRate(3e-3),
            loss: ({ pictures, kinds, tinctures }) => {
              const answers = this.#answer(pictures);
              const nats = kinds.map((truth, i) => {
                const logarithms = tf.logSoftmax(answers[i]);
                return tf.neg(tf.mean(tf.sum(tf.mul(tf.oneHot(truth, LENGTHS[i]), logarithms), 1)));
              });
              const colour = tf.mean(tf.squaredDifference(answers[LENGTHS.length], tinctures));
              return [...nats, tf.mul(colour, COLOUR)].reduce((sum, part) => tf.add(sum, part)) as tf.Scalar;
            },
          },
        ],
      },
      { steps, batchSize: BATCH, validationShare: 0, averageDecay: 0.98 },
    );
  }

  /** What it sees in each sprite. */
  see(sprites: readonly Sprite[]): Seen[] {
    const seen: Seen[] = [];
    for (let from = 0; from < sprites.length; from += BATCH) {
      const part = sprites.slice(from, from + BATCH);
      const answers = tf.tidy(() => this.#answer(stack(part)).map((answer) => answer.arraySync() as number[][]));
      part.forEach((_, i) => {
        const kinds = KIND_NAMES.map((kind, at) => [kind, largest(answers[at][i])]);
        seen.push({
          kinds: Object.fromEntries(kinds) as Record<ShieldKind, number>,
          tinctures: answers[LENGTHS.length][i],
        });
      });
    }
    return seen;
  }

  /** Share of the attributes that it tells rightly of real sprites. */
  accuracy(shown: readonly ShownShield[]): number {
    const seen = this.see(shown.map(({ sprite }) => sprite));
    const right = shown.flatMap(({ shield }, i) =>
      KIND_NAMES.map((kind) => Number(seen[i].kinds[kind] === valueOf(shield, kind))),
    );
    return right.reduce((sum, one) => sum + one, 0) / right.length;
  }

  dispose(): void {
    this.#parameters.dispose();
  }

  #answer(pictures: tf.Tensor4D): tf.Tensor[] {
    let h = tf.sub<tf.Tensor4D>(tf.mul(pictures, 2), 1);
    this.#layers.forEach((layer, i) => {
      h = convolveAround(h, layer, { edges: "mirror", stride: 2, wantsInputGradient: i > 0 });
    });
    const rows = dense(tf.reshape<tf.Rank.R2>(h, [pictures.shape[0], -1]), this.#answers);
    return tf.split(rows, [...LENGTHS, TINCTURES], 1);
  }
}

function stack(sprites: readonly Sprite[]): tf.Tensor4D {
  const size = sprites[0].pixels.length;
  const values = new Float32Array(sprites.length * size);
  sprites.forEach(({ pixels }, i) => values.set(pixels, i * size));
  return tf.tensor4d(values, [sprites.length, 32, 32, 4]);
}

function largest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
