import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { criticLoss, generatorLoss, shakeLike, steepness } from "../generative/gan-losses.ts";
import { momentDistance } from "../likeness/moment-likeness.ts";
import { SpectrumLikeness } from "../likeness/spectrum-likeness.ts";
import { StackLikeness } from "../likeness/stack-likeness.ts";
import { cosineRate, warmedUp } from "../training/rate-schedule.ts";
import type { TrainingTask, TrainingTurn } from "../training/training-task.ts";
import type { CodeTeller, StackFacts } from "./code-teller.ts";
import { CODE, LEARNED_CODE, type ImaginerNet } from "./imaginer-net.ts";
import { spatialInputs, type SpatialInputs } from "./spatial-inputs.ts";
import type { StackCritic } from "./stack-critic.ts";
import { STACK } from "./stack-decoder.ts";
import { TAUGHT, writeStack, type TaughtStack } from "./taught-stack.ts";

/** How an imaginer is taught. */
export interface ImaginerLesson {
  /** Pixels on each side of the materials, a power of 2. */
  readonly shelfSide: number;
  /** Pixels on each side of what is drawn; a part of the materials where it is smaller. */
  readonly side: number;
  /** Of the first step; it falls to a twentieth. Default 0.002. */
  readonly learningRate?: number;
  /** Tells real patches from drawn ones and learns with the net; null for none, the default. */
  readonly critic?: StackCritic | null;
}

/** A mini-batch of pictures to look at. */
export interface SeeingBatch {
  /** [batch, side, side, 8]. */
  readonly real: tf.Tensor4D;
  readonly facts: StackFacts;
}

/** A mini-batch. */
export interface ImaginerBatch {
  /** [batch, shelf side, shelf side, 8], see `TAUGHT`. */
  readonly real: tf.Tensor4D;
  readonly inputs: SpatialInputs;
  readonly facts: StackFacts;
  readonly codeNoise: tf.Tensor2D;
  /** 1 for codes that are moved to what is known of the material, [batch, 1]; see `CodeTeller.moved`. */
  readonly isMoved: tf.Tensor2D;
  /** How, see `CodeTeller.steps`, [attributes, code]. */
  readonly steps: tf.Tensor2D;
  readonly chance: Random;
}

const WARM_UP = 40;
const LEARNING_RATE = 2e-3;
const MOST_GRADIENT = 1;
/** How much the spectrum counts beside patches. */
const SPECTRUM = 0.06;
/** How much it counts that joints, rings and threads each look as they should; how finely that is told apart. */
const MOMENTS = 0.3;
const DEPTHS = 9;
const NUMBERS = 9;
/** How far chance moves codes, so that codes between known ones mean something, too. */
const CODE_NOISE = 0.1;
/** Red, green, blue and height in the pictures whose spectra are compared. */
const SEEN = [0.3, 0.5, 0.2, 0, 0, 0];
const HEIGHT = [0, 0, 0, 1, 0, 0];
/** How often codes are moved to what is known of the material. */
const MOVED = 0.5;
/** How much the critic counts beside patches; mini-batches over which that rises, once the net draws something. */
const CRITIC = 0.4;
const CRITIC_FROM = 300;
const CRITIC_RISE = 300;
/** Of the critic's steepness around real stacks, which is looked at every so many mini-batches; deviation of what they are shaken by. */
const STEEPNESS = 0.1;
const STEEPNESS_EVERY = 4;
const SHAKE = 0.02;
const CRITIC_RATE = 1e-3;

/**
 * What an imaginer learns: from the picture of a material alone, draw all its maps so that their patches, together, are like the
 * material's own, at every scale, and so that a critic does not tell them from real ones.
 *
 * @param shelf - Materials to learn from.
 * @param dispose - Frees what the task holds; the net, the teller and the critic stay the caller's.
 */
