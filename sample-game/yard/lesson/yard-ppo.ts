import type { PpoOptions } from "../../../plugin/index.ts";

/** How golems are taught, in Node and in the game. */
export const yardPpo: Omit<PpoOptions, "seed"> = {
  decisions: 600_000,
  stepsPerRollout: 64,
  minibatchSize: 256,
  epochs: 4,
  learningRate: { from: 1e-3, to: 1e-4 },
  entropyCoefficient: { from: 0.003, to: 0 },
  discount: 0.985,
  gaeLambda: 0.95,
  rewardScale: 1,
  network: { hidden: [64, 64], activation: "tanh", sharedTrunk: false },
};
