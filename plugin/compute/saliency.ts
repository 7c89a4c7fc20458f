import { ConfigurationError } from "../core/errors.ts";
import type { NetworkSpec } from "../core/network-spec.ts";
import { observationLabels, quoteAll } from "../core/observation-spec.ts";
import type { NormaliserState, PolicyData } from "../core/policy.ts";
import type { RoleSpec } from "../core/role-spec.ts";
import { createInputGradient, type AskedOutput, type InputGradient } from "./input-gradient.ts";
import type { KernelOptions } from "./kernels.ts";

/** Something that one can ask "why?" about. */
export interface NamedOutput {
  /** A number's label, e.g. `"drive"`; a choice and its alternative, e.g. `"jump: yes"`; or `"value"`, the critic's estimate. */
  readonly name: string;
  readonly output: AskedOutput;
}

/** Tells why a policy decided as it did: how much each observation pushed a result up or down. */
export interface Saliency {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  /** Of the observations, [observation]. */
  readonly labels: readonly string[];
  /** Everything that can be asked about. */
  readonly outputs: readonly NamedOutput[];
  /**
   * By how much the asked result rises for each 1 that a raw observation rises; 0 where the normaliser clips. Units: those
   * of the result (shares of an actuator's full deflection, logits, or scaled reward) over those of the sensor. Written by
   * each `explain`, [observation].
   */
  readonly gradients: Float32Array;
  /**
   * Gradient × input, in the units of the result: what each observation adds to it, to first order. Above 0 it pushed the
   * result up, below 0 down. An observation that is normalised counts from its mean, all others from 0. Written by each
   * `explain`, [observation].
   */
  readonly contributions: Float32Array;
  /**
   * Explains one result for one observation. Synchronous; writes `gradients` and `contributions` anew.
   *
   * @param observations - As the sensors give them, not normalised, [rows, observation].
   * @param asked - A number of an output, or `"value"`; see `outputs`.
   * @param row - Which row. Default 0.
   * @throws ConfigurationError for an output that the policy does not have, or too few observations.
   */
  explain(observations: Float32Array, asked: AskedOutput, row?: number): void;
  /** Takes over another policy of the same shape. @throws PolicyMismatchError for another. */
  assign(data: PolicyData): void;
  /** Forgets the kernels' memory. May be called twice; explaining afterwards throws. */
  dispose(): void;
}

/**
 * Prepares a policy for being asked "why?", by its own kernels.
 *
 * Gradient × input, as in Shrikumar et al. 2016, https://arxiv.org/abs/1605.01713v3. It is local: it tells what a small change
 * would do, not what would have happened without a sensor.
 *
 * @throws ConfigurationError for a network that cannot be, UnsupportedError for a policy that sees pictures or where
 * WebAssembly SIMD is missing.
 */
export async function createSaliency(data: PolicyData, options: KernelOptions = {}): Promise<Saliency> {
  return new GradientSaliency(data, await createInputGradient(data, options));
}

/** Everything that a role's policies can be asked about, in the order of the network's outputs; `"value"` last. */
export function namedOutputs({ action }: RoleSpec): readonly NamedOutput[] {
  const names = [
    ...action.continuous,
    ...action.discrete.flatMap(({ label, choices }) => choices.map((choice) => `${label}: ${choice}`)),
  ];
  return [...names.map((name, output): NamedOutput => ({ name, output })), { name: "value", output: "value" }];
}

/** @throws ConfigurationError for a name that none of the outputs has. */
export function findOutput(outputs: readonly NamedOutput[], name: string, who: string): AskedOutput {
  const found = outputs.find((output) => output.name === name);
  if (found) return found.output;
  throw new ConfigurationError(
    `${who}: needed the name of an output, came "${name}". Use one of: ${quoteAll(outputs.map((output) => output.name))}.`,
  );
}

class GradientSaliency implements Saliency {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  readonly labels: readonly string[];
  readonly outputs: readonly NamedOutput[];
  readonly gradients: Float32Array;
  readonly contributions: Float32Array;
  readonly #gradient: InputGradient;
  readonly #row: Float32Array;
  #normaliser: NormaliserState;

  constructor(data: PolicyData, gradient: InputGradient) {
    this.role = data.role;
    this.network = data.network;
    this.labels = observationLabels(data.role.observation);
    this.outputs = namedOutputs(data.role);
    this.gradients = new Float32Array(this.labels.length);
    this.contributions = new Float32Array(this.labels.length);
    this.#row = new Float32Array(this.labels.length);
    this.#gradient = gradient;
    this.#normaliser = data.normaliser;
  }

  explain(observations: Float32Array, asked: AskedOutput, row = 0): void {
    const size = this.#row.length;
    const from = row * size;
    if (!Number.isInteger(row) || row < 0 || observations.length < from + size) {
      throw new ConfigurationError(
        `Saliency: needed ${size} numbers of row ${row}, came ${observations.length} numbers in all. Give each agent ${size}.`,
      );
    }
    for (let i = 0; i < size; i++) this.#row[i] = observations[from + i];
    this.#gradient.gradient(this.#row, 1, asked, this.gradients);
    const { scaled, mean } = this.#normaliser;
    for (let i = 0; i < size; i++) {
      this.contributions[i] = this.gradients[i] * (this.#row[i] - (scaled[i] === 1 ? mean[i] : 0));
    }
  }

  assign(data: PolicyData): void {
    this.#gradient.assign(data);
    this.#normaliser = data.normaliser;
  }

  dispose(): void {
    this.#gradient.dispose();
  }
}
