import { assertNetworkSpec, type NetworkSpec } from "../core/network-spec.ts";
import type { NormaliserState } from "../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../core/role-spec.ts";
import { assertNoPictures } from "./assert-no-pictures.ts";
import { BackwardPass, type ResultGradients } from "./backward-pass.ts";
import { FusedNetwork, type Activations } from "./fused-network.ts";
import { initialParameters } from "./initial-parameters.ts";
import { KernelMemory } from "./kernel-memory.ts";
import { loadLearnKernels, type KernelOptions, type LearnKernels } from "./kernels.ts";
import { PANEL, panelCount } from "./panels.ts";

/** Adam's settings, as in CleanRL's ppo.py. */
const EPSILON = 1e-5;
const ACTOR_ONLY = { actor: true, critic: false };

/** What was shown: rows of observations and of what was done there. */
export interface CloneBatch {
  readonly count: number;
  /** Not normalised, [count, observation]. */
  readonly observations: Float32Array;
  /** In [-1, 1], [count, continuous]. */
  readonly continuous: Float32Array;
  /** [count, branches]. */
  readonly discrete: Int32Array;
  /** [count, choices]. */
  readonly masks: Uint8Array;
}

/** How far a network is from what was shown: means over rows. */
export interface CloneLoss {
  /** Half the squared error of every number, plus the surprise (in nats) at every choice. */
  loss: number;
  /** Squared error of each number, [continuous]. */
  readonly squaredErrors: Float64Array;
  /** Share of the choices for which the shown alternative is the likeliest; 1 without choices. */
  agreement: number;
}

/** What a clone learner starts with. */
export interface CloneLearnerOptions extends KernelOptions {
  /** Fixes the initial parameters. Default 0. */
  readonly seed?: number;
  /** Starts from these parameters instead of random ones. */
  readonly parameters?: Float32Array;
}

/**
 * Teaches the actor of a network to do what was shown, on fused WebAssembly kernels. The critic and the standard deviations
 * stay as they are. Numbers that were shown at an end of their range are met by anything beyond it, since actuators clip.
 */
export interface CloneLearner {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  /** Takes in everything that was shown, in place of what was there. */
  load(batch: CloneBatch, normaliser: NormaliserState): void;
  /**
   * One step of Adam on a minibatch.
   *
   * @param rows - Numbers of its rows; those from `from` to `from + count` - 1 count.
   * @returns The minibatch's loss before the step. The same object every time.
   */
  step(rows: Uint32Array, from: number, count: number, learningRate: number): CloneLoss;
  /** The loss over some rows, without learning from them. The same object every time. */
  measure(rows: Uint32Array): CloneLoss;
  /** The gradient of the loss by the parameters that the last step took, laid out like them. A copy. */
  readGradient(): Float32Array;
  /** A copy of the parameters. */
  readParameters(): Float32Array;
  /** Frees the memory. May be called twice. */
  dispose(): void;
}

/**
 * @throws ConfigurationError for a network that cannot be, UnsupportedError for a role with pictures or where WebAssembly
 * SIMD is missing.
 */
export async function createCloneLearner(
  role: RoleSpec,
  network: NetworkSpec,
  options: CloneLearnerOptions = {},
): Promise<CloneLearner> {
  assertRoleSpec(role, "Clone learner");
  assertNetworkSpec(network, "Clone learner", role);
  assertNoPictures(role, "Clone learner", "Show it with numbers, or teach it by rewards.");
  const parameters = options.parameters ?? initialParameters(role, network, options.seed ?? 0);
  return new WasmCloneLearner(role, network, await loadLearnKernels(options), parameters);
}

/** Rows that are measured together. */
const CHUNK = 256;

/** Where everything that was shown, and a minibatch on its way through the network, lie in kernel memory. */
interface CloneRoom {
  readonly observations: number;
  readonly rows: number;
  readonly minibatch: number;
  readonly activations: Activations;
  readonly gradients: ResultGradients;
}

class WasmCloneLearner implements CloneLearner {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  readonly #kernels: LearnKernels;
  readonly #memory: KernelMemory;
  readonly #fused: FusedNetwork;
  readonly #backward: BackwardPass;
  readonly #gradients: number;
  readonly #firstMoments: number;
  readonly #secondMoments: number;
  readonly #loss: CloneLoss;
  readonly #weights: Float64Array;
  #batch: CloneBatch | null = null;
  #room: CloneRoom | null = null;
  #beta1Power = 1;
  #beta2Power = 1;

