// Everything that teaching a policy needs.
export * from "./decide";
export { activationGradient, biasGradient, packBackward, weightGradient } from "./gradient";
export { normaliseAdvantages, ppoLoss } from "./ppo-loss";
export { adam, sumOfSquares } from "./adam";
