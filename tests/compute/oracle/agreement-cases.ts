import type { Activation, NetworkSpec } from "../../../plugin/core/network-spec.ts";
import type { AgreementCase } from "./agreement.ts";
import { syntheticRole } from "./random-batch.ts";

function net(hidden: readonly number[], activation: Activation = "tanh", sharedTrunk = false): NetworkSpec {
  return { hidden, activation, sharedTrunk };
}

/** Every kind of loss, with the network of most published results. */
export const LOSS_CASES: readonly AgreementCase[] = [
  { name: "continuous", role: syntheticRole(17, 6), network: net([64, 64]) },
  { name: "discrete", role: syntheticRole(8, 0, [4]), network: net([64, 64]) },
  { name: "several branches", role: syntheticRole(12, 0, [3, 2, 5]), network: net([64, 64]) },
  { name: "masked", role: syntheticRole(12, 0, [3, 6, 2]), network: net([64, 64]), masked: 0.5 },
  { name: "both", role: syntheticRole(24, 2, [3, 4]), network: net([64, 64]), masked: 0.3 },
];

/** Every kind of network, and every setting that changes a formula. */
export const NETWORK_CASES: readonly AgreementCase[] = [
  { name: "linear, 1 layer", role: syntheticRole(5, 2), network: net([16], "linear") },
  { name: "ReLU, 2 layers", role: syntheticRole(9, 0, [3]), network: net([32, 24], "relu") },
  { name: "leaky ReLU, 3 layers", role: syntheticRole(9, 1, [2]), network: net([32, 24, 16], "leakyRelu") },
  { name: "SiLU, 4 layers", role: syntheticRole(10, 3), network: net([24, 16, 16, 8], "silu") },
  { name: "tanh, shared trunk", role: syntheticRole(11, 2, [3]), network: net([32, 32], "tanh", true) },
  { name: "SiLU, shared trunk", role: syntheticRole(6, 0, [2, 2]), network: net([20, 12, 8], "silu", true) },
  { name: "ReLU, shared trunk, 1 layer", role: syntheticRole(6, 1), network: net([40], "relu", true) },
  { name: "odd widths", role: syntheticRole(7, 3, [5, 3]), network: net([33, 17, 5]), masked: 0.3 },
  {
    name: "odd widths, shared trunk, 4 layers",
    role: syntheticRole(13, 1, [7]),
    network: net([9, 31, 3, 11], "leakyRelu", true),
  },
  { name: "widths of 1", role: syntheticRole(1, 1), network: net([1, 1]) },
  { name: "130 wide", role: syntheticRole(70, 4), network: net([130, 70]) },
  { name: "clipped values", role: syntheticRole(8, 2), network: net([32, 32]), settings: { valueClipRange: 0.2 } },
  {
    name: "clipped values, shared trunk",
    role: syntheticRole(8, 0, [3]),
    network: net([32], "tanh", true),
    settings: { valueClipRange: 0.2 },
  },
  {
    name: "advantages as they are",
    role: syntheticRole(8, 0, [3]),
    network: net([32, 32]),
    settings: { normaliseAdvantages: false },
  },
  {
    name: "gradient not clipped",
    role: syntheticRole(8, 2),
    network: net([32, 32]),
    settings: { maxGradientNorm: Infinity },
  },
  {
    name: "much entropy",
    role: syntheticRole(8, 2, [4]),
    network: net([32, 32]),
    settings: { entropyCoefficient: 0.5 },
    masked: 0.4,
  },
  { name: "minibatches of 7", role: syntheticRole(8, 2), network: net([32, 32]), rows: 33, minibatchSize: 7 },
  { name: "minibatches of 64", role: syntheticRole(8, 2, [3]), network: net([32, 32]), rows: 320, minibatchSize: 64 },
  {
    name: "normalised observations",
    role: syntheticRole(5, 2),
    network: net([32, 32]),
    normaliser: {
      count: 100,
      mean: Float32Array.of(0.5, 0, -1, 0, 2),
      variance: Float32Array.of(4, 1, 0.25, 1, 0.01),
      clip: 3,
      scaled: Uint8Array.of(1, 0, 1, 0, 1),
    },
  },
];
