import type { PpoOptions } from "../../../plugin/index.ts";

/**
 * How the golem is taught to find its way.
 *
 * The second convolution goes in steps of two fields, as crossings do, so that it always has four of them before it.
 */
export const mazePpo: Omit<PpoOptions, "seed"> = {
  decisions: 450_000,
  stepsPerRollout: 64,
  minibatchSize: 256,
  epochs: 4,
  learningRate: { from: 1e-3, to: 1e-4 },
  entropyCoefficient: { from: 0.01, to: 0 },
  discount: 0.98,
  gaeLambda: 0.95,
  network: {
    hidden: [64],
    activation: "tanh",
    sharedTrunk: false,
    convolutions: [
      { filters: 16, size: 3, stride: 1 },
      { filters: 32, size: 3, stride: 2 },
    ],
  },
};
