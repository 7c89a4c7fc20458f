import { actorOutputs } from "../core/action-spec.ts";
import { ConfigurationError, PolicyMismatchError } from "../core/errors.ts";
import { assertNetworkSpec, type NetworkSpec } from "../core/network-spec.ts";
import type { NormaliserState, PolicyData } from "../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../core/role-spec.ts";
import { assertNoPictures } from "./assert-no-pictures.ts";
import { assertSameShape } from "./assert-same-shape.ts";
import { BackwardPass, type ResultGradients } from "./backward-pass.ts";
import { FusedNetwork, type Activations } from "./fused-network.ts";
import { KernelMemory } from "./kernel-memory.ts";
import { loadLearnKernels, type KernelOptions, type LearnKernels } from "./kernels.ts";
import { PANEL, panelCount, ROW_BYTES, type PanelBuffer } from "./panels.ts";

/** Agents that are looked at in one go. */
const CHUNK = 4 * PANEL;

/** Which result is asked about: an output of the actor by its number (means first, then logits), or the critic's estimate. */
export type AskedOutput = number | "value";

/** Tells how strongly each observation moves one of a network's results: what a policy looks at. */
export interface InputGradient {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  /**
   * Derivative of one result by every raw observation; 0 where the normaliser clips. Synchronous, allocates next to nothing.
   *
   * @param observations - As the environment gives them, [agents, observation].
   * @param into - Written, [agents, observation].
   * @throws ConfigurationError for an output that the network does not have or arrays that are too short.
   */
  gradient(observations: Float32Array, agents: number, output: AskedOutput, into: Float32Array): void;
  /** Takes over the parameters and the normaliser of a policy of the same shape. @throws PolicyMismatchError for another. */
  assign(data: PolicyData): void;
  /** Forgets the kernels' memory. May be called twice; asking afterwards throws. */
  dispose(): void;
}

/**
 * Prepares a policy's network for questions about its inputs, on the kernels with which policies learn. They are fetched
 * when this is called, so that a page which only plays never loads them.
 *
 * @throws ConfigurationError for a network that cannot be, UnsupportedError for a policy that sees pictures or where
 * WebAssembly SIMD is missing.
 */
export async function createInputGradient(data: PolicyData, options: KernelOptions = {}): Promise<InputGradient> {
  assertRoleSpec(data.role, "InputGradient");
  assertNetworkSpec(data.network, "InputGradient", data.role);
  assertNoPictures(data.role, "InputGradient", "Show with createEncoderView what its convolutions make of it.");
  return new WasmInputGradient(data, await loadLearnKernels(options));
}

class WasmInputGradient implements InputGradient {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  #kernels: LearnKernels | null;
  readonly #memory: KernelMemory;
  readonly #fused: FusedNetwork;
  readonly #backward: BackwardPass;
  readonly #rows: number;
  readonly #activations: Activations;
  readonly #gradients: ResultGradients;
  #normaliser: NormaliserState;
  #scale: Float32Array;

  constructor(data: PolicyData, kernels: LearnKernels) {
    this.role = data.role;
    this.network = data.network;
    this.#kernels = kernels;
    this.#memory = new KernelMemory(kernels);
    this.#fused = new FusedNetwork(kernels, this.#memory, data.role, data.network);
    this.#backward = new BackwardPass(kernels, this.#memory, this.#fused);
    this.#rows = this.#memory.reserve(CHUNK * this.#fused.observation);
    this.#activations = this.#fused.reserveActivations(CHUNK, true);
    this.#gradients = this.#backward.reserve(CHUNK, true);
    this.#normaliser = data.normaliser;
    this.#scale = new Float32Array(this.#fused.observation);
    this.assign(data);
  }

  gradient(observations: Float32Array, agents: number, output: AskedOutput, into: Float32Array): void {
    this.#assertAsked(observations, agents, output, into);
    this.#pointAt(output);
    for (let from = 0; from < agents; from += CHUNK) {
      this.#explain(observations, from, Math.min(CHUNK, agents - from), output, into);
    }
  }

  assign(data: PolicyData): void {
    assertSameShape(data, this.#fused, "InputGradient");
    this.#fused.writeParameters(data.parameters);
    this.#fused.pack();
    this.#backward.pack();
    this.#fused.setNormaliser(data.normaliser);
    this.#normaliser = data.normaliser;
    this.#scale = this.#fused.observationScale();
  }

  dispose(): void {
    this.#kernels = null;
  }

  /** Sets the gradient by the asked result to 1 and by all others of its layer to 0, for every agent of a chunk. */
  #pointAt(output: AskedOutput): void {
    const side = output === "value" ? this.#gradients.critic : this.#gradients.actor;
    const last: PanelBuffer = side[side.length - 1];
    const row = output === "value" ? 0 : output;
    const head = this.#memory.floats(last.address, (panelCount(CHUNK) * last.stride) / 4);
    head.fill(0);
    for (let panel = 0; panel < panelCount(CHUNK); panel++) {
      const at = (panel * last.stride + row * ROW_BYTES) / 4;
      head.fill(1, at, at + PANEL);
    }
  }

  #explain(observations: Float32Array, from: number, count: number, output: AskedOutput, into: Float32Array): void {
    const fused = this.#fused;
    const { input } = this.#activations;
    const width = fused.observation;

    // Step 1. Forward, keeping what the way back needs.
    const rows = this.#memory.floats(this.#rows, count * width);
    for (let i = 0; i < rows.length; i++) rows[i] = observations[from * width + i];
    fused.gatherObservations(this.#rows, 0, count, input);
    fused.forward(this.#activations, count, output === "value");

    // Step 2. Back to the scaled observations.
    const sides = { actor: output !== "value", critic: output === "value" };
    this.#backward.run(this.#activations, this.#gradients, count, sides);

    // Step 3. Back through the scaling to the raw ones.
    const { address, stride } = this.#gradients.input!;
    const gradients = this.#memory.floats(address, (panelCount(CHUNK) * stride) / 4);
    const scaledInputs = this.#memory.floats(input.address, (panelCount(CHUNK) * input.stride) / 4);
    const limit = Math.fround(this.#normaliser.clip);
    for (let row = 0; row < count; row++) {
      const panel = ((row >> 4) * stride) / 4 + (row & 15);
      for (let i = 0; i < width; i++) {
        const at = panel + i * PANEL;
        const isClipped = this.#normaliser.scaled[i] === 1 && Math.abs(scaledInputs[at]) >= limit;
        into[(from + row) * width + i] = isClipped ? 0 : gradients[at] * this.#scale[i];
      }
    }
  }

  #assertAsked(observations: Float32Array, agents: number, output: AskedOutput, into: Float32Array): void {
    if (!this.#kernels) {
      throw new PolicyMismatchError("InputGradient: needed one in use, came one that was disposed. Make it again.");
    }
    const outputs = actorOutputs(this.role.action);
    if (output !== "value" && !(Number.isInteger(output) && output >= 0 && output < outputs)) {
      throw new ConfigurationError(
        `InputGradient: needed an output from 0 to ${outputs - 1} or "value", came ${output}. Means come first, then the choices' logits.`,
      );
    }
    const needed = agents * this.#fused.observation;
    const came = Math.min(observations.length, into.length);
    if (!Number.isInteger(agents) || agents < 0 || came < needed) {
      throw new ConfigurationError(
        `InputGradient: needed arrays of ${needed} numbers for ${agents} agents, came ${came}. Give each agent ${this.#fused.observation} numbers.`,
      );
    }
  }
}
