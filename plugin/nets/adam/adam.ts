import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";
import { adamOnCpu } from "./adam-cpu.ts";
import { ADAM_KERNEL, JOURNAL_WIDTH, MOST_WATCHED, TAKEN, VERDICT_COLUMN, type AdamAttributes } from "./adam-kernel.ts";
import { adamOnWasm } from "./adam-wasm.ts";
import { adamOnWebGpu } from "./adam-webgpu.ts";

/** What does not change from step to step. */
export interface AdamOptions {
  /** Default 1e-3. */
  readonly learningRate?: number;
  /** How much of the mean gradient stays at each step, in [0, 1). Default 0.9; 0.5 is usual for adversarial networks. */
  readonly beta1?: number;
  /** How much of the mean squared gradient stays at each step, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** The gradient's global norm is scaled down to this. Default `Infinity`: it is not. */
  readonly maxGradientNorm?: number;
}

/** What may differ from step to step. */
export interface AdamStep {
  readonly learningRate?: number;
  readonly maxGradientNorm?: number;
  /** Numbers to judge the step by, e.g. losses, at most 6, [numbers]. A bad one ends learning until the next `begin`. */
  readonly watched?: tf.Tensor1D;
  /** A number above its ceiling ends learning too; one for each watched number. Default `Infinity` for all. */
  readonly ceilings?: readonly number[];
}

/** What the steps since `begin` saw. */
export interface AdamReport {
  /** Of each step: up to 6 watched numbers, the gradient's norm before clipping, the verdict, [steps, 8]. */
  readonly rows: Float32Array;
  /** How many steps were taken before one was refused; all, when none was. */
  readonly taken: number;
}

/** Adam's running means, one variable after the other, and how often it stepped. */
export interface AdamMoments {
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly steps: number;
}

/** Rows of a journal that nobody asked for. */
const DEFAULT_ROWS = 64;

/** Backends that have the kernel, and what it is there. */
const KERNELS = { cpu: adamOnCpu, wasm: adamOnWasm, webgpu: adamOnWebGpu };

/**
 * Adam (Kingma and Ba 2015, https://arxiv.org/abs/1412.6980v9, algorithm 1) with clipping by the global norm, as kernels of our own for
 * TensorFlow.js on webgpu, wasm and cpu.
 *
 * On webgpu a step of n variables takes n + ⌈n / 6⌉ + 1 dispatches and reads nothing back. A step whose gradient is not finite
 * changes nothing, and neither do those after it until `begin`.
 */
export function createAdam(options: AdamOptions = {}): Adam {
  return new Adam(options);
}

/** See `createAdam`. */
export class Adam {
  readonly #options: Required<AdamOptions>;
  #shapes: readonly number[] | null = null;
  #first: tf.Tensor1D | null = null;
  #second: tf.Tensor1D | null = null;
  #journal: tf.Tensor2D | null = null;
  #row = 0;
  #steps = 0;
  #beta1Power = 1;
  #beta2Power = 1;

  constructor({
    learningRate = 1e-3,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    maxGradientNorm = Infinity,
  }: AdamOptions = {}) {
    this.#options = { learningRate, beta1, beta2, epsilon, maxGradientNorm };
    registerAdamKernels();
  }

