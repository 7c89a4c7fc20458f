import type { Saliency } from "../../plugin/compute/saliency.ts";
import { ACTIVATIONS } from "../../plugin/core/network-spec.ts";
import { observationSize, vectorObservation } from "../../plugin/core/observation-spec.ts";
import { createNormaliser, type PolicyData } from "../../plugin/core/policy.ts";
import { Random } from "../../plugin/core/random.ts";
import { syntheticRole } from "./oracle/random-batch.ts";
import { plainForward, randomPolicy } from "./plain-network.ts";

/** A policy to be explained, and observations that it has never seen. */
export interface SaliencySubject {
  readonly data: PolicyData;
  readonly rows: number;
  /** [rows, observation]. */
  readonly observations: Float32Array;
}

/** Draws a network of any shape and kind, a normaliser for half of them, and a few observations. */
export function drawSubject(seed: number): SaliencySubject {
  const random = new Random(seed, 5);
  const width = 1 + random.integer(24);
  const kinds = ["numbers", "choices", "both"] as const;
  const kind = kinds[seed % 3];
  const continuous = kind === "choices" ? 0 : 1 + random.integer(4);
  const branches = kind === "numbers" ? [] : Array.from({ length: 1 + random.integer(3) }, () => 2 + random.integer(4));
  const role = syntheticRole(width, continuous, branches);
  const network = {
    hidden: Array.from({ length: 1 + random.integer(3) }, () => 1 + random.integer(40)),
    activation: ACTIVATIONS[seed % ACTIVATIONS.length],
    sharedTrunk: random.uniform() < 0.5,
  };
  const rows = 3;
  if (seed % 2 === 0) {
    const observations = Float32Array.from({ length: rows * width }, () => random.normal());
    return { data: randomPolicy(role, network, seed), rows, observations };
  }
  const labels = Array.from({ length: width }, (_, i) => `observation ${i}`);
  const unbounded = labels.filter(() => random.uniform() < 0.7);
  const normaliser = {
    ...createNormaliser(
      Uint8Array.from(labels, (label) => (unbounded.includes(label) ? 1 : 0)),
      3,
    ),
    mean: Float32Array.from(labels, (label) => (unbounded.includes(label) ? 20 * random.normal() : 0)),
    variance: Float32Array.from(labels, (label) => (unbounded.includes(label) ? 0.01 + 30 * random.uniform() : 1)),
  };
  // A few deviations around the mean, so that the normaliser clips now and then.
  const observations = Float32Array.from({ length: rows * width }, (_, at) => {
    const i = at % width;
    return normaliser.mean[i] + 1.6 * random.normal() * Math.sqrt(normaliser.variance[i]);
  });
  const observation = vectorObservation(labels, unbounded);
  return { data: randomPolicy({ ...role, observation }, network, seed, { normaliser }), rows, observations };
}

/**
 * The largest difference between contributions and those by central finite differences of a plain forward pass in float64,
 * over all outputs and rows, as a share of the largest contribution of its row.
 */
export function worstSaliencyError(
  saliency: Saliency,
  data: PolicyData,
  observations: Float32Array,
  rows: number,
): number {
  const width = observationSize(data.role.observation);
  let worst = 0;
  for (let row = 0; row < rows; row++) {
    const observation = Array.from(observations.subarray(row * width, (row + 1) * width));
    for (const { output } of saliency.outputs) {
      saliency.explain(observations, output, row);
      const expected = differences(data, observation, output);
      const size = Math.max(1e-3, ...expected.map(Math.abs));
      for (let i = 0; i < width; i++) worst = Math.max(worst, Math.abs(expected[i] - saliency.contributions[i]) / size);
    }
  }
  return worst;
}

function differences(data: PolicyData, observation: readonly number[], output: number | "value"): number[] {
  const { scaled, mean, variance } = data.normaliser;
  const result = (row: readonly number[]): number => {
    const { heads, value } = plainForward(data, row);
    return output === "value" ? value : heads[output];
  };
  return observation.map((raw, i) => {
    const step = 1e-6 * (scaled[i] === 1 ? Math.sqrt(variance[i]) : 1);
    const moved = [raw + step, raw - step].map((changed) => result(observation.with(i, changed)));
    return ((moved[0] - moved[1]) / (2 * step)) * (raw - (scaled[i] === 1 ? mean[i] : 0));
  });
}
