import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";
import { Random } from "../../core/random.ts";
import { startBackend, useBackend, type NetsBackend } from "../start-backend.ts";
import { train } from "../training/train.ts";
import { cosineRate, warmedUp } from "../training/rate-schedule.ts";
import type { TrainingTask } from "../training/training-task.ts";
import type { WeightTensor } from "../weights-file.ts";
import { AutomatonNet } from "./automaton-net.ts";
import { paletteOf } from "./palette.ts";
import { StatePool } from "./state-pool.ts";
import { TextureLikeness, type ColourPicture } from "../likeness/texture-likeness.ts";

/** How an automaton is taught. */
export interface TeachAutomatonOptions {
  /** Mini-batches. Default 1600, some three minutes of one core; 400 show what it is going to be. With `seconds`, default no limit. */
  readonly steps?: number;
  /** For how long to teach, above 0; then the learning rate falls with the time, and two teachings are not the same. Default no limit. */
  readonly seconds?: number;
  /** Fixes all chance. Default 0. */
  readonly seed?: number;
  /** Pixels on each side of the states that it learns on, a multiple of 32. Default 64. */
  readonly side?: number;
  /** Numbers of a cell. Default 12. */
  readonly channels?: number;
  /** Width of the hidden layer. Default 64. */
  readonly hidden?: number;
  /** States of a mini-batch. Default 1. */
  readonly batch?: number;
  /** States that are kept and grow older: the fewer, the older they get, and the steadier what has grown is. Default 8. */
  readonly pool?: number;
  /** Mini-batches from one sample and checkpoint to the next. Default 50. */
  readonly interval?: number;
  /** Of the first mini-batches; it falls to a twentieth of it. Default 0.002. */
  readonly learningRate?: number;
  /** Where it computes. Default wasm: the same numbers at every run. webgpu has not been timed on a graphics card. */
  readonly backend?: NetsBackend;
  readonly wasmUrl?: string | URL;
  readonly checkpoint?: Uint8Array;
  readonly signal?: AbortSignal;
  /** Ends teaching with what has been learned by then. */
  readonly enough?: AbortSignal;
}

/** How teaching is followed. All are awaited. */
export interface TeachAutomatonWatch {
  readonly onProgress?: (progress: AutomatonProgress) => void | Promise<void>;
  /** Called at each interval. */
  readonly onSample?: (sample: AutomatonSample) => void | Promise<void>;
  readonly onCheckpoint?: (bytes: Uint8Array) => void | Promise<void>;
}

/** How far teaching is. */
export interface AutomatonProgress {
  /** Mini-batches so far. */
  readonly step: number;
  /** The share of the mini-batches or of the time that is over, in [0, 1]. */
  readonly done: number;
  /** Mean squared patch distance since the last progress; about 0 is like the picture, about 1 has nothing in common with it. */
  readonly loss: number;
}

/** A look at what is being taught. */
export interface AutomatonSample {
  readonly step: number;
  /** One of the kept states, sRGB [side, side, 3]. */
  readonly picture: ColourPicture;
  /** The rule so far, by name. */
  readonly tensors: Record<string, WeightTensor>;
}

/** Steps that a state grows in one mini-batch. */
const FEWEST = 12;
const MOST = 24;
/** Numbers near the bounds of [-1, 1] count as a loss: a cell at its bound can tell its neighbours little. */
const OVERFLOW = 1;
const CALM = 0.9;
const LEARNING_RATE = 2e-3;
const STEPS = 1600;
/** More than anybody waits for. */
const ENDLESS = 1e6;

/**
 * Teaches a living texture from one picture: a rule by which cells, each seeing only its neighbours, grow the picture's texture and
 * keep it.
 *
 * @param target - sRGB, [height, width, 3]; sides are multiples of 32 and at least `side`. One that tiles is best.
 * @returns The rule's numbers, by name.
 * @throws ConfigurationError for a picture or options that cannot be; TrainingError; the signal's reason.
 */
