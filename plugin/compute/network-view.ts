import { choiceCount } from "../core/action-spec.ts";
import { ConfigurationError, PolicyMismatchError } from "../core/errors.ts";
import { assertNetworkSpec, type NetworkSpec } from "../core/network-spec.ts";
import type { PolicyData } from "../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../core/role-spec.ts";
import { assertSameShape } from "./assert-same-shape.ts";
import { FusedNetwork, type Activations } from "./fused-network.ts";
import { KernelMemory } from "./kernel-memory.ts";
import { loadDecideKernels, type DecideKernels, type KernelOptions } from "./kernels.ts";
import { PANEL, panelCount, type PanelBuffer } from "./panels.ts";

/** What one hidden layer made of an observation. */
export interface HiddenLayer {
  /** E.g. `"actor 0"`, `"critic 1"`, or `"trunk 0"` where actor and critic share it. */
  readonly name: string;
  /** Written by each `look`, [width]. */
  readonly activations: Float32Array;
}

/** Where the row to look at lies. */
export interface ViewedRow {
  /** [rows, observation]. */
  readonly observations: Float32Array;
  /** Bytes, needed where the policy sees pictures, [rows, imageSize]. */
  readonly images?: Uint8Array;
  /** 0 for what may not be chosen, [rows, choices]. Default: everything may. */
  readonly masks?: Uint8Array;
}

/** Shows what goes on in a policy's network: for panels that draw it, and for maps of what it expects. */
export interface NetworkView {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  /** The actor's hidden layers (the shared ones), then the critic's. */
  readonly layers: readonly HiddenLayer[];
  /** Mean of each number, not clipped, written by each `look`, [continuous]. */
  readonly means: Float32Array;
  /** Standard deviation of each number, the same for all observations, [continuous]. */
  readonly deviations: Float32Array;
  /** Probability of each alternative, branch after branch, 0 for masked ones; written by each `look`, [choices]. */
  readonly probabilities: Float32Array;
  /** The critic's estimate of the last `look`: the discounted sum of scaled rewards to come. */
  readonly value: number;
  /**
   * Sends one observation through the whole network. Synchronous, allocates nothing.
   *
   * @param row - Which row of the arrays. Default 0.
   * @throws ConfigurationError for arrays without that row.
   */
  look(seen: ViewedRow, row?: number): void;
  /**
   * Asks the critic about many observations at once. Changes nothing that `look` wrote but for the layers' room.
   *
   * @param into - Written, [agents].
   * @throws ConfigurationError for arrays that are too short.
   */
  estimate(seen: ViewedRow, agents: number, into: Float32Array): void;
  /** Takes over the parameters and the normaliser of a policy of the same shape. @throws PolicyMismatchError for another. */
  assign(data: PolicyData): void;
  /** Ends its use, so that its memory goes with the object. May be called twice; looking afterwards throws. */
  dispose(): void;
}

/**
 * Prepares a policy's network for being looked at: on the kernels with which it decides, in a memory of its own, so that no
 * decision becomes slower and no random number is used up.
 *
 * @throws ConfigurationError for a network that cannot be, UnsupportedError where WebAssembly SIMD is missing.
 */
export async function createNetworkView(data: PolicyData, options: KernelOptions = {}): Promise<NetworkView> {
  assertRoleSpec(data.role, "NetworkView");
  assertNetworkSpec(data.network, "NetworkView", data.role);
  return new WasmNetworkView(data, await loadDecideKernels(options));
}

/** Rows that go through together. */
const CHUNK = 2 * PANEL;

/** A hidden layer, and where the kernels leave it: feature after feature, 16 numbers apart. */
interface ShownLayer extends HiddenLayer {
  readonly results: Float32Array;
}

class WasmNetworkView implements NetworkView {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  readonly layers: readonly ShownLayer[];
  readonly means: Float32Array;
  readonly deviations: Float32Array;
  readonly probabilities: Float32Array;
  value = 0;
  readonly #fused: FusedNetwork;
  readonly #activations: Activations;
  readonly #rows: { readonly address: number; readonly view: Float32Array };
  readonly #pictures: { readonly address: number; readonly view: Uint8Array };
  readonly #heads: Float32Array;
  readonly #values: Float32Array;
  readonly #valueStride: number;
  readonly #logStd: number;
  #isDisposed = false;