  /** Steps so far, refused ones included until the next `report`. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * Takes one step on TensorFlow.js's present backend. Does not dispose the gradients.
   *
   * @param variables - The same at every step, in the same order, float32. Each is assigned a new tensor.
   * @param gradients - One for each variable, of its shape.
   * @throws ConfigurationError for a backend without the kernel, other variables than before, or too much to watch.
   */
  apply(variables: readonly tf.Variable[], gradients: readonly tf.Tensor[], step: AdamStep = {}): void {
    const { watched, ceilings = watched ? Array.from({ length: watched.size }, () => Infinity) : [] } = step;
    this.#assertStep(variables, gradients, watched?.size ?? 0, ceilings.length);
    const { beta1, beta2, epsilon } = this.#options;
    const { learningRate = this.#options.learningRate, maxGradientNorm = this.#options.maxGradientNorm } = step;
    this.#prepare(variables);
    this.#countStep();
    const attributes: AdamAttributes = {
      variables: variables.length,
      row: this.#row,
      rate: learningRate / (1 - this.#beta1Power),
      rootScale: 1 / Math.sqrt(1 - this.#beta2Power),
      beta1,
      beta2,
      epsilon,
      maxGradientNorm,
      ceilings,
    };
    const inputs: Record<string, tf.Tensor> = { first: this.#first!, second: this.#second!, journal: this.#journal! };
    if (watched) inputs["watched"] = watched;
    variables.forEach((variable, i) => {
      inputs[`variable${i}`] = variable;
      inputs[`gradient${i}`] = gradients[i];
    });
    const next = tf.engine().runKernel(ADAM_KERNEL, inputs, { ...attributes, ceilings: [...ceilings] });
    (next as unknown as tf.Tensor[]).forEach((tensor, i) => {
      variables[i].assign(tensor);
      tensor.dispose();
    });
  }

  /**
   * Forgets what was seen, and lets learning that has ended go on.
   *
   * @param rows - Steps that the next report shall cover, at least 1; older ones are forgotten. Default 64.
   */
  begin(rows = DEFAULT_ROWS): void {
    this.#journal?.dispose();
    this.#journal = tf.keep(tf.zeros<tf.Rank.R2>([rows + 1, JOURNAL_WIDTH]));
    this.#row = 0;
  }

  /** Whether learning has ended: the last step, or one before it, was refused. Reads one number back. */
  async hasEnded(): Promise<boolean> {
    if (!this.#journal || this.#row === 0) return false;
    const verdict = tf.slice(this.#journal, [this.#row, VERDICT_COLUMN], [1, 1]);
    const [value] = await verdict.data();
    verdict.dispose();
    return value !== TAKEN;
  }

  /** What the steps since `begin` saw, by one readback. `steps` counts only those that were taken from now on. */
  async report(): Promise<AdamReport> {
    if (!this.#journal || this.#row === 0) return { rows: new Float32Array(0), taken: 0 };
    const read = (await this.#journal.data<"float32">()).slice();
    const rows = read.subarray(JOURNAL_WIDTH, (this.#row + 1) * JOURNAL_WIDTH);
    let taken = 0;
    while (taken < this.#row && rows[taken * JOURNAL_WIDTH + VERDICT_COLUMN] === TAKEN) taken += 1;
    this.#setSteps(this.#steps - (this.#row - taken));
    return { rows, taken };
  }

  /** Copies of the running means; null before the first step. */
  async readMoments(): Promise<AdamMoments | null> {
    if (!this.#first) return null;
    const read = async (moments: tf.Tensor): Promise<Float32Array> => (await moments.data<"float32">()).slice();
    return { first: await read(this.#first), second: await read(this.#second!), steps: this.#steps };
  }

  /** Goes on from stored means. @param moments - As `readMoments` gave them, for the variables of the next step. */
  writeMoments({ first, second, steps }: AdamMoments): void {
    tf.dispose([this.#first, this.#second].filter((tensor) => tensor !== null));
    this.#first = tf.keep(tf.tensor1d(first.slice()));
    this.#second = tf.keep(tf.tensor1d(second.slice()));
    this.#setSteps(steps);
  }

  /** Frees the means. The variables are the caller's. May be called twice. */
  dispose(): void {
    tf.dispose([this.#first, this.#second, this.#journal].filter((tensor) => tensor !== null));
    this.#first = null;
    this.#second = null;
    this.#journal = null;
  }

  #prepare(variables: readonly tf.Variable[]): void {
    this.#shapes ??= variables.map(({ size }) => size);
    const size = this.#shapes.reduce((sum, one) => sum + one, 0);
    this.#first ??= tf.keep(tf.zeros<tf.Rank.R1>([size]));
    this.#second ??= tf.keep(tf.zeros<tf.Rank.R1>([size]));
    if (!this.#journal) this.begin();
    const journal = this.#journal!;
    if (this.#row + 1 === journal.shape[0]) {
      // Full: the newest row becomes the first, since it says whether learning has ended.
      const renewed = tf.tidy(() =>
        tf.keep(
          tf.pad2d(tf.slice(journal, [this.#row, 0]), [
            [0, this.#row],
            [0, 0],
          ]),
        ),
      );
      journal.dispose();
      this.#journal = renewed;
      this.#row = 0;
    }
    this.#row += 1;
  }

  #assertStep(
    variables: readonly tf.Variable[],
    gradients: readonly tf.Tensor[],
    watched: number,
    ceilings: number,
  ): void {
    const backend = tf.getBackend();
    if (!Object.hasOwn(KERNELS, backend)) {
      throw new ConfigurationError(
        `Adam: needed the backend webgpu, wasm or cpu, came "${backend}". Set one of these, e.g. by tf.setBackend("cpu").`,
      );
    }
    const sizes = this.#shapes ?? variables.map(({ size }) => size);
    const isSame = variables.length === sizes.length && variables.every(({ size }, i) => size === sizes[i] && size > 0);
    const [came] = this.#first ? [this.#first.size] : [sizes.reduce((sum, size) => sum + size, 0)];
    if (!isSame || came !== sizes.reduce((sum, size) => sum + size, 0)) {
      throw new ConfigurationError(
        `Adam: needed the ${sizes.length} variables of its first step, came ${variables.length} others. Give the same at every step, none of them empty.`,
      );
    }
    if (gradients.length !== variables.length || gradients.some(({ size }, i) => size !== sizes[i])) {
      throw new ConfigurationError(
        `Adam: needed one gradient of its size for each of ${variables.length} variables, came ${gradients.length} that do not fit. Give them in the order of the variables.`,
      );
    }
    if (watched > MOST_WATCHED || watched !== ceilings) {
      throw new ConfigurationError(
        `Adam: needed at most ${MOST_WATCHED} watched numbers and a ceiling for each, came ${watched} and ${ceilings}. Leave some out.`,
      );
    }
  }

  /** Powers by repeated multiplication, since `Math.pow` may differ between engines. */
  #countStep(): void {
    this.#steps += 1;
    this.#beta1Power *= this.#options.beta1;
    this.#beta2Power *= this.#options.beta2;
  }

  #setSteps(steps: number): void {
    if (steps === this.#steps) return;
    this.#beta1Power = 1;
    this.#beta2Power = 1;
    // After some ten thousand steps the powers no longer change.
    for (let i = 0; i < Math.min(steps, 1_000_000); i++) this.#countStep();
    this.#steps = steps;
  }
}

/** Registers the kernels, once. */
function registerAdamKernels(): void {
  for (const [backendName, run] of Object.entries(KERNELS)) {
    if (tf.getKernel(ADAM_KERNEL, backendName) !== undefined) continue;
    const kernelFunc: tf.KernelFunc = ({ inputs, backend, attrs }) =>
      run({ inputs, backend: backend as never, attributes: attrs as unknown as AdamAttributes });
    tf.registerKernel({ kernelName: ADAM_KERNEL, backendName, kernelFunc });
  }
}
