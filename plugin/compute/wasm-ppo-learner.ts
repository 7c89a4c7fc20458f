import { assertNetworkSpec, type NetworkSpec } from "../core/network-spec.ts";
import type { LearnerState, PpoBatch, PpoLearner, PpoUpdateResult, PpoUpdateSettings } from "../core/learner.ts";
import type { NormaliserState } from "../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../core/role-spec.ts";
import {
  FusedNetwork,
  panelCount,
  ROW_BYTES,
  type Activations,
  type FusedLayer,
  type PanelBuffer,
} from "./fused-network.ts";
import { initialParameters } from "./initial-parameters.ts";
import { KernelMemory } from "./kernel-memory.ts";
import { loadLearnKernels, type KernelOptions, type LearnKernels } from "./kernels.ts";

/** Adam's settings, as in CleanRL's ppo.py. */
const EPSILON = 1e-5;
/** A loss or a gradient norm above this counts as exploded: chosen well above any that a run recovers from. */
const EXPLODED = 1e12;
/** Rows of a sample's panel before its actions: old log probability, advantage, return, old value. */
const FIXED_ROWS = 4;

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
  assertNetworkSpec(network, "PPO learner");
  return new WasmPpoLearner(role, network, await loadLearnKernels(options), options.seed ?? 0);
}

