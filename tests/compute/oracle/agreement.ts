import type { PpoLearner, PpoUpdateResult, PpoUpdateSettings } from "../../../plugin/core/learner.ts";
import { layOutNetwork, type NetworkSpec } from "../../../plugin/core/network-spec.ts";
import type { NormaliserState } from "../../../plugin/core/policy.ts";
import { Random } from "../../../plugin/core/random.ts";
import type { RoleSpec } from "../../../plugin/core/role-spec.ts";
import { disposeMinibatch, uploadMinibatch } from "./minibatch.ts";
import { PpoOracle, type OracleStatistics } from "./ppo-oracle.ts";
import { randomBatch, randomParameters } from "./random-batch.ts";

/** One thing to teach, by a learner and by the oracle. */
export interface AgreementCase {
  readonly name: string;
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  /** Share of alternatives that may not be taken. Default 0. */
  readonly masked?: number;
  /** Default: whatever `AGREEMENT_SETTINGS` say. */
  readonly settings?: Partial<PpoUpdateSettings>;
  readonly normaliser?: NormaliserState;
  /** Rows of the batch. Default 153: minibatches of 32 that do not divide it. */
  readonly rows?: number;
  readonly minibatchSize?: number;
}

/** How far a learner and the oracle came apart. */
export interface Agreement {
  /** Largest difference of any parameter. */
  readonly parameters: number;
  /** Largest difference of any of Adam's moments. */
  readonly moments: number;
  /** Largest difference of any statistic, over 1 plus its size. */
  readonly statistics: number;
  /** How far the parameter that moved most has moved: agreement of what stood still is worth nothing. */
  readonly moved: number;
  /** Adam steps taken by each. */
  readonly steps: number;
}

/** Large steps, and bounds that hold back some rows and not others. */
export const AGREEMENT_SETTINGS: Omit<PpoUpdateSettings, "order"> = {
  learningRate: 1e-3,
  clipRange: 0.2,
  valueClipRange: Infinity,
  entropyCoefficient: 0.01,
  valueCoefficient: 0.5,
  maxGradientNorm: 0.5,
  targetKl: Infinity,
  normaliseAdvantages: true,
  minibatchSize: 32,
  epochs: 4,
};

/**
 * Takes the same Adam steps (by default 4 epochs of 5 minibatches) with a learner and with the oracle, from the same
 * random parameters.
 *
 * @param create - Makes the learner; it is disposed at the end.
 */
export async function measureAgreement(
  { name, role, network, masked = 0, settings = {}, normaliser, rows = 153, minibatchSize = 32 }: AgreementCase,
  create: (role: RoleSpec, network: NetworkSpec) => Promise<PpoLearner>,
): Promise<Agreement> {
  const seed = new TextEncoder().encode(name).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7);
  const parameters = randomParameters(role, network, seed);
  const oracle = new PpoOracle(role, network, parameters);
  const batch = randomBatch(role, rows, seed + 1, masked);
  const everything = uploadMinibatch(
    role,
    batch,
    Array.from({ length: rows }, (_, row) => row),
    normaliser,
  );
  const now = oracle.describe(everything);
  disposeMinibatch(everything);
  const random = new Random(seed, 2);
  for (let row = 0; row < rows; row++) {
    batch.logProbabilities[row] = now.logProbabilities[row] + 0.2 * random.normal();
    batch.values[row] = now.values[row] + 0.3 * random.normal();
  }
  const base = { ...AGREEMENT_SETTINGS, minibatchSize, ...settings };
  const update: PpoUpdateSettings = { ...base, order: shuffledOrder(rows, base.epochs, random) };

  // Step 1. The learner.
  const learner = await create(role, network);
  const size = layOutNetwork(role, network).size;
  const zeros = { firstMoments: new Float32Array(size), secondMoments: new Float32Array(size) };
  learner.writeState({ parameters, ...zeros, steps: 0 });
  if (normaliser) learner.setNormaliser(normaliser);
  const told = await learner.update(batch, update);
  const learned = await learner.readState();
  learner.dispose();

  // Step 2. The oracle.
  const statistics: OracleStatistics[] = [];
  for (let epoch = 0; epoch < update.epochs; epoch++) {
    for (let start = 0; start < rows; start += minibatchSize) {
      const end = Math.min(rows, start + minibatchSize);
      const minibatch = uploadMinibatch(
        role,
        batch,
        update.order.slice(epoch * rows + start, epoch * rows + end),
        normaliser,
      );
      statistics.push(oracle.stepAndTell(minibatch, update));
      disposeMinibatch(minibatch);
    }
  }
  const expected = oracle.network.read();
  const moments = oracle.readMoments();
  oracle.dispose();
  return {
    parameters: largestDifference(learned.parameters, expected),
    moments: Math.max(
      largestDifference(learned.firstMoments, moments.first),
      largestDifference(learned.secondMoments, moments.second),
    ),
    statistics: compareStatistics(told, statistics),
    moved: largestDifference(parameters, expected),
    steps: Math.min(learned.steps, statistics.length),
  };
}

/** Infinity where lengths differ or a number is not finite. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = Number.isFinite(difference) ? difference : Infinity;
  }
  return largest;
}

function compareStatistics(told: PpoUpdateResult, each: readonly OracleStatistics[]): number {
  let largest = told.minibatches === each.length && told.firstBad === null ? 0 : Infinity;
  for (const key of Object.keys(each[0]) as (keyof OracleStatistics)[]) {
    const mean = each.reduce((sum, one) => sum + one[key], 0) / each.length;
    largest = Math.max(largest, Math.abs(told[key] - mean) / (1 + Math.abs(mean)));
  }
  return largest;
}

function shuffledOrder(rows: number, epochs: number, random: Random): Uint32Array {
  const order = new Uint32Array(rows * epochs);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const part = order.subarray(epoch * rows, (epoch + 1) * rows);
    for (let row = 0; row < rows; row++) part[row] = row;
    random.shuffle(part);
  }
  return order;
}
