import { PolicyMismatchError } from "../core/errors.ts";
import { assertNetworkSpec, type NetworkSpec } from "../core/network-spec.ts";
import type {
  BirthCertificate,
  DecideOptions,
  DecisionBatch,
  NormaliserState,
  Policy,
  PolicyData,
  PolicyTrace,
} from "../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../core/role-spec.ts";
import { assertSameShape } from "./assert-same-shape.ts";
import { FusedNetwork, type Activations } from "./fused-network.ts";
import { KernelMemory } from "./kernel-memory.ts";
import { loadDecideKernels, type DecideKernels, type KernelOptions } from "./kernels.ts";
import { PANEL, panelCount, type PanelBuffer } from "./panels.ts";
import { PictureRows } from "./picture-rows.ts";

/**
 * A policy that decides on fused WebAssembly kernels.
 *
 * @throws ConfigurationError for a network that cannot be, UnsupportedError where WebAssembly SIMD is missing.
 */
export async function createPolicy(data: PolicyData, options: KernelOptions = {}): Promise<Policy> {
  assertRoleSpec(data.role, "Policy");
  assertNetworkSpec(data.network, "Policy", data.role);
  return new WasmPolicy(data, await loadDecideKernels(options), options.fastMath ?? false);
}

/** How many rows go through the network together. Chosen by timing 16 to 1024 rows of 64 × 64: 64 was the fastest. */
const CHUNK = 4 * PANEL;
/** Up to so many numbers a loop copies faster than `set`. */
const SHORT = 32;

/** Working room of one chunk. */
interface Panels {
  readonly activations: Activations;
  readonly maskPanels: PanelBuffer;
}

/** Addresses of a whole batch, row after row. */
interface Rows {
  readonly capacity: number;
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
  readonly #trace: { -readonly [Key in keyof PolicyTrace]: PolicyTrace[Key] };
  #birth: BirthCertificate;
  #normaliser: NormaliserState;
  #kernels: DecideKernels | null;
  readonly #memory: KernelMemory;
  readonly #fused: FusedNetwork;
  readonly #scratch: number;
  readonly #panels: Panels;
  /** Views of the first rows of an output, by the view of all of it. */
  readonly #outputs = new Map<Float32Array | Int32Array, Float32Array | Int32Array>();
  readonly #pictures: PictureRows;
  #rows: Rows;
  #views: Views;

  constructor(data: PolicyData, kernels: DecideKernels, fastMath: boolean) {
    this.#trace = { seed: 0, calls: 0, revision: -1, fastMath };
    this.role = data.role;
    this.network = data.network;
    this.#birth = data.birth;
    this.#normaliser = data.normaliser;
    this.#kernels = kernels;
    this.#memory = new KernelMemory(kernels);
    this.#fused = new FusedNetwork(kernels, this.#memory, data.role, data.network);
    this.#scratch = this.#memory.reserve(4 * Math.max(1, this.#fused.choices));
    this.#panels = this.#reservePanels();
    this.#pictures = new PictureRows(this.#memory, this.#fused.imageSize, CHUNK);
    this.#rows = this.#reserveRows(PANEL);
    this.#views = this.#view();
    this.assign(data);
  }

  get birth(): BirthCertificate {
    return this.#birth;
  }

  get trace(): PolicyTrace {
    return this.#trace;
  }

  seed(seed: number, calls = 0): void {
    this.#trace.seed = seed | 0;
    this.#trace.calls = calls | 0;
  }

