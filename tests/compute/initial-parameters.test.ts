import { describe, expect, it } from "vitest";
import { initialParameters, orthogonalMatrix } from "../../plugin/compute/initial-parameters.ts";
import { layOutNetwork, type LayerLayout, type NetworkSpec } from "../../plugin/core/network-spec.ts";
import { Random } from "../../plugin/core/random.ts";
import { syntheticRole } from "./oracle/random-batch.ts";

const ROLE = syntheticRole(6, 2, [3]);
const NETWORK: NetworkSpec = { hidden: [9, 4], activation: "tanh", sharedTrunk: false };
const LAYOUT = layOutNetwork(ROLE, NETWORK);

/** The largest distance of the products of a layer's rows (or columns, where there are fewer) from gain² · identity. */
function farFromOrthogonal(parameters: Float32Array, layer: LayerLayout, gain: number): number {
  const { inputs, outputs, weights } = layer;
  const isTall = outputs > inputs;
  const count = Math.min(inputs, outputs);
  const length = Math.max(inputs, outputs);
  const at = (vector: number, i: number): number =>
    parameters[weights + (isTall ? i * inputs + vector : vector * inputs + i)];
  let worst = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      let product = 0;
      for (let i = 0; i < length; i++) product += at(a, i) * at(b, i);
      worst = Math.max(worst, Math.abs(product - (a === b ? gain * gain : 0)));
    }
  }
  return worst;
}

describe("Initial parameters", () => {
  const parameters = initialParameters(ROLE, NETWORK, 3);

  it.each([
    ["the actor's first layer, taller than wide", LAYOUT.actor[0], Math.SQRT2],
    ["the actor's second layer, wider than tall", LAYOUT.actor[1], Math.SQRT2],
    ["the actor's last layer", LAYOUT.actor[2], 0.01],
    ["the critic's first layer", LAYOUT.critic[0], Math.SQRT2],
    ["the critic's last layer", LAYOUT.critic[2], 1],
  ])("are orthogonal, with the layer's gain: %s", (_what, layer, gain) => {
    expect(farFromOrthogonal(parameters, layer, gain)).toBeLessThan(1e-6 * gain);
  });

  it("have no biases, and standard deviations of 1", () => {
    const zeros = [...LAYOUT.actor, ...LAYOUT.critic].flatMap(({ biases, outputs }) => [
      ...parameters.subarray(biases, biases + outputs),
    ]);
    expect(zeros.every((value) => value === 0)).toBe(true);
    expect([...parameters.subarray(LAYOUT.logStd, LAYOUT.logStd + 2)]).toEqual([0, 0]);
  });

  it("are the same for the same seed, and others for another", () => {
    expect(initialParameters(ROLE, NETWORK, 3)).toEqual(parameters);
    expect(initialParameters(ROLE, NETWORK, 4)).not.toEqual(parameters);
  });

  it("give actor and critic weights of their own", () => {
    const first = (layer: LayerLayout): Float32Array => parameters.slice(layer.weights, layer.biases);
    expect(first(LAYOUT.actor[0])).not.toEqual(first(LAYOUT.critic[0]));
  });
});

describe("An orthogonal matrix", () => {
  it("stays orthonormal at the largest width", () => {
    const matrix = orthogonalMatrix(256, 256, new Random(1));
    const parameters = Float32Array.from(matrix);
    const layer: LayerLayout = { name: "wide", inputs: 256, outputs: 256, weights: 0, biases: 65536 };
    expect(farFromOrthogonal(parameters, layer, 1)).toBeLessThan(1e-6);
  });
});