export async function teachAutomaton(
  target: ColourPicture,
  options: TeachAutomatonOptions = {},
  watch: TeachAutomatonWatch = {},
): Promise<Record<string, WeightTensor>> {
  const { seconds = Infinity, steps = seconds < Infinity ? ENDLESS : STEPS, seed = 0 } = options;
  const { side = 64, channels = 12, hidden = 64, batch = 1, pool = 8 } = options;
  const { backend = "wasm", wasmUrl, interval = 50, learningRate = LEARNING_RATE } = options;
  assertTarget(target, side);
  assertSeconds(seconds);
  await startBackend(backend, wasmUrl === undefined ? {} : { wasmUrl });
  const end = new Deadline(seconds, options.enough);
  const random = new Random(seed);
  const net = new AutomatonNet({ channels, hidden }, random.fork(1));
  const likeness = new TextureLikeness(target, side, random.fork(2));
  const states = new StatePool(pool, side, channels);
  const palette = paletteOf(target);
  const rate = cosineRate(learningRate, learningRate / 20);
  const read = async (): Promise<Record<string, WeightTensor>> => ({
    ...(await net.parameters.read()),
    "colour weights": { shape: [3, 3], values: palette.weights },
    "colour biases": { shape: [3], values: palette.means },
  });
  const grownLast = new GrownStates(states);
  const mix = tf.keep(tf.tidy(() => tf.transpose(tf.tensor2d(palette.weights, [3, 3]))));
  try {
    const task: TrainingTask<Batch> = {
      name: "automaton",
      examples: pool,
      async take(chosen, chance) {
        await grownLast.store();
        useBackend(backend);
        const values = states.take(chosen, chance);
        const count = FEWEST + chance.integer(MOST - FEWEST + 1);
        const masks = Array.from({ length: count }, () => flipCoins(chosen.length * side * side, chance));
        const look = chance.integer(likeness.looks);
        await likeness.prepare(look);
        return { states: tf.tensor4d(values, [chosen.length, side, side, channels]), masks, chosen, look };
      },
      turns: [
        {
          name: "likeness",
          variables: net.parameters.variables,
          learningRate: warmedUp(20, (step) => rate(Math.max(step / steps, end.share), 1)),
          loss(taken) {
            const rule = net.rule();
            let grown = taken.states;
            for (const mask of taken.masks) grown = net.step(grown, mask, rule);
            grownLast.keep(taken.chosen, grown);
            const numbers = tf.reshape(tf.slice(grown, [0, 0, 0, 0], [-1, -1, -1, 3]), [-1, 3]);
            const colours = tf.add(tf.matMul(numbers, mix), palette.means);
            const pictures = tf.reshape(colours, [taken.chosen.length, side, side, 3]);
            const beyond = tf.mean(tf.abs(tf.sub(grown, tf.clipByValue(grown, -CALM, CALM))));
            return tf.add(likeness.distance(pictures as tf.Tensor4D, taken.look), tf.mul(beyond, OVERFLOW));
          },
        },
      ],
    };
    await train(
      task,
      {
        steps,
        batchSize: batch,
        seed,
        validationShare: 0,
        interval,
        averageDecay: 0.97,
        backend,
        ...(wasmUrl === undefined ? {} : { wasmUrl }),
        ...(options.checkpoint ? { checkpoint: options.checkpoint } : {}),
        ...(options.signal ? { signal: options.signal } : {}),
        enough: end.signal,
      },
      {
        onProgress: ({ step, losses }) =>
          watch.onProgress?.({ step, done: Math.max(step / steps, end.share), loss: losses["likeness"] }),
        onSample: async (step) => {
          await grownLast.store();
          await watch.onSample?.({ step, picture: states.picture(palette), tensors: await read() });
        },
        ...(watch.onCheckpoint ? { onCheckpoint: watch.onCheckpoint } : {}),
      },
    );
    return await read();
  } finally {
    end.dispose();
    net.dispose();
    likeness.dispose();
    grownLast.dispose();
    mix.dispose();
  }
}

interface Batch {
  readonly states: tf.Tensor4D;
  readonly masks: readonly Uint8Array[];
  readonly chosen: Uint32Array;
  readonly look: number;
}

/** What the last mini-batch has grown: read after the step, so that no step waits for a GPU. */
class GrownStates {
  readonly #pool: StatePool;
  #last: { readonly chosen: Uint32Array; readonly grown: tf.Tensor4D } | null = null;

  constructor(pool: StatePool) {
    this.#pool = pool;
  }

  /** Keeps what has become of states until they are stored. */
  keep(chosen: Uint32Array, grown: tf.Tensor4D): void {
    this.dispose();
    this.#last = { chosen, grown: tf.keep(grown.clone()) };
  }

  /** Puts it into the pool. */
  async store(): Promise<void> {
    if (!this.#last) return;
    const { chosen, grown } = this.#last;
    this.#pool.put(chosen, await grown.data<"float32">());
    this.dispose();
  }

  /** May be called twice. */
  dispose(): void {
    this.#last?.grown.dispose();
    this.#last = null;
  }
}

/** When teaching ends: after some time, or when somebody says that it is enough. */
class Deadline {
  readonly signal: AbortSignal;
  readonly #seconds: number;
  readonly #begin = performance.now();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(seconds: number, enough: AbortSignal | undefined) {
    const over = new AbortController();
    this.#seconds = seconds;
    this.signal = enough ? AbortSignal.any([over.signal, enough]) : over.signal;
    if (seconds < Infinity) this.#timer = setTimeout(() => over.abort(), 1000 * seconds);
  }

  /** Of the time that is over, in [0, 1]. */
  get share(): number {
    return Math.min(1, (performance.now() - this.#begin) / 1000 / this.#seconds);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}

function flipCoins(count: number, random: Random): Uint8Array {
  const mask = new Uint8Array(count);
  for (let i = 0; i < count; i += 32) {
    let bits = random.uint32();
    for (let k = i; k < Math.min(i + 32, count); k++, bits >>>= 1) mask[k] = bits & 1;
  }
  return mask;
}

function assertSeconds(seconds: number): void {
  if (seconds > 0) return;
  throw new ConfigurationError(
    `teachAutomaton: needed a time above 0 seconds, came ${seconds}. Choose one, or leave it out.`,
  );
}

function assertTarget({ height, width, pixels }: ColourPicture, side: number): void {
  const fits = (length: number): boolean => Number.isInteger(length) && length >= side && length % 32 === 0;
  if (
    Number.isInteger(side) &&
    side >= 32 &&
    side % 32 === 0 &&
    fits(height) &&
    fits(width) &&
    pixels.length === height * width * 3
  )
    return;
  throw new ConfigurationError(
    `teachAutomaton: needed a picture of 3 channels with sides that are multiples of 32 and at least ${side}, came ${width} × ${height} with ${pixels.length} numbers. Scale it.`,
  );
}