/** Buffers whose size depends on the number of rows in a rollout or a minibatch. */
interface Buffers {
  readonly rows: number;
  readonly orderLength: number;
  readonly minibatch: number;
  readonly observations: number;
  readonly continuous: number;
  readonly discrete: number;
  readonly masks: number;
  readonly columns: readonly [logProbabilities: number, advantages: number, returns: number, values: number];
  readonly order: number;
  readonly samples: PanelBuffer;
  readonly activations: Activations;
  /** Gradients by each layer's results. */
  readonly actorGradients: readonly PanelBuffer[];
  readonly criticGradients: readonly PanelBuffer[];
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
  /** As many zeros as the widest layer has inputs: the biases of a backward pass. */
  readonly #zeros: number;
  /** Packed for going backward, by layer. */
  readonly #packedBackward = new Map<FusedLayer, number>();
  #buffers: Buffers | null = null;
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
    this.#zeros = this.#memory.reserve(Math.max(...fused.actor.map((layer) => layer.inputs)));
    for (const layer of [...fused.actor, ...fused.critic]) {
      this.#packedBackward.set(layer, this.#memory.reserve(layer.inputs * layer.outputs));
    }
    fused.writeParameters(initialParameters(role, network, seed));
    this.#pack();
  }

  update(batch: PpoBatch, settings: PpoUpdateSettings): PpoUpdateResult {
    const buffers = this.#upload(batch, settings);
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
    for (let i = 0; i < state.steps; i++) this.#countStep();
    this.#pack();
  }

  dispose(): void {
    this.#buffers = null;
  }

  /** Copies a rollout and the order of its rows into kernel memory. */
  #upload(batch: PpoBatch, settings: PpoUpdateSettings): Buffers {
    const minibatch = Math.min(settings.minibatchSize, batch.count);
    let buffers = this.#buffers;
    if (
      !buffers ||
      buffers.rows < batch.count ||
      buffers.minibatch < minibatch ||
      buffers.orderLength < batch.count * settings.epochs
    ) {
      buffers = this.#reserve(batch.count, minibatch, batch.count * settings.epochs);
      this.#buffers = buffers;
    }
    const fused = this.#fused;
    const memory = this.#memory;
    const { count } = batch;
    const upload = (address: number, values: ArrayLike<number>, width: number): void => {
      const target = memory.floats(address, count * width);
      for (let i = 0; i < target.length; i++) target[i] = values[i]!;
    };
    upload(buffers.observations, batch.observations, fused.observation);
    upload(buffers.continuous, batch.continuous, fused.continuous);
    upload(buffers.discrete, batch.discrete, fused.branches);
    upload(buffers.masks, batch.masks, fused.choices);
    upload(buffers.columns[0], batch.logProbabilities, 1);
    upload(buffers.columns[1], batch.advantages, 1);
    upload(buffers.columns[2], batch.returns, 1);
    upload(buffers.columns[3], batch.values, 1);
    memory.integers(buffers.order, settings.order.length).set(settings.order);
    return buffers;
  }

  #reserve(rows: number, minibatch: number, orderLength: number): Buffers {
    const fused = this.#fused;
    const memory = this.#memory;
    const gradients = (layers: readonly FusedLayer[]): PanelBuffer[] =>
      layers.map((layer) => fused.reservePanels(minibatch, layer.outputs));
    return {
      rows,
      orderLength,
      minibatch,
      observations: memory.reserve(rows * fused.observation),
      continuous: memory.reserve(rows * fused.continuous),
      discrete: memory.reserve(rows * fused.branches),
      masks: memory.reserve(rows * fused.choices),
      columns: [memory.reserve(rows), memory.reserve(rows), memory.reserve(rows), memory.reserve(rows)],
      order: memory.reserve(orderLength),
      samples: fused.reservePanels(minibatch, FIXED_ROWS + fused.continuous + fused.branches + fused.choices),
      activations: fused.reserveActivations(panelCount(minibatch) * 16, true),
      actorGradients: gradients(fused.actor),
      criticGradients: gradients(fused.critic),
    };
  }

  /** Leaves the statistics and the whole gradient of one minibatch in kernel memory. */
  #lossAndGradient(buffers: Buffers, rows: number, count: number, settings: PpoUpdateSettings): void {
    const kernels = this.#kernels;
    const fused = this.#fused;
    const { samples, activations } = buffers;

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
      buffers.actorGradients[fused.actor.length - 1].address,
      head.stride,
      value.address,
      buffers.criticGradients[fused.critic.length - 1].address,
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

    // Step 3. Backward. A shared trunk gets the critic's share on top of the actor's.
    const vectors = (count + 3) >> 2;
    if (this.network.sharedTrunk) {
      const last = fused.actor.length - 1;
      const trunk = activations.actor[last - 1];
      const dTrunk = buffers.actorGradients[last - 1];
      this.#backwardLayer(fused.actor[last], trunk, buffers.actorGradients[last], dTrunk, false, vectors);
      this.#backwardLayer(fused.critic[0], trunk, buffers.criticGradients[0], dTrunk, true, vectors);
      this.#backwardHidden(fused.actor, last - 1, activations, "actor", buffers.actorGradients, vectors);
    } else {
      this.#backwardStack(fused.actor, activations, "actor", buffers.actorGradients, vectors);
      this.#backwardStack(fused.critic, activations, "critic", buffers.criticGradients, vectors);
    }
  }

  #backwardStack(
    layers: readonly FusedLayer[],
    activations: Activations,
    side: "actor" | "critic",
    gradients: readonly PanelBuffer[],
    vectors: number,
  ): void {
    const last = layers.length - 1;
    this.#backwardLayer(
      layers[last],
      activations[side][last - 1],
      gradients[last],
      gradients[last - 1],
      false,
      vectors,
    );
    this.#backwardHidden(layers, last - 1, activations, side, gradients, vectors);
  }

  /** From the gradient by the results of hidden layer `from` down to the first layer. */
  #backwardHidden(
    layers: readonly FusedLayer[],
    from: number,
    activations: Activations,
    side: "actor" | "critic",
    gradients: readonly PanelBuffer[],
    vectors: number,
  ): void {
    const keptArguments = side === "actor" ? activations.actorArguments : activations.criticArguments;
    for (let i = from; i >= 0; i--) {
      const layer = layers[i];
      const gradient = gradients[i];
      const basis = keptArguments[i] ?? activations[side][i];
      this.#kernels.activationGradient(
        gradient.address,
        gradient.stride,
        basis.address,
        basis.stride,
        layer.outputs,
        vectors,
        layer.activation,
      );
      const x = i === 0 ? activations.input : activations[side][i - 1];
      this.#backwardLayer(layer, x, gradient, i === 0 ? null : gradients[i - 1], false, vectors);
    }
  }

  /** Gradients by a layer's weights, biases and (unless null) inputs. */
  #backwardLayer(
    layer: FusedLayer,
    x: PanelBuffer,
    dy: PanelBuffer,
    dx: PanelBuffer | null,
    addToDx: boolean,
    vectors: number,
  ): void {
    const kernels = this.#kernels;
    kernels.weightGradient(
      dy.address,
      dy.stride,
      x.address,
      x.stride,
      this.#gradientOf(layer.weights),
      layer.inputs,
      layer.outputs,
      vectors,
    );
    kernels.biasGradient(dy.address, dy.stride, this.#gradientOf(layer.biases), layer.outputs, vectors);
    if (!dx) return;
    kernels.dense(
      dy.address,
      dy.stride,
      this.#packedBackward.get(layer)!,
      addToDx ? 0 : this.#zeros,
      dx.address,
      dx.stride,
      0,
      layer.outputs,
      layer.inputs,
      vectors,
      0,
    );
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
    for (const [layer, address] of this.#packedBackward) {
      this.#kernels.packBackward(layer.weights, address, layer.inputs, layer.outputs);
    }
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
