import { choiceCount } from "../core/action-spec.ts";
import type { PpoBatch, PpoLearner, PpoUpdateResult, PpoUpdateSettings } from "../core/learner.ts";
import { imageSize, observationSize } from "../core/observation-spec.ts";
import { Random } from "../core/random.ts";
import type { RoleSpec } from "../core/role-spec.ts";
import type { PpoSettings } from "./ppo.ts";
import { scheduled } from "./schedule.ts";

/** Most minibatches that a sample update has: chosen so that a fixed cost of 2 ms shows against minibatches of 0.1 ms. */
const MOST_MINIBATCHES = 16;
/** How often a time is taken at most; the least counts, since other work only adds to it. */
const REPEATS = 3;

/** What a run's updates look like. */
export interface UpdateShape {
  readonly role: RoleSpec;
  readonly settings: PpoSettings;
  /** Of all workers' rollouts together. */
  readonly rows: number;
}

/** How a learner did. */
export interface LearnerMeasurement {
  /** Of a whole update of that shape, estimated. */
  readonly milliseconds: number;
  /** Of the first minibatch of made-up rows: the same for everybody who computes the same. */
  readonly result: PpoUpdateResult;
}

/**
 * Estimates how long a learner takes for an update: from updates of one and of a few minibatches with made-up rows, since an
 * update costs something by itself, and something for each minibatch. The learner is left as it was.
 *
 * @param budget - Milliseconds after which nothing more is begun; one minibatch is tried at least.
 */
export async function measureLearner(
  learner: PpoLearner,
  shape: UpdateShape,
  budget: number,
): Promise<LearnerMeasurement> {
  const { epochs, minibatchSize } = shape.settings;
  const perMinibatch = Math.min(minibatchSize, shape.rows);
  const fitting = Math.max(1, Math.min(MOST_MINIBATCHES, Math.floor(shape.rows / perMinibatch)));
  const batch = inventBatch(shape.role, fitting * perMinibatch);
  const settings = sampleSettings(shape, batch.count);
  const state = await learner.readState();
  const start = performance.now();
  const isOver = (): boolean => performance.now() - start > budget;
  const time = async (minibatches: number): Promise<number> => {
    const from = performance.now();
    await learner.update({ ...batch, count: minibatches * perMinibatch }, settings);
    return performance.now() - from;
  };
  const best = async (minibatches: number): Promise<number> => {
    let least = await time(minibatches);
    for (let i = 1; i < REPEATS && !isOver(); i++) least = Math.min(least, await time(minibatches));
    return least;
  };

  // Step 1. One to warm up, which counts only if it leaves no time for another.
  const result = await learner.update({ ...batch, count: perMinibatch }, settings);
  const one = isOver() ? performance.now() - start : await best(1);

  // Step 2. As many as fit into what is left of the budget, twice.
  const left = budget - (performance.now() - start);
  const several = Math.min(fitting, Math.floor(left / 2 / one));
  const each = several < 2 ? one : Math.max(0, ((await best(several)) - one) / (several - 1));
  learner.writeState(state);

  const total = epochs * Math.ceil(shape.rows / perMinibatch);
  return { milliseconds: one + (total - 1) * each, result };
}

/** The run's own settings, but for one epoch that neither moves parameters nor ends early. */
function sampleSettings({ settings }: UpdateShape, rows: number): PpoUpdateSettings {
  return {
    ...settings,
    learningRate: 0,
    clipRange: scheduled(settings.clipRange, 0),
    entropyCoefficient: scheduled(settings.entropyCoefficient, 0),
    targetKl: Number.POSITIVE_INFINITY,
    epochs: 1,
    order: Uint32Array.from({ length: rows }, (_, row) => row),
  };
}

/** Rows that an untaught policy could have made; always the same ones. */
function inventBatch(role: RoleSpec, rows: number): PpoBatch {
  const random = new Random(0, 9);
  const { continuous, discrete } = role.action;
  const normals = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal());
  const actions = normals(rows * continuous.length);
  const likelihood = discrete.reduce((sum, { choices }) => sum - Math.log(choices.length), 0);
  const logProbabilities = new Float32Array(rows).map((_, row) => {
    let sum = likelihood;
    for (let i = 0; i < continuous.length; i++) sum -= actions[row * continuous.length + i] ** 2 / 2 + HALF_LN_2_PI;
    return sum;
  });
  return {
    count: rows,
    observations: normals(rows * observationSize(role.observation)),
    images: new Uint8Array(rows * imageSize(role.observation)).map((_, i) => i * 37),
    continuous: actions,
    discrete: Int32Array.from({ length: rows * discrete.length }, (_, i) => {
      const { choices } = discrete[i % discrete.length];
      return random.uint32() % choices.length;
    }),
    masks: new Uint8Array(rows * choiceCount(role.action)).fill(1),
    logProbabilities,
    values: normals(rows),
    advantages: normals(rows),
    returns: normals(rows),
  };
}

const HALF_LN_2_PI = 0.9189385332046727;