  decide(batch: DecisionBatch, options?: DecideOptions): void {
    const kernels = this.#kernels;
    if (!kernels)
      throw new PolicyMismatchError("Policy: needed a policy in use, came one that was disposed. Load it again.");
    const count = batch.agents;
    if (count === 0) return;
    const images = this.#fused.imageSize > 0 ? batch.images : undefined;
    if (this.#fused.imageSize > 0) this.#pictures.assertEnough(images, count, "Policy");
    if (count > this.#rows.capacity) {
      this.#rows = this.#reserveRows(panelCount(Math.max(count, 2 * this.#rows.capacity)) * PANEL);
      this.#views = this.#view();
    }
    const { observations, masks, continuous, discrete, logProbabilities } = this.#views;
    const fused = this.#fused;
    copyIn(batch.observations, observations, count * fused.observation);
    if (fused.choices > 0) copyIn(batch.masks, masks, count * fused.choices);
    for (let first = 0; first < count; first += CHUNK) {
      if (images) this.#pictures.copy(images, count, first);
      this.#decideChunk(kernels, first, Math.min(CHUNK, count - first), options);
    }
    this.#trace.calls = (this.#trace.calls + 1) | 0;
    this.#copyOut(continuous, batch.actions.continuous, count * fused.continuous);
    if (fused.branches > 0) this.#copyOut(discrete, batch.actions.discrete, count * fused.branches);
    if (options?.logProbabilities) this.#copyOut(logProbabilities, options.logProbabilities, count);
  }

  /** Decides for a few rows, so few that all that lies between the layers stays in the processor's first cache. */
  #decideChunk(kernels: DecideKernels, first: number, count: number, options: DecideOptions | undefined): void {
    const fused = this.#fused;
    const rows = this.#rows;
    const { activations, maskPanels } = this.#panels;
    fused.gatherObservations(rows.observations + 4 * first * fused.observation, 0, count, activations.input);
    if (fused.imageSize > 0) fused.encodePictures(this.#pictures.address, count, activations.input);
    if (fused.choices > 0) {
      const from = rows.masks + 4 * first * fused.choices;
      kernels.gather(from, fused.choices, 0, count, maskPanels.address, maskPanels.stride);
    }
    fused.forward(activations, count, options?.values !== undefined);
    const head = activations.actor[fused.actor.length - 1];
    kernels.sample(
      head.address,
      head.stride,
      fused.choices > 0 ? maskPanels.address : 0,
      maskPanels.stride,
      fused.logStd,
      fused.continuous,
      fused.branches,
      fused.branchSizes,
      first,
      (count + 3) >> 2,
      options?.greedy ? 1 : 0,
      this.#trace.seed,
      0,
      this.#trace.calls,
      this.#scratch,
      rows.continuous + 4 * first * fused.continuous,
      rows.discrete + 4 * first * fused.branches,
      options?.greedy && !options.logProbabilities ? 0 : rows.logProbabilities + 4 * first,
    );
    if (options?.values) {
      const panelFloats = activations.critic[fused.critic.length - 1].stride / 4;
      for (let i = 0; i < count; i++) {
        options.values[first + i] = this.#views.values[(i >> 4) * panelFloats + (i & 15)];
      }
    }
  }

  assign(data: PolicyData): void {
    assertSameShape(data, this.#fused, "Policy");
    this.#fused.writeParameters(data.parameters);
    this.#fused.pack();
    this.#fused.setNormaliser(data.normaliser);
    this.#normaliser = data.normaliser;
    this.#birth = data.birth;
    this.#trace.revision += 1;
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

  #reservePanels(): Panels {
    return {
      activations: this.#fused.reserveActivations(CHUNK),
      maskPanels: this.#fused.reservePanels(CHUNK, this.#fused.choices),
    };
  }

  #reserveRows(capacity: number): Rows {
    const fused = this.#fused;
    const memory = this.#memory;
    this.#pictures.reserve(capacity);
    return {
      capacity,
      observations: memory.reserve(capacity * fused.observation),
      masks: memory.reserve(capacity * fused.choices),
      continuous: memory.reserve(capacity * fused.continuous),
      discrete: memory.reserve(capacity * fused.branches),
      logProbabilities: memory.reserve(capacity),
    };
  }

  #view(): Views {
    const { capacity, observations, masks, continuous, discrete, logProbabilities } = this.#rows;
    const fused = this.#fused;
    const value = this.#panels.activations.critic[fused.critic.length - 1];
    this.#outputs.clear();
    this.#pictures.view();
    return {
      observations: this.#memory.floats(observations, capacity * fused.observation),
      masks: this.#memory.floats(masks, capacity * fused.choices),
      continuous: this.#memory.floats(continuous, capacity * fused.continuous),
      discrete: this.#memory.integers(discrete, capacity * fused.branches),
      logProbabilities: this.#memory.floats(logProbabilities, capacity),
      values: this.#memory.floats(value.address, (panelCount(CHUNK) * value.stride) / 4),
    };
  }

  /** Copies the first `count` numbers. Short runs by a loop; long ones through a view that is kept for the next time. */
  #copyOut<View extends Float32Array | Int32Array>(from: View, to: View, count: number): void {
    if (count <= SHORT) {
      for (let i = 0; i < count; i++) to[i] = from[i];
      return;
    }
    let output = this.#outputs.get(from);
    if (output?.length !== count) {
      output = from.subarray(0, count);
      this.#outputs.set(from, output);
    }
    to.set(output);
  }
}

/** Copies at least the first `count` numbers; all of them at once where they fit, since a subarray would allocate. */
function copyIn(from: Float32Array | Uint8Array, to: Float32Array, count: number): void {
  if (from.length <= to.length) to.set(from);
  else for (let i = 0; i < count; i++) to[i] = from[i];
}
