import { PolicyMismatchError } from "../core/errors.ts";
import { assertNetworkSpec, type NetworkSpec } from "../core/network-spec.ts";
import type {
  BirthCertificate,
  DecideOptions,
  DecisionBatch,
  NormaliserState,
  Policy,
  PolicyData,
} from "../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../core/role-spec.ts";
import {
  assertSameShape,
  FusedNetwork,
  PANEL,
  panelCount,
  type Activations,
  type PanelBuffer,
} from "./fused-network.ts";
import { KernelMemory } from "./kernel-memory.ts";
import { loadDecideKernels, type DecideKernels, type KernelOptions } from "./kernels.ts";

/**
 * A policy that decides on fused WebAssembly kernels.
 *
 * @throws ConfigurationError for a network that cannot be, UnsupportedError where WebAssembly SIMD is missing.
 */
export async function createPolicy(data: PolicyData, options: KernelOptions = {}): Promise<Policy> {
  assertRoleSpec(data.role, "Policy");
  assertNetworkSpec(data.network, "Policy");
  return new WasmPolicy(data, await loadDecideKernels(options));
}

interface Buffers {
  readonly capacity: number;
  readonly activations: Activations;
  readonly maskPanels: PanelBuffer;
  readonly observations: number;
  readonly masks: number;
  readonly continuous: number;
  readonly discrete: number;
  readonly logProbabilities: number;
}

interface Views {
  readonly observations: Float32Array;
  readonly masks: Float32Array;
  readonly continuous: Float32Array;
  readonly discrete: Int32Array;
  readonly logProbabilities: Float32Array;
  readonly values: Float32Array;
}

class WasmPolicy implements Policy {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  #birth: BirthCertificate;
  #normaliser: NormaliserState;
  #kernels: DecideKernels | null;
  readonly #memory: KernelMemory;
  readonly #fused: FusedNetwork;
  readonly #scratch: number;
  #buffers: Buffers;
  #views: Views;
  #seed = 0;
  #calls = 0;

  constructor(data: PolicyData, kernels: DecideKernels) {
    this.role = data.role;
    this.network = data.network;
    this.#birth = data.birth;
    this.#normaliser = data.normaliser;
    this.#kernels = kernels;
    this.#memory = new KernelMemory(kernels);
    this.#fused = new FusedNetwork(kernels, this.#memory, data.role, data.network);
    this.#scratch = this.#memory.reserve(4 * Math.max(1, this.#fused.choices));
    this.#buffers = this.#reserve(PANEL);
    this.#views = this.#view();
    this.assign(data);
  }

  get birth(): BirthCertificate {
    return this.#birth;
  }

  seed(seed: number): void {
    this.#seed = seed | 0;
    this.#calls = 0;
  }

  decide(batch: DecisionBatch, options?: DecideOptions): void {
    const kernels = this.#kernels;
    if (!kernels)
      throw new PolicyMismatchError("Policy: needed a policy in use, came one that was disposed. Load it again.");
    const fused = this.#fused;
    const count = batch.agents;
    if (count === 0) return;
    if (count > this.#buffers.capacity) {
      this.#buffers = this.#reserve(panelCount(Math.max(count, 2 * this.#buffers.capacity)) * PANEL);
      this.#views = this.#view();
    }
    const buffers = this.#buffers;
    const views = this.#views;

    // Step 1. Bring everything in.
    copy(batch.observations, views.observations, count * fused.observation);
    fused.gatherObservations(buffers.observations, 0, count, buffers.activations.input);
    if (fused.choices > 0) {
      copy(batch.masks, views.masks, count * fused.choices);
      const { address, stride } = buffers.maskPanels;
      kernels.gather(buffers.masks, fused.choices, 0, count, address, stride);
    }

    // Step 2. Run the networks and draw.
    fused.forward(buffers.activations, count, options?.values !== undefined);
    const head = buffers.activations.actor[fused.actor.length - 1];
    kernels.sample(
      head.address,
      head.stride,
      fused.choices > 0 ? buffers.maskPanels.address : 0,
      buffers.maskPanels.stride,
      fused.logStd,
      fused.continuous,
      fused.branches,
      fused.branchSizes,
      (count + 3) >> 2,
      options?.greedy ? 1 : 0,
      this.#seed,
      0,
      this.#calls,
      this.#scratch,
      buffers.continuous,
      buffers.discrete,
      buffers.logProbabilities,
    );
    this.#calls = (this.#calls + 1) | 0;

    // Step 3. Hand everything out.
    copy(views.continuous, batch.actions.continuous, count * fused.continuous);
    copy(views.discrete, batch.actions.discrete, count * fused.branches);
    if (options?.logProbabilities) copy(views.logProbabilities, options.logProbabilities, count);
    if (options?.values) {
      const panelFloats = buffers.activations.critic[fused.critic.length - 1].stride / 4;
      const out = options.values;
      for (let i = 0; i < count; i++) out[i] = views.values[(i >> 4) * panelFloats + (i & 15)]!;
    }
  }

  assign(data: PolicyData): void {
    assertSameShape(data, this.#fused, "Policy");
    this.#fused.writeParameters(data.parameters);
    this.#fused.pack();
    this.#fused.setNormaliser(data.normaliser);
    this.#normaliser = data.normaliser;
    this.#birth = data.birth;
  }

  toData(): PolicyData {
    return {
      role: this.role,
      network: this.network,
      normaliser: this.#normaliser,
      parameters: this.#fused.readParameters(new Float32Array(this.#fused.layout.size)),
      birth: this.#birth,
    };
  }

  dispose(): void {
    this.#kernels = null;
  }

  #reserve(capacity: number): Buffers {
    const fused = this.#fused;
    const memory = this.#memory;
    return {
      capacity,
      activations: fused.reserveActivations(capacity),
      maskPanels: fused.reservePanels(capacity, fused.choices),
      observations: memory.reserve(capacity * fused.observation),
      masks: memory.reserve(capacity * fused.choices),
      continuous: memory.reserve(capacity * fused.continuous),
      discrete: memory.reserve(capacity * fused.branches),
      logProbabilities: memory.reserve(capacity),
    };
  }

  #view(): Views {
    const { capacity, observations, masks, continuous, discrete, logProbabilities, activations } = this.#buffers;
    const fused = this.#fused;
    const value = activations.critic[fused.critic.length - 1];
    return {
      observations: this.#memory.floats(observations, capacity * fused.observation),
      masks: this.#memory.floats(masks, capacity * fused.choices),
      continuous: this.#memory.floats(continuous, capacity * fused.continuous),
      discrete: this.#memory.integers(discrete, capacity * fused.branches),
      logProbabilities: this.#memory.floats(logProbabilities, capacity),
      values: this.#memory.floats(value.address, (panelCount(capacity) * value.stride) / 4),
    };
  }
}

/** Copies the first `count` numbers; a loop, since making a subarray would allocate. */
function copy(from: ArrayLike<number>, to: Float32Array | Int32Array, count: number): void {
  for (let i = 0; i < count; i++) to[i] = from[i]!;
}
