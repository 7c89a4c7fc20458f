import * as tf from "@tensorflow/tfjs";
import { ConfigurationError, TrainingError } from "../../core/errors.ts";
import { Random } from "../../core/random.ts";
import { breathe } from "../../core/breathe.ts";
import { JOURNAL_WIDTH, NORM_COLUMN } from "../adam/adam-kernel.ts";
import { createAdam, type Adam } from "../adam/adam.ts";
import { startBackend, useBackend } from "../start-backend.ts";
import { MovingAverage } from "./moving-average.ts";
import { decodeTraining, encodeTraining, readVariables, writeVariables } from "./training-checkpoint.ts";
import type { TrainingState } from "./training-checkpoint.ts";
import type { TrainingOptions, TrainingResult, TrainingTask, TrainingTurn, TrainingWatch } from "./training-task.ts";

/** Steps from one report of progress to the next. */
const REPORT = 20;

/** What chance is for: each use has numbers of its own, so that a training that goes on needs to remember none. */
const SPLIT = 1;
const ORDER = 2;
const STEP = 3;
const JUDGEMENT = 4;

/**
 * Teaches networks by examples: supervised, as an autoencoder, or against each other. In a worker or in Node.
 *
 * The same task, options and seed give the same weights in the same engine on wasm and cpu, also when the training was ended and went
 * on from a checkpoint. Nothing but the caller's variables outlives it.
 *
 * @throws ConfigurationError for options that cannot be, before anything has happened.
 * @throws TrainingError when a loss or a gradient is no finite number; the variables hold what was learned before.
 * @throws The signal's reason when aborted.
 */
export async function train<Batch>(
  task: TrainingTask<Batch>,
  options: TrainingOptions,
  watch: TrainingWatch = {},
): Promise<TrainingResult> {
  assertOptions(task, options);
  const { backend = "wasm", wasmUrl } = options;
  await startBackend(backend, wasmUrl === undefined ? {} : { wasmUrl });
  const training = new Training(task, options, watch);
  try {
    return await training.run();
  } finally {
    training.dispose();
  }
}

interface Turn<Batch> extends TrainingTurn<Batch> {
  readonly adam: Adam;
}

class Training<Batch> {
  readonly #task: TrainingTask<Batch>;
  readonly #options: TrainingOptions;
  readonly #watch: TrainingWatch;
  readonly #turns: readonly Turn<Batch>[];
  readonly #variables: readonly tf.Variable[];
  readonly #average: MovingAverage | null;
  readonly #random: Random;
  /** Examples to learn from, and those to judge by. */
  readonly #learned: Uint32Array;
  readonly #judged: Uint32Array;
  #order: { readonly epoch: number; readonly examples: Uint32Array } | null = null;
  #state: TrainingState = { step: 0, validation: null, best: null, worse: 0 };

