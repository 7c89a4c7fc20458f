import { assertNetworkSpec, type NetworkSpec } from "../core/network-spec.ts";
import type { LearnerState, PpoBatch, PpoLearner, PpoUpdateResult, PpoUpdateSettings } from "../core/learner.ts";
import type { NormaliserState } from "../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../core/role-spec.ts";
import { assertNoPictures } from "./assert-no-pictures.ts";
import { BackwardPass } from "./backward-pass.ts";
import { FusedNetwork } from "./fused-network.ts";
import { initialParameters } from "./initial-parameters.ts";
import { KernelMemory } from "./kernel-memory.ts";
import { loadLearnKernels, type KernelOptions, type LearnKernels } from "./kernels.ts";
import { ROW_BYTES } from "./panels.ts";
import { uploadBatch, type PpoBuffers } from "./ppo-buffers.ts";

/** Adam's settings, as in CleanRL's ppo.py. */
const EPSILON = 1e-5;
/** A loss or a gradient norm above this counts as exploded: chosen well above any that a run recovers from. */
const EXPLODED = 1e12;

/** What a WASM learner starts with. */
export interface WasmPpoLearnerOptions extends KernelOptions {
  /** Fixes the initial parameters. Default 0. */
  readonly seed?: number;
}

/**
 * A PPO learner on fused WebAssembly SIMD kernels, one thread.
 *
 * @throws ConfigurationError for a network that cannot be, UnsupportedError where WebAssembly SIMD is missing.
 */
export async function createWasmPpoLearner(
  role: RoleSpec,
  network: NetworkSpec,
  options: WasmPpoLearnerOptions = {},
): Promise<PpoLearner> {
  assertRoleSpec(role, "PPO learner");
  assertNetworkSpec(network, "PPO learner", role);
  assertNoPictures(role, "WASM PPO learner");
  return new WasmPpoLearner(role, network, await loadLearnKernels(options), options.seed ?? 0);
}

class WasmPpoLearner implements PpoLearner {
  readonly device = "wasm";
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  readonly #kernels: LearnKernels;
  readonly #memory: KernelMemory;
  readonly #fused: FusedNetwork;
  readonly #gradients: number;
  readonly #firstMoments: number;
  readonly #secondMoments: number;
  readonly #statistics: number;
  readonly #scratch: number;
  readonly #backward: BackwardPass;
  #buffers: PpoBuffers | null = null;
  #steps = 0;
  #beta1Power = 1;
  #beta2Power = 1;