export function imaginerTask(
  net: ImaginerNet,
  teller: CodeTeller,
  shelf: readonly TaughtStack[],
  { shelfSide, side, learningRate = LEARNING_RATE, critic = null }: ImaginerLesson,
): { readonly task: TrainingTask<ImaginerBatch>; dispose(): void } {
  const likeness = new StackLikeness({ channels: TAUGHT });
  const spectrum = new SpectrumLikeness(side);
  const mixes = tf.tidy(() => tf.transpose(tf.tensor2d([SEEN, HEIGHT]))); // [6, 2]
  let drawnLast: Drawn | null = null; // by the turn before the critic's
  const loss = ({ real, inputs, facts, codeNoise, isMoved, steps, chance }: ImaginerBatch, step: number): tf.Scalar => {
    const [batch] = real.shape;
    const part = tf.slice(real, [0, 0, 0, 0], [-1, side, side, -1]);
    const stack = tf.slice(real, [0, 0, 0, 0], [-1, -1, -1, STACK]);
    const codes = net.encode(tf.slice(real, [0, 0, 0, 0], [-1, -1, -1, 3]));
    const drawn = teller.moved(codes, facts, isMoved, steps);
    const made = net.decode(tf.add(drawn, codeNoise), inputs);
    const parts = tf.slice(part, [0, 0, 0, STACK], [-1, -1, -1, -1]);
    const madeAll = tf.concat([made, parts], 3);
    const patches = likeness.distance(madeAll, part, chance);
    const mixed = (maps: tf.Tensor4D): tf.Tensor3D => {
      const two = tf.reshape(tf.matMul(tf.reshape(maps, [-1, STACK]), mixes), [batch, side, side, 2]);
      return tf.reshape(tf.transpose(two, [0, 3, 1, 2]), [2 * batch, side, side]);
    };
    const realPart = tf.slice(part, [0, 0, 0, 0], [-1, -1, -1, STACK]);
    const rings = spectrum.distance(mixed(made), mixed(realPart));
    const terms: tf.Scalar[] = [
      patches,
      tf.mul(rings, SPECTRUM),
      tf.mul(momentDistance(made, realPart, placesOf(parts)), MOMENTS),
      teller.loss(net, { codes, drawn }, stack, facts),
    ];
    if (critic) {
      const share = CRITIC * Math.min(1, Math.max(0, (step - CRITIC_FROM) / CRITIC_RISE));
      if (share > 0) terms.push(tf.mul(generatorLoss(critic.score(madeAll, drawn)), share));
      forget(drawnLast);
      drawnLast = { made: tf.keep(madeAll.clone()), codes: tf.keep(drawn.clone()) };
    }
    return tf.addN<tf.Scalar>(terms);
  };
  const turns: TrainingTurn<ImaginerBatch>[] = [
    {
      name: "likeness",
      variables: [...net.parameters.variables, ...teller.variables],
      loss,
      learningRate: warmedUp(WARM_UP, cosineRate(learningRate, learningRate / 20)),
      maxGradientNorm: MOST_GRADIENT,
    },
  ];
  if (critic) {
    turns.push({
      name: "critic",
      variables: critic.parameters.variables,
      learningRate: warmedUp(WARM_UP, cosineRate(CRITIC_RATE, CRITIC_RATE / 5)),
      beta1: 0.5,
      beta2: 0.99,
      loss({ real, chance }, step) {
        // What was drawn in the turn before: nothing is drawn twice.
        const { made, codes } = drawnLast!;
        const score = (stacks: tf.Tensor4D): tf.Tensor2D => critic.score(stacks, codes, { wantsInputGradient: false });
        const part = tf.slice(real, [0, 0, 0, 0], [-1, side, side, -1]);
        const scores = score(part);
        const wrong = criticLoss(scores, score(made));
        if (step % STEEPNESS_EVERY !== 0) return wrong;
        const shaken = score(tf.add(part, shakeLike(part, SHAKE, chance)));
        return tf.add(wrong, tf.mul(steepness(scores, shaken, SHAKE), (STEEPNESS_EVERY * STEEPNESS) / 2));
      },
    });
  }
  return {
    task: {
      name: "imaginer",
      examples: shelf.length,
      take: (chosen, chance) => takeStacks({ shelf, teller, shelfSide, side }, chosen, chance),
      turns,
    },
    dispose() {
      likeness.dispose();
      spectrum.dispose();
      mixes.dispose();
      forget(drawnLast);
      drawnLast = null;
    },
  };
}

/**
 * What kind of place each pixel is: how deep inside its piece, and what is told of it.
 *
 * @param parts - How far inside, and what is told, [batch, side, side, 2].
 * @returns [batch, side, side, 18].
 */