  constructor(role: RoleSpec, network: NetworkSpec, kernels: LearnKernels, parameters: Float32Array) {
    this.role = role;
    this.network = network;
    this.#kernels = kernels;
    this.#memory = new KernelMemory(kernels);
    const fused = new FusedNetwork(kernels, this.#memory, role, network);
    this.#fused = fused;
    this.#gradients = this.#memory.reserve(fused.parameterCount);
    this.#firstMoments = this.#memory.reserve(fused.parameterCount);
    this.#secondMoments = this.#memory.reserve(fused.parameterCount);
    this.#backward = new BackwardPass(kernels, this.#memory, fused, this.#gradients);
    this.#loss = { loss: 0, squaredErrors: new Float64Array(fused.continuous), agreement: 1 };
    this.#weights = new Float64Array(Math.max(0, ...role.action.discrete.map(({ choices }) => choices.length)));
    fused.writeParameters(parameters);
    this.#pack();
  }

  load(batch: CloneBatch, normaliser: NormaliserState): void {
    const { count } = batch;
    const observations = this.#memory.reserve(count * this.#fused.observation);
    const rows = this.#memory.reserve(count);
    const minibatch = Math.min(count, CHUNK);
    const activations = this.#fused.reserveActivations(minibatch, true);
    const gradients = this.#backward.reserve(minibatch);
    this.#room = { observations, rows, minibatch, activations, gradients };
    this.#memory
      .floats(observations, count * this.#fused.observation)
      .set(batch.observations.subarray(0, count * this.#fused.observation));
    this.#fused.setNormaliser(normaliser);
    this.#batch = batch;
  }

  step(rows: Uint32Array, from: number, count: number, learningRate: number): CloneLoss {
    this.#clearLoss();
    this.#forward(rows, from, count, true);
    const { activations, gradients } = this.#room!;
    this.#backward.run(activations, gradients, count, ACTOR_ONLY);
    this.#beta1Power *= 0.9;
    this.#beta2Power *= 0.999;
    const { parameters, parameterCount } = this.#fused;
    this.#kernels.adam(
      parameters,
      this.#gradients,
      this.#firstMoments,
      this.#secondMoments,
      parameterCount,
      1,
      learningRate / (1 - this.#beta1Power),
      1 / Math.sqrt(1 - this.#beta2Power),
      EPSILON,
    );
    this.#pack();
    return this.#meanLoss(count);
  }

  measure(rows: Uint32Array): CloneLoss {
    this.#clearLoss();
    const { minibatch } = this.#room!;
    for (let from = 0; from < rows.length; from += minibatch) {
      this.#forward(rows, from, Math.min(minibatch, rows.length - from), false);
    }
    return this.#meanLoss(rows.length);
  }

  readGradient(): Float32Array {
    return this.#fused.readParameters(new Float32Array(this.#fused.layout.size), this.#gradients);
  }

  readParameters(): Float32Array {
    return this.#fused.readParameters(new Float32Array(this.#fused.layout.size));
  }

  dispose(): void {
    this.#batch = null;
    this.#room = null;
  }

  /** Adds the loss of some rows to the sums, and writes its gradient by the actor's outputs where wanted. */
  #forward(rows: Uint32Array, from: number, count: number, wantsGradient: boolean): void {
    const fused = this.#fused;
    const { observations, rows: address, activations, gradients } = this.#room!;
    this.#memory.integers(address, count).set(rows.subarray(from, from + count));
    fused.gatherObservations(observations, address, count, activations.input);
    fused.forward(activations, count, false);
    const last = fused.actor.length - 1;
    const { address: headAt, stride } = activations.actor[last];
    const floats = (panelCount(count) * stride) / 4;
    const heads = this.#memory.floats(headAt, floats);
    const slopes = wantsGradient ? this.#memory.floats(gradients.actor[last].address, floats).fill(0) : null;
    for (let i = 0; i < count; i++) {
      const column = ((i >> 4) * stride) / 4 + (i & 15);
      this.#compareNumbers(rows[from + i], heads, column, slopes, 1 / count);
      this.#compareChoices(rows[from + i], heads, column, slopes, 1 / count);
    }
  }

  #compareNumbers(row: number, heads: Float32Array, column: number, slopes: Float32Array | null, share: number): void {
    const { continuous } = this.#batch!;
    const width = this.#fused.continuous;
    for (let d = 0; d < width; d++) {
      const at = column + d * PANEL;
      const shown = continuous[row * width + d];
      const mean = heads[at];
      const isBeyond = (shown >= 1 && mean > 1) || (shown <= -1 && mean < -1);
      const off = isBeyond ? 0 : mean - shown;
      this.#loss.loss += 0.5 * off * off;
      this.#loss.squaredErrors[d] += off * off;
      if (slopes) slopes[at] = off * share;
    }
  }

  #compareChoices(row: number, heads: Float32Array, column: number, slopes: Float32Array | null, share: number): void {
    const { discrete, masks } = this.#batch!;
    const branches = this.role.action.discrete;
    const weights = this.#weights;
    let maskAt = row * this.#fused.choices;
    let first = column + this.#fused.continuous * PANEL;
    for (let b = 0; b < branches.length; b++) {
      const count = branches[b].choices.length;
      const taken = discrete[row * branches.length + b];
      let best = -1;
      for (let j = 0; j < count; j++) {
        const allowed = masks[maskAt + j] === 1 || j === taken;
        if (allowed && (best < 0 || heads[first + j * PANEL] > heads[first + best * PANEL])) best = j;
      }
      const most = heads[first + best * PANEL];
      let total = 0;
      for (let j = 0; j < count; j++) {
        const allowed = masks[maskAt + j] === 1 || j === taken;
        weights[j] = allowed ? Math.exp(heads[first + j * PANEL] - most) : 0;
        total += weights[j];
      }
      this.#loss.loss += Math.log(total) - (heads[first + taken * PANEL] - most);
      if (best === taken) this.#loss.agreement += 1;
      for (let j = 0; j < count && slopes; j++) {
        slopes[first + j * PANEL] = (weights[j] / total - (j === taken ? 1 : 0)) * share;
      }
      maskAt += count;
      first += count * PANEL;
    }
  }

  #clearLoss(): void {
    this.#loss.loss = 0;
    this.#loss.squaredErrors.fill(0);
    this.#loss.agreement = 0;
  }

  #meanLoss(count: number): CloneLoss {
    const branches = this.role.action.discrete.length;
    this.#loss.loss /= count;
    for (let d = 0; d < this.#loss.squaredErrors.length; d++) this.#loss.squaredErrors[d] /= count;
    this.#loss.agreement = branches === 0 ? 1 : this.#loss.agreement / (count * branches);
    return this.#loss;
  }

  #pack(): void {
    this.#fused.pack();
    this.#backward.pack();
  }
}
