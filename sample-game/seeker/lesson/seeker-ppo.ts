import type { PpoOptions } from "../../../plugin/index.ts";

/** How the golem is taught to see. */
export const seekerPpo: Omit<PpoOptions, "seed"> = {
  decisions: 160_000,
  stepsPerRollout: 64,
  minibatchSize: 256,
  epochs: 4,
  learningRate: { from: 1e-3, to: 1e-4 },
  entropyCoefficient: 0.002,
  discount: 0.98,
  gaeLambda: 0.95,
  network: {
    hidden: [64],
    activation: "tanh",
    sharedTrunk: false,
    convolutions: [
      { filters: 16, size: 4, stride: 2 },
      { filters: 32, size: 3, stride: 2 },
    ],
  },
};
