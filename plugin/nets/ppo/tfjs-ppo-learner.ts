import * as tf from "@tensorflow/tfjs";
import { initialParameters } from "../../compute/initial-parameters.ts";
import { ConfigurationError } from "../../core/errors.ts";
import type { LearnerState, PpoBatch, PpoLearner, PpoUpdateResult, PpoUpdateSettings } from "../../core/learner.ts";
import { assertNetworkSpec, type NetworkSpec } from "../../core/network-spec.ts";
import { unboundedFlags } from "../../core/observation-spec.ts";
import { createNormaliser, type NormaliserState } from "../../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../../core/role-spec.ts";
import {
  ABOVE_CEILING,
  BAD_NUMBER,
  EXPLODED,
  JOURNAL_WIDTH,
  NORM_COLUMN,
  VERDICT_COLUMN,
} from "../adam/adam-kernel.ts";
import { createAdam, type AdamReport } from "../adam/adam.ts";
import { watchingGpu } from "../lost-gpu.ts";
import { startBackend, type NetsBackend } from "../start-backend.ts";
import { ActorCritic } from "./actor-critic.ts";
import { ppoLoss } from "./ppo-loss.ts";
import { RolloutTensors } from "./rollout-tensors.ts";

/** As in CleanRL's ppo.py. */
const EPSILON = 1e-5;
/** What a step watches, in the order in which a bad one is named; the divergence has a ceiling. */
const WATCHED = ["policy loss", "value loss", "entropy", "divergence", "clip fraction", "number of the rollout"];
const DIVERGENCE = 3;

/** What a learner on TensorFlow.js starts with. */
export interface TfjsPpoLearnerOptions {
  /** Fixes the initial parameters. Default 0. */
  readonly seed?: number;
  /** Where TensorFlow.js computes. Default wasm: one thread, the same numbers at every run. */
  readonly backend?: NetsBackend;
  /** Where tfjs-backend-wasm-simd.wasm lies; needed on pages and in their workers, see `useWasmBackend`. */
  readonly wasmUrl?: string | URL;
}

/**
 * A PPO learner on TensorFlow.js, for what the fused kernels do not do: agents that see.
 *
 * Takes any role: numbers, pictures, several pictures, both. On webgpu an update reads back its statistics, and with a target divergence one
 * number an epoch.
 *
 * @throws ConfigurationError for a role or a network that cannot be; UnsupportedError where the backend cannot be had.
 */
export async function createTfjsPpoLearner(
  role: RoleSpec,
  network: NetworkSpec,
  { seed = 0, backend = "wasm", wasmUrl }: TfjsPpoLearnerOptions = {},
): Promise<PpoLearner> {
  assertRoleSpec(role, "PPO learner");
  assertNetworkSpec(network, "PPO learner", role);
  await startBackend(backend, wasmUrl === undefined ? {} : { wasmUrl });
  return new TfjsPpoLearner(role, network, backend, seed);
}

class TfjsPpoLearner implements PpoLearner {
  readonly device = "tfjs";
  readonly detail: string;
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  readonly #backend: NetsBackend;
  readonly #net: ActorCritic;
  readonly #adam = createAdam({ epsilon: EPSILON });
  #normaliser: NormaliserState;
  #isUpdating = false;
  #isDisposed = false;

  constructor(role: RoleSpec, network: NetworkSpec, backend: NetsBackend, seed: number) {
    this.role = role;
    this.network = network;
    this.#backend = backend;
    this.detail = `TensorFlow.js on ${backend}`;
    this.#normaliser = createNormaliser(unboundedFlags(role.observation));
    this.#net = new ActorCritic(role, network);
    this.#net.write(initialParameters(role, network, seed));
  }

  async update(batch: PpoBatch, settings: PpoUpdateSettings): Promise<PpoUpdateResult> {
    this.#assertFree();
    this.#isUpdating = true;
    try {
      this.#use();
      return await this.#watching(async () => {
        const rollout = new RolloutTensors(this.role, batch, settings, this.#normaliser);
        try {
          this.#adam.begin(settings.epochs * Math.ceil(batch.count / settings.minibatchSize));
          await this.#learn(rollout, batch.count, settings);
          return resultOf(await this.#adam.report());
        } finally {
          rollout.dispose();
        }
      });
    } finally {
      this.#isUpdating = false;
    }
  }

  setNormaliser(normaliser: NormaliserState): void {
    this.#normaliser = normaliser;
  }

