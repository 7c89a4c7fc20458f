import type { PpoOptions } from "../../../plugin/index.ts";

/** How golems are taught, in Node and in the game. */
export const yardPpo: Omit<PpoOptions, "seed"> = {
  decisions: 800_000,
  stepsPerRollout: 128,
  minibatchSize: 512,
  epochs: 4,
  learningRate: { from: 6e-4, to: 5e-5 },
  entropyCoefficient: { from: 0.003, to: 0 },
  discount: 0.985,
  gaeLambda: 0.95,
  rewardScale: 1,
  network: { hidden: [64, 64], activation: "tanh", sharedTrunk: false },
};
