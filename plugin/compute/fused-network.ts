import { choiceCount } from "../core/action-spec.ts";
import {
  ACTIVATIONS,
  layOutNetwork,
  type LayerLayout,
  type NetworkLayout,
  type NetworkSpec,
} from "../core/network-spec.ts";
import { imageSize, observationSize } from "../core/observation-spec.ts";
import type { NormaliserState } from "../core/policy.ts";
import type { RoleSpec } from "../core/role-spec.ts";
import type { KernelMemory } from "./kernel-memory.ts";
import type { DecideKernels } from "./kernels.ts";
import { padded, panelCount, ROW_BYTES, type PanelBuffer } from "./panels.ts";
import { PictureEncoder } from "./picture-encoder.ts";

/** One layer in kernel memory. */
export interface FusedLayer {
  readonly layout: LayerLayout;
  /** Padded sizes. */
  readonly inputs: number;
  readonly outputs: number;
  /** Number of its activation, see `ACTIVATIONS`. */
  readonly activation: number;
  /** Addresses: row-major weights [outputs, inputs], biases, weights packed for going forward. */
  readonly weights: number;
  readonly biases: number;
  readonly packed: number;
}

/** Where the results of a pass through the network lie. */
export interface Activations {
  readonly input: PanelBuffer;
  /** Results of each actor layer; the last one holds means and logits. */
  readonly actor: readonly PanelBuffer[];
  /** Results of each critic layer; the last one holds the value in its first row. */
  readonly critic: readonly PanelBuffer[];
  /** What went into the activations of those layers; empty unless kept. */
  readonly actorArguments: readonly PanelBuffer[];
  readonly criticArguments: readonly PanelBuffer[];
}

/**
 * An actor-critic network in the memory of a kernel instance: parameters padded to multiples of 4, copies packed for the
 * kernels, and the forward pass. Convolutions lie apart from the other parameters: no fused kernel teaches them.
 */
export class FusedNetwork {
  readonly role: RoleSpec;
  readonly spec: NetworkSpec;
  readonly layout: NetworkLayout;
  readonly actor: readonly FusedLayer[];
  readonly critic: readonly FusedLayer[];
  /** One for each picture. */
  readonly encoders: readonly PictureEncoder[];
  /** Address of the padded parameters, of the log standard deviations among them, and how many there are. */
  readonly parameters: number;
  readonly logStd: number;
  readonly parameterCount: number;
  /** Address of the branches' sizes. */
  readonly branchSizes: number;
  readonly observation: number;
  /** Bytes of all pictures of one agent. */
  readonly imageSize: number;
  readonly continuous: number;
  readonly branches: number;
  readonly choices: number;
  readonly #kernels: DecideKernels;
  readonly #memory: KernelMemory;
  readonly #mean: number;
  readonly #scale: number;
  readonly #limit: number;
  #normalises = false;

  constructor(kernels: DecideKernels, memory: KernelMemory, role: RoleSpec, spec: NetworkSpec) {
    this.#kernels = kernels;
    this.#memory = memory;
    this.role = role;
    this.spec = spec;
    this.layout = layOutNetwork(role, spec);
    this.observation = observationSize(role.observation);
    this.imageSize = imageSize(role.observation);
    this.continuous = role.action.continuous.length;
    this.branches = role.action.discrete.length;
    this.choices = choiceCount(role.action);

    let offset = 0;
    const place = (layout: LayerLayout, isHead: boolean): Omit<FusedLayer, "packed"> => {
      const inputs = padded(layout.inputs);
      const outputs = padded(layout.outputs);
      const weights = offset * 4;
      offset += inputs * outputs;
      const biases = offset * 4;
      offset += outputs;
      return {
        layout,
        inputs,
        outputs,
        weights,
        biases,
        activation: isHead ? 0 : ACTIVATIONS.indexOf(spec.activation),
      };
    };
    const actor = this.layout.actor.map((layer, i) => place(layer, i === this.layout.actor.length - 1));
    const logStd = offset * 4;
    offset += padded(this.continuous);
    const critic = this.layout.critic.map((layer, i) => place(layer, i === this.layout.critic.length - 1));
    this.parameterCount = offset;
    this.parameters = memory.reserve(offset);
    this.logStd = this.parameters + logStd;
    const settle = (layer: Omit<FusedLayer, "packed">): FusedLayer => ({
      ...layer,
      weights: this.parameters + layer.weights,
      biases: this.parameters + layer.biases,
      packed: memory.reserve(layer.inputs * layer.outputs),
    });
    this.actor = actor.map(settle);
    this.critic = critic.map(settle);
    this.branchSizes = memory.reserve(this.branches);
    this.#mean = memory.reserve(this.observation);
    this.#scale = memory.reserve(this.observation);
    this.#limit = memory.reserve(this.observation);
    memory.integers(this.branchSizes, this.branches).set(role.action.discrete.map((branch) => branch.choices.length));
    this.encoders = this.layout.encoders.map((encoder) => new PictureEncoder(kernels, memory, encoder));
  }

  /** Reserves room for the results of a pass. @param keepArguments - Whether a backward pass will need them. */
  reserveActivations(samples: number, keepArguments = false): Activations {
    const buffer = (features: number): PanelBuffer => this.reservePanels(samples, features);
    const isSilu = this.spec.activation === "silu";
    const results = (layers: readonly FusedLayer[]): PanelBuffer[] => layers.map((layer) => buffer(layer.outputs));
    const args = (layers: readonly FusedLayer[]): PanelBuffer[] =>
      keepArguments && isSilu ? layers.slice(0, -1).map((layer) => buffer(layer.outputs)) : [];
    return {
      input: buffer(padded(this.layout.inputs)),
      actor: results(this.actor),
      critic: results(this.critic),
      actorArguments: args(this.actor),
      criticArguments: args(this.critic),
    };
  }