  constructor(data: PolicyData, kernels: DecideKernels) {
    const { role, network } = data;
    const memory = new KernelMemory(kernels);
    const fused = new FusedNetwork(kernels, memory, role, network);
    this.role = role;
    this.network = network;
    this.#fused = fused;
    this.#logStd = fused.layout.logStd;
    const activations = fused.reserveActivations(CHUNK);
    this.#activations = activations;
    const rows = memory.reserve(CHUNK * fused.observation);
    const pictures = memory.reserve(Math.ceil((CHUNK * fused.imageSize) / 4));
    // The memory does not grow from here on, so that these views stay valid.
    this.#rows = { address: rows, view: memory.floats(rows, CHUNK * fused.observation) };
    this.#pictures = { address: pictures, view: memory.bytes(pictures, CHUNK * fused.imageSize) };
    const view = ({ address, stride }: PanelBuffer): Float32Array =>
      memory.floats(address, (panelCount(CHUNK) * stride) / 4);
    const shown = (layers: FusedNetwork["actor"], panels: readonly PanelBuffer[]): ShownLayer[] =>
      layers.slice(0, -1).map(({ layout }, i) => ({
        name: layout.name,
        activations: new Float32Array(layout.outputs),
        results: view(panels[i]),
      }));
    this.layers = [...shown(fused.actor, activations.actor), ...shown(fused.critic, activations.critic)];
    this.#heads = view(activations.actor[fused.actor.length - 1]);
    const value = activations.critic[fused.critic.length - 1];
    this.#values = view(value);
    this.#valueStride = value.stride / 4;
    this.means = new Float32Array(fused.continuous);
    this.deviations = new Float32Array(fused.continuous);
    this.probabilities = new Float32Array(choiceCount(role.action));
    this.assign(data);
  }

  look(seen: ViewedRow, row = 0): void {
    this.#assertEnough(seen, row + 1);
    this.#forward(seen, row, 1);
    for (let l = 0; l < this.layers.length; l++) {
      const { activations, results } = this.layers[l];
      for (let i = 0; i < activations.length; i++) activations[i] = results[i * PANEL];
    }
    for (let i = 0; i < this.means.length; i++) this.means[i] = this.#heads[i * PANEL];
    this.#weigh(seen.masks, row * this.probabilities.length);
    this.value = this.#values[0];
  }

  estimate(seen: ViewedRow, agents: number, into: Float32Array): void {
    this.#assertEnough(seen, agents);
    if (into.length < agents) {
      throw new ConfigurationError(
        `NetworkView: needed room for ${agents} estimates, came ${into.length}. Give a longer array.`,
      );
    }
    for (let from = 0; from < agents; from += CHUNK) {
      const count = Math.min(CHUNK, agents - from);
      this.#forward(seen, from, count);
      for (let i = 0; i < count; i++) into[from + i] = this.#values[(i >> 4) * this.#valueStride + (i & 15)];
    }
  }

  assign(data: PolicyData): void {
    assertSameShape(data, this.#fused, "NetworkView");
    this.#fused.writeParameters(data.parameters);
    this.#fused.pack();
    this.#fused.setNormaliser(data.normaliser);
    for (let i = 0; i < this.deviations.length; i++) {
      this.deviations[i] = Math.exp(data.parameters[this.#logStd + i]);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
  }

  #forward({ observations, images }: ViewedRow, from: number, count: number): void {
    const fused = this.#fused;
    const { view, address } = this.#rows;
    const width = fused.observation;
    for (let i = 0; i < count * width; i++) view[i] = observations[from * width + i];
    fused.gatherObservations(address, 0, count, this.#activations.input);
    const bytes = fused.imageSize;
    if (bytes > 0 && images) {
      const pixels = this.#pictures.view;
      for (let i = 0; i < count * bytes; i++) pixels[i] = images[from * bytes + i];
      fused.encodePictures(this.#pictures.address, count, this.#activations.input);
    }
    fused.forward(this.#activations, count, true);
  }

  /** Turns the logits of the first column into probabilities: the softmax over what may be chosen. */
  #weigh(masks: Uint8Array | undefined, maskAt: number): void {
    const { probabilities } = this;
    const branches = this.role.action.discrete;
    let first = 0;
    for (let b = 0; b < branches.length; b++) {
      const end = first + branches[b].choices.length;
      let best = -Infinity;
      for (let i = first; i < end; i++) {
        if (masks?.[maskAt + i] !== 0) best = Math.max(best, this.#logit(i));
      }
      let total = 0;
      for (let i = first; i < end; i++) {
        const weight = masks?.[maskAt + i] === 0 ? 0 : Math.exp(this.#logit(i) - best);
        probabilities[i] = weight;
        total += weight;
      }
      for (let i = first; i < end && total > 0; i++) probabilities[i] /= total;
      first = end;
    }
  }

  #logit(choice: number): number {
    return this.#heads[(this.means.length + choice) * PANEL];
  }

  #assertEnough({ observations, images, masks }: ViewedRow, rows: number): void {
    if (this.#isDisposed) {
      throw new PolicyMismatchError("NetworkView: needed one in use, came one that was disposed. Make it again.");
    }
    const { observation, imageSize, choices } = this.#fused;
    const needs = [
      ["observations", observation, observations.length],
      ["bytes of pictures", imageSize, images?.length ?? 0],
      ["masks", choices, masks?.length ?? Infinity],
    ] as const;
    for (const [what, width, came] of needs) {
      if (came >= rows * width) continue;
      throw new ConfigurationError(
        `NetworkView: needed ${rows * width} ${what} for ${rows} agents, came ${came}. Give each agent ${width}.`,
      );
    }
  }
}