  async readState(): Promise<LearnerState> {
    this.#use();
    return this.#watching(async () => {
      const parameters = await this.#net.read();
      this.#use();
      const moments = await this.#adam.readMoments();
      return {
        parameters,
        firstMoments: moments?.first ?? new Float32Array(parameters.length),
        secondMoments: moments?.second ?? new Float32Array(parameters.length),
        steps: this.#adam.steps,
      };
    });
  }

  writeState({ parameters, firstMoments, secondMoments, steps }: LearnerState): void {
    this.#use();
    this.#net.write(parameters);
    this.#adam.writeMoments({ first: firstMoments, second: secondMoments, steps });
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#net.dispose();
    this.#adam.dispose();
  }

  async #learn(rollout: RolloutTensors, rows: number, settings: PpoUpdateSettings): Promise<void> {
    const { epochs, minibatchSize, targetKl } = settings;
    const isGpu = this.#backend === "webgpu";
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let from = 0; from < rows; from += minibatchSize) {
        const count = Math.min(minibatchSize, rows - from);
        this.#step(rollout, epoch * rows + from, count, settings);
        // A GPU that has ended learns no more; to ask it after every minibatch would cost more than what is left.
        const isLast = from + minibatchSize >= rows;
        if (isGpu && !(isLast && Number.isFinite(targetKl))) continue;
        if (await this.#adam.hasEnded()) return;
        this.#use();
      }
    }
  }

  /** One minibatch: loss, gradient, clipped step, statistics; nothing is read back. */
  #step(rollout: RolloutTensors, from: number, count: number, settings: PpoUpdateSettings): void {
    const { variables, logStd } = this.#net;
    const { learningRate, maxGradientNorm, targetKl } = settings;
    tf.tidy(() => {
      const { inputs, samples, unsound } = rollout.take(from, count);
      let statistics: tf.Tensor | null = null;
      const { grads } = tf.variableGrads(() => {
        const loss = ppoLoss(this.role, this.#net.forward(inputs), logStd, samples, settings);
        statistics = tf.keep(loss.statistics);
        return loss.total;
      }, [...variables]);
      const watched = tf.concat1d([statistics! as tf.Tensor1D, tf.reshape(unsound, [1])]);
      const gradients = variables.map(({ name }) => grads[name]);
      const ceilings = WATCHED.map((_, i) => (i === DIVERGENCE ? targetKl : Infinity));
      this.#adam.apply(variables, gradients, { learningRate, maxGradientNorm, watched, ceilings });
      tf.dispose(statistics!);
    });
  }

  /** @throws DeviceLostError when the GPU goes away meanwhile, UnsupportedError when it complains. */
  #watching<T>(work: () => Promise<T>): Promise<T> {
    return this.#backend === "webgpu" ? watchingGpu("tfjs PPO learner", work) : work();
  }

  /** TensorFlow.js computes on one backend at a time, and somebody else may have changed it. */
  #use(): void {
    this.#assertInUse();
    // Of a backend that is ready, this takes effect at once.
    if (tf.getBackend() !== this.#backend) void tf.setBackend(this.#backend);
  }

  #assertFree(): void {
    this.#assertInUse();
    if (!this.#isUpdating) return;
    throw new ConfigurationError("tfjs PPO learner: needed one update at a time, came a second one. Await the first.");
  }

  #assertInUse(): void {
    if (!this.#isDisposed) return;
    throw new ConfigurationError(
      "tfjs PPO learner: needed a learner in use, came one that was disposed. Make a new one.",
    );
  }
}

/** Means over the minibatches that were taken. */
function resultOf({ rows, taken }: AdamReport): PpoUpdateResult {
  const mean = (column: number): number => {
    let sum = 0;
    for (let i = 0; i < taken; i++) sum += rows[i * JOURNAL_WIDTH + column];
    return sum / Math.max(1, taken);
  };
  const refused = rows.subarray(taken * JOURNAL_WIDTH, (taken + 1) * JOURNAL_WIDTH);
  return {
    policyLoss: mean(0),
    valueLoss: mean(1),
    entropy: mean(2),
    approximateKl: mean(DIVERGENCE),
    clipFraction: mean(4),
    gradientNorm: mean(NORM_COLUMN),
    minibatches: taken,
    stoppedEarly: refused[VERDICT_COLUMN] === ABOVE_CEILING,
    firstBad: refused[VERDICT_COLUMN] === BAD_NUMBER ? nameBad(refused) : null,
  };
}

function nameBad(row: Float32Array): string {
  return WATCHED.find((_, i) => !(Math.abs(row[i]) < EXPLODED)) ?? "gradient norm";
}