  constructor(task: TrainingTask<Batch>, options: TrainingOptions, watch: TrainingWatch) {
    this.#task = task;
    this.#options = options;
    this.#watch = watch;
    const { seed = 0, averageDecay = 0, validationShare = 0.1 } = options;
    this.#random = new Random(seed);
    this.#turns = task.turns.map((turn) => {
      const { beta1 = 0.9, beta2 = 0.999, maxGradientNorm = Infinity } = turn;
      return Object.assign(Object.create(turn) as TrainingTurn<Batch>, {
        adam: createAdam({ beta1, beta2, maxGradientNorm }),
      });
    });
    this.#variables = task.turns.flatMap(({ variables }) => variables);
    this.#average = averageDecay > 0 ? new MovingAverage(this.#variables, averageDecay) : null;
    const shuffled = Uint32Array.from({ length: task.examples }, (_, i) => i);
    this.#random.fork(SPLIT).shuffle(shuffled);
    const kept = countJudged(task.examples, validationShare);
    this.#judged = shuffled.slice(0, kept);
    this.#learned = shuffled.slice(kept).sort();
  }

  async run(): Promise<TrainingResult> {
    const { steps, interval = 200, patience = Infinity, checkpoint, signal, enough } = this.#options;
    const state = this.#state;
    if (checkpoint) Object.assign(state, decodeTraining(checkpoint, this.#parts()));
    this.#begin();
    while (state.step < steps && state.worse < patience && !enough?.aborted) {
      if (signal?.aborted) {
        await this.#store();
        signal.throwIfAborted();
      }
      await this.#step();
      state.step += 1;
      const isLast = state.step === steps || enough?.aborted === true;
      const isDue = isLast || state.step % interval === 0;
      if (isDue && this.#judged.length > 0) await this.#judge();
      if (isDue || state.step % REPORT === 0) await this.#report();
      if (isDue) {
        await this.#withAverage(() => this.#watch.onSample?.(state.step));
        await this.#store();
      }
      await breathe();
      this.#use();
    }
    this.#finish();
    const { step, best } = state;
    return {
      steps: step,
      reason: step === steps ? "all steps done" : enough?.aborted ? "enough" : "no improvement",
      best: best && { loss: best.loss, step: best.step },
    };
  }

  dispose(): void {
    for (const { adam } of this.#turns) adam.dispose();
    this.#average?.dispose();
  }

  /** One mini-batch: each turn learns from it. */
  async #step(): Promise<void> {
    const { step } = this.#state;
    const random = this.#random.fork(STEP).fork(step);
    const taken = await this.#task.take(this.#choose(step), random);
    this.#use();
    tf.tidy(() => {
      const batch = this.#task.augment?.(taken, random) ?? taken;
      for (const turn of this.#turns) this.#learn(turn, batch);
    });
    tf.dispose(taken as tf.TensorContainer);
    this.#average?.update(step + 1);
  }

  #learn({ variables, adam, loss, learningRate }: Turn<Batch>, batch: Batch): void {
    const { step } = this.#state;
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => loss(batch, step), [...variables]);
      const gradients = variables.map(({ name }) => grads[name]);
      const watched = tf.reshape<tf.Rank.R1>(value, [1]);
      adam.apply(variables, gradients, { learningRate: learningRate(step, this.#options.steps), watched });
    });
  }

  /** The examples of a step: all of them in a new order in each epoch, without a last, smaller mini-batch. */
  #choose(step: number): Uint32Array {
    const { batchSize } = this.#options;
    const batches = Math.floor(this.#learned.length / batchSize);
    const epoch = Math.floor(step / batches);
    if (this.#order?.epoch !== epoch) {
      const examples = this.#learned.slice();
      this.#random.fork(ORDER).fork(epoch).shuffle(examples);
      this.#order = { epoch, examples };
    }
    const from = (step % batches) * batchSize;
    return this.#order.examples.slice(from, from + batchSize);
  }

  /** Judges by the examples that were put aside, with the same chance each time. */
  async #judge(): Promise<void> {
    const { batchSize } = this.#options;
    const state = this.#state;
    const judge = (batch: Batch): tf.Scalar => this.#task.judge?.(batch) ?? this.#turns[0].loss(batch, state.step);
    let sum = 0;
    await this.#withAverage(async () => {
      for (let from = 0; from < this.#judged.length; from += batchSize) {
        const chosen = this.#judged.slice(from, from + batchSize);
        const batch = await this.#task.take(chosen, this.#random.fork(JUDGEMENT).fork(from));
        this.#use();
        const loss = tf.tidy(() => judge(batch));
        sum += (await loss.data<"float32">())[0] * chosen.length;
        tf.dispose([loss, batch as tf.TensorContainer]);
        await breathe();
        this.#use();
      }
      const loss = sum / this.#judged.length;
      state.validation = loss;
      state.worse += 1;
      if (!(loss < (state.best?.loss ?? Infinity))) return;
      state.worse = 0;
      state.best = { loss, step: state.step, weights: await readVariables(this.#variables) };
    });
  }

  /** Says how it goes. @throws TrainingError when a number went bad since the last report. */
  async #report(): Promise<void> {
    const { step, validation, best } = this.#state;
    const losses: [string, number][] = [];
    for (const { name, adam } of this.#turns) {
      const { rows, taken } = await adam.report();
      this.#use();
      if (taken * JOURNAL_WIDTH < rows.length) this.#fail(name, rows.subarray(taken * JOURNAL_WIDTH), taken);
      let sum = 0;
      for (let row = 0; row < taken; row++) sum += rows[row * JOURNAL_WIDTH];
      losses.push([name, sum / Math.max(1, taken)]);
    }
    this.#begin();
    const batches = Math.floor(this.#learned.length / this.#options.batchSize);
    await this.#watch.onProgress?.({
      step,
      steps: this.#options.steps,
      epoch: Math.floor(step / batches),
      losses: Object.fromEntries(losses),
      validation,
      best: best?.loss ?? null,
    });
  }

  #fail(turn: string, row: Float32Array, taken: number): never {
    const what = Number.isFinite(row[0]) ? "gradient" : "loss";
    const came = what === "loss" ? row[0] : row[NORM_COLUMN];
    const { name } = this.#task;
    throw new TrainingError(
      `Training "${name}": needed a finite ${what} of "${turn}", came ${came} within ${REPORT} steps of step ${this.#state.step}, after ${taken} good ones. Lower the learning rate, or look for bad numbers in the examples.`,
    );
  }

  async #store(): Promise<void> {
    if (!this.#watch.onCheckpoint) return;
    await this.#watch.onCheckpoint(await encodeTraining(this.#parts(), this.#state));
  }

  #finish(): void {
    this.#use();
    if (this.#state.best) writeVariables(this.#variables, this.#state.best.weights);
    else this.#average?.apply();
  }

  async #withAverage(work: () => void | Promise<void>): Promise<void> {
    await (this.#average ? this.#average.during(work) : work());
    this.#use();
  }

  #begin(): void {
    for (const { adam } of this.#turns) adam.begin(REPORT);
  }

  #parts(): Parameters<typeof encodeTraining>[0] {
    return { name: this.#task.name, seed: this.#options.seed ?? 0, turns: this.#turns, average: this.#average };
  }

  #use(): void {
    useBackend(this.#options.backend ?? "wasm");
  }
}

function countJudged(examples: number, share: number): number {
  return share > 0 ? Math.max(1, Math.round(examples * share)) : 0;
}

function assertOptions<Batch>({ name, examples, turns }: TrainingTask<Batch>, options: TrainingOptions): void {
  const { steps, batchSize, validationShare = 0.1, interval = 200, averageDecay = 0 } = options;
  const who = `Training "${name}"`;
  for (const [option, value] of Object.entries({ steps, batchSize, interval })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new ConfigurationError(`${who}: needed ${option} as a whole number above 0, came ${value}. Choose such one.`);
  }
  for (const [option, value] of Object.entries({ validationShare, averageDecay })) {
    if (value >= 0 && value < 1) continue;
    throw new ConfigurationError(`${who}: needed ${option} in [0, 1), came ${value}. Choose a number in that range.`);
  }
  const learned = examples - countJudged(examples, validationShare);
  if (!(learned >= batchSize)) {
    throw new ConfigurationError(
      `${who}: needed at least the ${batchSize} examples of a mini-batch, came ${learned} to learn from. Give more, or choose a smaller batchSize.`,
    );
  }
  if (turns.length === 0 || turns.some(({ variables }) => variables.length === 0)) {
    throw new ConfigurationError(`${who}: needed turns with variables, came some without. Say what shall be learned.`);
  }
}