  reservePanels(samples: number, features: number): PanelBuffer {
    // Panels whose distance is a multiple of 4 kB would share the same few sets of the processor's cache.
    const stride = (features % 64 === 0 ? features + 1 : features) * ROW_BYTES;
    return { address: this.#memory.reserve((panelCount(samples) * stride) / 4), stride };
  }

  /** Copies parameters in, from the flat layout of `layOutNetwork`. Follow with `pack`. */
  writeParameters(parameters: Float32Array): void {
    this.#copyParameters(parameters, this.parameters, true);
    for (const encoder of this.encoders) encoder.writeParameters(parameters);
  }

  /** Copies parameters (or anything else of their shape, at `address`) out into the flat layout. */
  readParameters(into: Float32Array, address = this.parameters): Float32Array {
    this.#copyParameters(into, address, false);
    if (address === this.parameters) for (const encoder of this.encoders) encoder.readParameters(into);
    return into;
  }

  /** Copies anything of the parameters' shape in to `address`. */
  writeLikeParameters(values: Float32Array, address: number): void {
    this.#copyParameters(values, address, true);
  }

  /** Renews the packed copies after the parameters changed. */
  pack(): void {
    for (const layer of this.actor) {
      this.#kernels.packForward(layer.weights, layer.packed, layer.inputs, layer.outputs);
    }
    for (const layer of this.critic) {
      this.#kernels.packForward(layer.weights, layer.packed, layer.inputs, layer.outputs);
    }
  }

  setNormaliser(normaliser: NormaliserState): void {
    const size = this.observation;
    const mean = this.#memory.floats(this.#mean, size);
    const scale = this.#memory.floats(this.#scale, size);
    const limit = this.#memory.floats(this.#limit, size);
    this.#normalises = false;
    for (let i = 0; i < size; i++) {
      const isScaled = normaliser.scaled[i] === 1;
      mean[i] = isScaled ? normaliser.mean[i] : 0;
      scale[i] = isScaled ? 1 / Math.sqrt(normaliser.variance[i] + 1e-8) : 1;
      limit[i] = isScaled ? normaliser.clip : Number.POSITIVE_INFINITY;
      if (isScaled) this.#normalises = true;
    }
  }

  /** How strongly each observation is scaled, [observation]. */
  observationScale(): Float32Array {
    return this.#memory.floats(this.#scale, this.observation).slice();
  }

  /**
   * Brings rows of observations into panels and scales them.
   *
   * @param rows - Address of the rows' numbers, or 0 for the first `count` in order.
   */
  gatherObservations(source: number, rows: number, count: number, into: PanelBuffer): void {
    const kernels = this.#kernels;
    kernels.gather(source, this.observation, rows, count, into.address, into.stride);
    if (!this.#normalises) return;
    kernels.normalise(
      into.address,
      into.stride,
      this.observation,
      (count + 3) >> 2,
      this.#mean,
      this.#scale,
      this.#limit,
    );
  }

  /**
   * Brings pictures through their convolutions into panels, beside the observations.
   *
   * @param images - Address of the first agent's row of images; the others follow.
   */
  encodePictures(images: number, count: number, into: PanelBuffer): void {
    for (let i = 0; i < this.encoders.length; i++) this.encoders[i].encode(images, this.imageSize, count, into);
  }

  /** Runs the actor, and the critic if wanted. */
  forward(activations: Activations, count: number, withCritic: boolean): void {
    this.#forwardStack(this.actor, activations.actor, activations.actorArguments, activations.input, count);
    if (!withCritic) return;
    const shared = this.spec.sharedTrunk;
    const input = shared ? activations.actor[activations.actor.length - 2] : activations.input;
    this.#forwardStack(this.critic, activations.critic, activations.criticArguments, input, count);
  }

  #forwardStack(
    layers: readonly FusedLayer[],
    results: readonly PanelBuffer[],
    keptArguments: readonly PanelBuffer[],
    input: PanelBuffer,
    count: number,
  ): void {
    const kernels = this.#kernels;
    let x = input;
    for (let i = 0; i < layers.length; i++) {
      const layer = layers[i];
      const y = results[i];
      const kept = keptArguments[i];
      if (count === 1 && !kept) {
        kernels.denseSingle(
          x.address,
          layer.packed,
          layer.biases,
          y.address,
          layer.inputs,
          layer.outputs,
          layer.activation,
        );
      } else {
        kernels.dense(
          x.address,
          x.stride,
          layer.packed,
          layer.biases,
          y.address,
          y.stride,
          kept ? kept.address : 0,
          layer.inputs,
          layer.outputs,
          (count + 3) >> 2,
          layer.activation,
        );
      }
      x = y;
    }
  }

  #copyParameters(flat: Float32Array, address: number, inward: boolean): void {
    const paddedValues = this.#memory.floats(address, this.parameterCount);
    const copy = (flatAt: number, paddedAt: number, count: number): void => {
      if (inward) paddedValues.set(flat.subarray(flatAt, flatAt + count), paddedAt);
      else flat.set(paddedValues.subarray(paddedAt, paddedAt + count), flatAt);
    };
    for (const layer of [...this.actor, ...this.critic]) {
      const { layout } = layer;
      const weights = (layer.weights - this.parameters) / 4;
      for (let o = 0; o < layout.outputs; o++) {
        copy(layout.weights + o * layout.inputs, weights + o * layer.inputs, layout.inputs);
      }
      copy(layout.biases, (layer.biases - this.parameters) / 4, layout.outputs);
    }
    copy(this.layout.logStd, (this.logStd - this.parameters) / 4, this.continuous);
  }
}
