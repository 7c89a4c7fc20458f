import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import type { NetsBackend } from "../start-backend.ts";
import type { RateSchedule } from "./rate-schedule.ts";

/**
 * Something to be learned by examples. With one turn it is supervised learning, or an autoencoder; with two that take turns, a
 * generative adversarial network.
 */
export interface TrainingTask<Batch> {
  /** Named in messages and checkpoints. */
  readonly name: string;
  /** How many examples there are. */
  readonly examples: number;
  /**
   * Makes a mini-batch. Its tensors are disposed of after the step.
   *
   * @param chosen - Which examples, [batch].
   * @param random - For whatever chance it needs, e.g. a generator's noise: the same at the same step of the same seed.
   */
  take(chosen: Uint32Array, random: Random): Batch | Promise<Batch>;
  /** Changes a mini-batch by chance before something is learned from it; not before it is judged. In `tf.tidy`. */
  augment?(batch: Batch, random: Random): Batch;
  /** What is learned at each step, one after the other, from the same mini-batch. */
  readonly turns: readonly TrainingTurn<Batch>[];
  /** How bad it is on examples that nothing is learned from. In `tf.tidy`. Default: the first turn's loss. */
  judge?(batch: Batch): tf.Scalar;
}

/** One network that learns by one loss. */
export interface TrainingTurn<Batch> {
  /** Named in messages and progress. */
  readonly name: string;
  /** The same at every step; no other turn's. The caller disposes of them. */
  readonly variables: readonly tf.Variable[];
  /**
   * What shall become small. In `tf.tidy`; differentiable by all variables.
   *
   * @param step - Mini-batches before this one, for losses whose parts come in by and by.
   */
  loss(batch: Batch, step: number): tf.Scalar;
  readonly learningRate: RateSchedule;
  /** Default 0.9; 0.5 is usual for adversarial networks. */
  readonly beta1?: number;
  /** Default 0.999. */
  readonly beta2?: number;
  /** The gradient's global norm is scaled down to this. Default `Infinity`: it is not. */
  readonly maxGradientNorm?: number;
}

/** How a task is taught. */
export interface TrainingOptions {
  /** Mini-batches, at least 1. */
  readonly steps: number;
  /** Examples of a mini-batch, at least 1. */
  readonly batchSize: number;
  /** Fixes all chance of the training. Default 0. */
  readonly seed?: number;
  /** Share of the examples that is put aside to judge by, in [0, 1). Default 0.1. */
  readonly validationShare?: number;
  /** Steps from one judgement, sample or checkpoint to the next. Default 200. */
  readonly interval?: number;
  /** Judgements without improvement after which training ends. Default `Infinity`: never. */
  readonly patience?: number;
  /** How much of the weights' moving average stays at each step, in [0, 1); that average is judged and kept. Default 0: none. */
  readonly averageDecay?: number;
  /** Goes on from there; all other options are the same as before. */
  readonly checkpoint?: Uint8Array;
  /** Where TensorFlow.js computes. Default wasm: one thread, the same numbers at every run. */
  readonly backend?: NetsBackend;
  /** Where tfjs-backend-wasm-simd.wasm lies; needed on pages and in their workers, see `useWasmBackend`. */
  readonly wasmUrl?: string | URL;
  /** Ends training before the next step, after a last checkpoint. */
  readonly signal?: AbortSignal;
  /** Ends training after the present step, as if it had been the last: what was learned counts. */
  readonly enough?: AbortSignal;
}

/** How a training is followed. All are awaited. */
export interface TrainingWatch {
  /** Called every 20 steps, and after the last. */
  readonly onProgress?: (progress: NetTrainingProgress) => void | Promise<void>;
  /** Called at each interval, while the variables hold the moving average: make a picture of what the network can by now. */
  readonly onSample?: (step: number) => void | Promise<void>;
  /** Called at each interval, after the last step, and when aborted. */
  readonly onCheckpoint?: (bytes: Uint8Array) => void | Promise<void>;
}

/** How far a training is. */
export interface NetTrainingProgress {
  /** Mini-batches so far. */
  readonly step: number;
  readonly steps: number;
  /** How often all examples have been seen. */
  readonly epoch: number;
  /** Mean loss of each turn since the last progress, by its name. */
  readonly losses: Readonly<Record<string, number>>;
  /** The last judgement; null before the first. */
  readonly validation: number | null;
  /** The best judgement so far; null before the first. */
  readonly best: number | null;
}

/** How a training ended. The variables hold the weights of the best judgement; without any, the last ones or their average. */
export interface TrainingResult {
  /** Mini-batches in all. */
  readonly steps: number;
  readonly reason: "all steps done" | "no improvement" | "enough";
  /** The best judgement, and when it was made; null without any. */
  readonly best: { readonly loss: number; readonly step: number } | null;
}