  constructor(role: RoleSpec, network: NetworkSpec, kernels: LearnKernels, seed: number) {
    this.role = role;
    this.network = network;
    this.#kernels = kernels;
    this.#memory = new KernelMemory(kernels);
    const fused = new FusedNetwork(kernels, this.#memory, role, network);
    this.#fused = fused;
    this.#gradients = this.#memory.reserve(fused.parameterCount);
    this.#firstMoments = this.#memory.reserve(fused.parameterCount);
    this.#secondMoments = this.#memory.reserve(fused.parameterCount);
    this.#statistics = this.#memory.reserve(8);
    this.#scratch = this.#memory.reserve(8 * fused.continuous + 12 * fused.branches + 4);
    this.#backward = new BackwardPass(kernels, this.#memory, fused, this.#gradients);
    fused.writeParameters(initialParameters(role, network, seed));
    this.#pack();
  }

  update(batch: PpoBatch, settings: PpoUpdateSettings): PpoUpdateResult {
    const room = { fused: this.#fused, backward: this.#backward, memory: this.#memory };
    const buffers = uploadBatch(batch, settings, room, this.#buffers);
    this.#buffers = buffers;
    const statistics = this.#memory.floats(this.#statistics, 8);
    const sums = { policyLoss: 0, valueLoss: 0, entropy: 0, approximateKl: 0, clipFraction: 0, gradientNorm: 0 };
    let minibatches = 0;
    let stoppedEarly = false;
    let firstBad: string | null = null;

    for (let epoch = 0; epoch < settings.epochs && !stoppedEarly && !firstBad; epoch++) {
      for (let from = 0; from < batch.count; from += settings.minibatchSize) {
        const count = Math.min(settings.minibatchSize, batch.count - from);
        this.#lossAndGradient(buffers, buffers.order + 4 * (epoch * batch.count + from), count, settings);
        const norm = Math.sqrt(this.#kernels.sumOfSquares(this.#gradients, this.#fused.parameterCount));
        firstBad = findBad(statistics, norm);
        if (firstBad) break;
        stoppedEarly = statistics[3] > settings.targetKl;
        if (stoppedEarly) break;
        this.#step(norm, settings);
        minibatches += 1;
        sums.policyLoss += statistics[0];
        sums.valueLoss += statistics[1];
        sums.entropy += statistics[2];
        sums.approximateKl += statistics[3];
        sums.clipFraction += statistics[4];
        sums.gradientNorm += norm;
      }
    }
    const share = 1 / Math.max(1, minibatches);
    return {
      policyLoss: sums.policyLoss * share,
      valueLoss: sums.valueLoss * share,
      entropy: sums.entropy * share,
      approximateKl: sums.approximateKl * share,
      clipFraction: sums.clipFraction * share,
      gradientNorm: sums.gradientNorm * share,
      minibatches,
      stoppedEarly,
      firstBad,
    };
  }

  setNormaliser(normaliser: NormaliserState): void {
    this.#fused.setNormaliser(normaliser);
  }

  readState(): LearnerState {
    const fused = this.#fused;
    const size = fused.layout.size;
    return {
      parameters: fused.readParameters(new Float32Array(size)),
      firstMoments: fused.readParameters(new Float32Array(size), this.#firstMoments),
      secondMoments: fused.readParameters(new Float32Array(size), this.#secondMoments),
      steps: this.#steps,
    };
  }

  writeState(state: LearnerState): void {
    this.#fused.writeParameters(state.parameters);
    this.#fused.writeLikeParameters(state.firstMoments, this.#firstMoments);
    this.#fused.writeLikeParameters(state.secondMoments, this.#secondMoments);
    this.#steps = 0;
    this.#beta1Power = 1;
    this.#beta2Power = 1;
    // After some ten thousand steps the powers no longer change.
    for (let i = 0; i < Math.min(state.steps, 1_000_000); i++) this.#countStep();
    this.#steps = state.steps;
    this.#pack();
  }

  dispose(): void {
    this.#buffers = null;
  }

  /** Leaves the statistics and the whole gradient of one minibatch in kernel memory. */
  #lossAndGradient(buffers: PpoBuffers, rows: number, count: number, settings: PpoUpdateSettings): void {
    const kernels = this.#kernels;
    const fused = this.#fused;
    const { samples, activations, gradients } = buffers;

    // Step 1. Bring the minibatch into panels.
    fused.gatherObservations(buffers.observations, rows, count, activations.input);
    let at = samples.address;
    const gather = (source: number, width: number): void => {
      if (width > 0) kernels.gather(source, width, rows, count, at, samples.stride);
      at += width * ROW_BYTES;
    };
    for (const column of buffers.columns) gather(column, 1);
    gather(buffers.continuous, fused.continuous);
    gather(buffers.discrete, fused.branches);
    gather(buffers.masks, fused.choices);
    if (settings.normaliseAdvantages) kernels.normaliseAdvantages(samples.address, samples.stride, count);

    // Step 2. Forward, loss, and its gradient by the networks' results.
    fused.forward(activations, count, true);
    const head = activations.actor[fused.actor.length - 1];
    const value = activations.critic[fused.critic.length - 1];
    kernels.ppoLoss(
      samples.address,
      samples.stride,
      head.address,
      gradients.actor[fused.actor.length - 1].address,
      head.stride,
      value.address,
      gradients.critic[fused.critic.length - 1].address,
      value.stride,
      fused.logStd,
      this.#gradientOf(fused.logStd),
      fused.continuous,
      fused.branches,
      fused.branchSizes,
      count,
      settings.clipRange,
      settings.valueClipRange,
      settings.entropyCoefficient,
      settings.valueCoefficient,
      this.#scratch,
      this.#statistics,
    );

    // Step 3. Backward.
    this.#backward.run(activations, gradients, count);
  }

  #step(norm: number, settings: PpoUpdateSettings): void {
    this.#countStep();
    this.#kernels.adam(
      this.#fused.parameters,
      this.#gradients,
      this.#firstMoments,
      this.#secondMoments,
      this.#fused.parameterCount,
      Math.min(1, settings.maxGradientNorm / (norm + 1e-6)),
      settings.learningRate / (1 - this.#beta1Power),
      1 / Math.sqrt(1 - this.#beta2Power),
      EPSILON,
    );
    this.#pack();
  }

  /** Powers by repeated multiplication, since `Math.pow` may differ between engines. */
  #countStep(): void {
    this.#steps += 1;
    this.#beta1Power *= 0.9;
    this.#beta2Power *= 0.999;
  }

  #pack(): void {
    this.#fused.pack();
    this.#backward.pack();
  }

  #gradientOf(parameter: number): number {
    return this.#gradients + (parameter - this.#fused.parameters);
  }
}

/** The first quantity that is not a finite number of sensible size, in the order of cause and effect. */
function findBad(statistics: Float32Array, norm: number): string | null {
  const names = ["policy loss", "value loss", "entropy", "divergence", "clip fraction"];
  for (let i = 0; i < names.length; i++) {
    if (!(Math.abs(statistics[i]) < EXPLODED)) return names[i];
  }
  return norm < EXPLODED ? null : "gradient norm";
}
