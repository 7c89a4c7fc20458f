import { SMALL_ENCODER, type PpoOptions } from "../../../plugin/index.ts";

/** How the golem is taught to find its way. */
export const mazePpo: Omit<PpoOptions, "seed"> = {
  decisions: 400_000,
  stepsPerRollout: 64,
  minibatchSize: 256,
  epochs: 4,
  learningRate: { from: 1e-3, to: 1e-4 },
  entropyCoefficient: { from: 0.01, to: 0.001 },
  discount: 0.98,
  gaeLambda: 0.95,
  network: { hidden: [64], activation: "tanh", sharedTrunk: false, convolutions: SMALL_ENCODER },
};