function placesOf(parts: tf.Tensor4D): tf.Tensor4D {
  const [inside, numbers] = tf.split(parts, 2, 3);
  const told = (steps: tf.Tensor, count: number): tf.Tensor4D =>
    tf.oneHot(tf.cast(tf.squeeze(tf.round(steps), [3]), "int32"), count) as tf.Tensor4D;
  return tf.concat(
    [told(tf.mul(inside, DEPTHS - 1), DEPTHS), told(tf.mul(tf.add(numbers, 1), (NUMBERS - 1) / 2), NUMBERS)],
    3,
  );
}

interface Drawn {
  /** [batch, side, side, 8]. */
  readonly made: tf.Tensor4D;
  readonly codes: tf.Tensor2D;
}

function forget(drawn: Drawn | null): void {
  drawn?.made.dispose();
  drawn?.codes.dispose();
}

interface Shelf {
  readonly shelf: readonly TaughtStack[];
  readonly teller: CodeTeller;
  readonly shelfSide: number;
  readonly side: number;
}

async function takeStacks(
  { shelf, teller, shelfSide, side }: Shelf,
  chosen: Uint32Array,
  chance: Random,
): Promise<ImaginerBatch> {
  const steps = await teller.steps();
  const size = shelfSide * shelfSide * TAUGHT;
  const real = new Float32Array(chosen.length * size);
  const layouts = Array.from(chosen, (index, at) =>
    writeStack(real.subarray(at * size, (at + 1) * size), shelf[index], { shelfSide, side, chance }),
  );
  return {
    real: tf.tensor4d(real, [chosen.length, shelfSide, shelfSide, TAUGHT]),
    inputs: spatialInputs(chosen.length, chance.fork(1), { height: side, width: side, layouts }),
    facts: teller.facts(Array.from(chosen, (index) => shelf[index])),
    codeNoise: tf.tensor2d(
      Float32Array.from({ length: chosen.length * CODE }, (_, i) => {
        return i % CODE < LEARNED_CODE ? CODE_NOISE * chance.normal() : 0; // colours are told as they are
      }),
      [chosen.length, CODE],
    ),
    steps: tf.tensor2d(steps, [steps.length / CODE, CODE]),
    isMoved: tf.tensor2d(Array.from(chosen, () => [Number(chance.uniform() < MOVED)])),
    chance: chance.fork(2),
  };
}

/** All but what draws. */
const isSeeing = (name: string): boolean => !name.startsWith("draw ") || name.startsWith("draw range");

/**
 * What an imaginer learns before it draws: to see, i.e. to tell from the picture of a material what its code shall tell. Without that it
 * would be a long time until codes differ enough to draw by.
 */
export function seeingTask(
  net: ImaginerNet,
  teller: CodeTeller,
  shelf: readonly TaughtStack[],
  { shelfSide, learningRate = LEARNING_RATE }: Omit<ImaginerLesson, "side">,
): TrainingTask<SeeingBatch> {
  return {
    name: "imaginer, seeing",
    examples: shelf.length,
    take(chosen, chance) {
      const size = shelfSide * shelfSide * TAUGHT;
      const real = new Float32Array(chosen.length * size);
      chosen.forEach((index, at) => {
        writeStack(real.subarray(at * size, (at + 1) * size), shelf[index], { shelfSide, side: shelfSide, chance });
      });
      const facts = teller.facts(Array.from(chosen, (index) => shelf[index]));
      return { real: tf.tensor4d(real, [chosen.length, shelfSide, shelfSide, TAUGHT]), facts };
    },
    turns: [
      {
        name: "code",
        variables: [...net.parameters.named(isSeeing), ...teller.variables],
        loss: ({ real, facts }) => {
          const codes = net.encode(tf.slice(real, [0, 0, 0, 0], [-1, -1, -1, 3]));
          return teller.loss(net, { codes, drawn: codes }, tf.slice(real, [0, 0, 0, 0], [-1, -1, -1, STACK]), facts);
        },
        learningRate: warmedUp(WARM_UP, cosineRate(learningRate, learningRate / 20)),
        maxGradientNorm: MOST_GRADIENT,
      },
    ],
  };
}
