import { layOutNetwork, type NetworkSpec } from "../../../plugin/core/network-spec.ts";
import type { PpoBatch, PpoLearner, PpoUpdateSettings } from "../../../plugin/core/learner.ts";
import type { RoleSpec } from "../../../plugin/core/role-spec.ts";
import { AGREEMENT_SETTINGS } from "../../compute/oracle/agreement.ts";
import { randomBatch, randomParameters, syntheticRole } from "../../compute/oracle/random-batch.ts";

/** One PPO minibatch that every contender steps on. */
export interface MinibatchWork {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  readonly parameters: Float32Array;
  readonly batch: PpoBatch;
  readonly settings: PpoUpdateSettings;
  /** Additions and multiplications in the matrix products of one step: what no implementation can leave out. */
  readonly operations: number;
}

/** The shapes of the gates: width of both hidden layers, rows of a minibatch. */
export const SHAPES = [
  { width: 64, rows: 64 },
  { width: 64, rows: 256 },
  { width: 256, rows: 256 },
] as const;

/** A continuous task with 16 observations and 4 actions, 2 hidden layers with tanh, actor and critic apart. */
export function minibatchWork(width: number, rows: number): MinibatchWork {
  const role = syntheticRole(16, 4);
  const network: NetworkSpec = { hidden: [width, width], activation: "tanh", sharedTrunk: false };
  return {
    role,
    network,
    parameters: randomParameters(role, network, 1),
    batch: randomBatch(role, rows, 2),
    settings: {
      ...AGREEMENT_SETTINGS,
      learningRate: 3e-4,
      minibatchSize: rows,
      epochs: 1,
      order: Uint32Array.from({ length: rows }, (_, row) => row),
    },
    operations: rows * operationsPerRow(role, network),
  };
}

/** Lets a learner begin where every contender begins. */
export function placeAtStart(learner: PpoLearner, { parameters }: MinibatchWork): void {
  const zeros = (): Float32Array => new Float32Array(parameters.length);
  learner.writeState({ parameters, firstMoments: zeros(), secondMoments: zeros(), steps: 0 });
}

/**
 * The same work with a learning rate of 0. Thousands of steps on one minibatch would otherwise end in numbers that no
 * training sees: ratios below 1e-38, with which processors multiply ten times slower.
 */
export function standingStill(settings: PpoUpdateSettings): PpoUpdateSettings {
  return { ...settings, learningRate: 0 };
}

/** Each layer once forward, once for its weights' gradient and, but for the first layers, once for its inputs'. */
function operationsPerRow(role: RoleSpec, network: NetworkSpec): number {
  const layout = layOutNetwork(role, network);
  return [layout.actor, layout.critic]
    .flatMap((layers) => layers.map(({ inputs, outputs }, index) => 2 * inputs * outputs * (index === 0 ? 2 : 3)))
    .reduce((sum, one) => sum + one);
}
