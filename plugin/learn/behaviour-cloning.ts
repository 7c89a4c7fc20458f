import { createCloneLearner, type CloneBatch, type CloneLearner } from "../compute/clone-learner.ts";
import { createPolicy } from "../compute/wasm-policy.ts";
import { breathe } from "../core/breathe.ts";
import { ConfigurationError, TrainingError } from "../core/errors.ts";
import { assertNetworkSpec, DEFAULT_NETWORK, layOutNetwork, type NetworkSpec } from "../core/network-spec.ts";
import { observationSize, unboundedFlags } from "../core/observation-spec.ts";
import { createNormaliser, type NormaliserState, type Policy, type PolicyData } from "../core/policy.ts";
import { Random } from "../core/random.ts";
import { assertCanBeShown, joinDemonstrations, type Demonstrations } from "./demonstrations.ts";

/** What a cloned policy's birth certificate says of its algorithm: its critic was taught nothing. */
export const CLONING = "behaviour cloning";

/** How to learn from what was shown. */
export interface CloningOptions {
  /** Default two hidden layers of 64 with tanh, actor and critic apart, as PPO's. */
  readonly network?: NetworkSpec;
  /** Fixes everything that is drawn by chance. Default 0. */
  readonly seed?: number;
  /** Most passes over everything that was shown. Default 200. */
  readonly epochs?: number;
  /** Rows of a minibatch, at most 256. Default 64. */
  readonly minibatchSize?: number;
  /** Adam's step size; it falls evenly to a tenth of itself. Default 1e-3. */
  readonly learningRate?: number;
  /** Share of the decisions that is not learned from but watched for overfitting, from 0 to 0.5. Default 0.15. */
  readonly validationShare?: number;
  /** Stops when the watched decisions were not met better for so many epochs. Default 20. */
  readonly patience?: number;
  /**
   * The standard deviation that numbers get is how far the clone is off on the watched decisions, but no less than this, so
   * that PPO which goes on from here still tries things out. Default 0.5: on the Yard (seed 101), PPO that went on from a clone
   * caught 85% of the thieves after 30,000 decisions with 0.5, and 50% with 0.8. It matters only where actions are drawn.
   */
  readonly leastDeviation?: number;
  /** Relaxed SIMD: faster, but not the same bits on every processor. Default false. */
  readonly fastMath?: boolean;
  /** Gives it up; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told after each epoch. */
  readonly onProgress?: (progress: CloningProgress) => void;
}

/** How cloning is doing. */
export interface CloningProgress {
  /** Passes done, and most that there will be. */
  readonly epoch: number;
  readonly epochs: number;
  /** Half the squared error of numbers plus the surprise (nats) at choices: over what is learned from, and over what is not. */
  readonly loss: number;
  readonly validationLoss: number;
  /** The epoch whose parameters are kept so far. */
  readonly bestEpoch: number;
  /** Share of the watched choices that are met, in [0, 1]; 1 without choices. */
  readonly agreement: number;
}

/** Fewer decisions than this teach nothing. */
const FEWEST_DECISIONS = 20;
/** Milliseconds of learning after which the page gets its turn: less than a frame. */
const SLICE = 8;

/**
 * Teaches a policy to do what was shown, on the kernels with which policies decide. It runs in Node, in workers, and on a page,
 * which it lets breathe every few milliseconds; `cloneInWorker` leaves the page alone altogether.
 *
 * Behaviour cloning (Pomerleau 1988): whole episodes are set aside to watch, and the parameters are kept that met those best.
 * The critic is taught nothing; let PPO go on from here with `criticWarmUp`.
 *
 * @returns A new policy; its birth certificate tells how well it met what was set aside.
 * @throws ConfigurationError for too few decisions, agents that see pictures or options that cannot work; TrainingError when
 * a number went bad.
 */
export async function cloneBehaviour(demonstrations: Demonstrations, options: CloningOptions = {}): Promise<Policy> {
  const { network = DEFAULT_NETWORK, seed = 0, signal, fastMath = false } = options;
  assertCanBeCloned(demonstrations, options);
  signal?.throwIfAborted();
  const settings = withDefaults(options);
  const { role } = demonstrations;
  const episodes = demonstrations.episodes.filter(({ decisions }) => decisions > 0);
  const batch: CloneBatch = { ...joinDemonstrations(episodes), count: countDecisions(episodes) };

  // Step 1. Set decisions aside, and measure what has no known range.
  const random = new Random(seed, 31);
  const { learned, watched } = setAside(episodes, settings.validationShare, random);
  const normaliser = measureNormaliser(demonstrations, batch);
  const learner = await createCloneLearner(role, network, { seed, fastMath });
  try {
    learner.load(batch, normaliser);

    // Step 2. Epoch after epoch, until what is watched gets no better.
    const best = await learn(learner, { learned, watched, random, settings, options });

    // Step 3. As a policy, with standard deviations as wide as it is off.
    const { logStd } = layOutNetwork(role, network);
    best.squaredErrors.forEach((squared, d) => {
      best.parameters[logStd + d] = Math.log(Math.min(1, Math.max(settings.leastDeviation, Math.sqrt(squared))));
    });
    const birth: PolicyData["birth"] = {
      algorithm: CLONING,
      seed,
      decisions: batch.count,
      device: "wasm",
      notes: { episodes: episodes.length, epochs: best.epoch, "validation loss": Number(best.loss.toPrecision(4)) },
    };
    return await createPolicy({ role, network, normaliser, parameters: best.parameters, birth }, { fastMath });
  } finally {
    learner.dispose();
  }
}

/**
 * Checks everything that `cloneBehaviour` needs, before anything is done.
 *
 * @throws ConfigurationError for too few decisions, agents that see pictures or options that cannot work.
 */
export function assertCanBeCloned({ role, episodes }: Demonstrations, options: CloningOptions): void {
  assertSettings(withDefaults(options));
  assertCanBeShown(role, "cloneBehaviour");
  assertNetworkSpec(options.network ?? DEFAULT_NETWORK, "cloneBehaviour", role);
  const shown = episodes.filter(({ decisions }) => decisions > 0);
  const count = countDecisions(shown);
  if (count >= FEWEST_DECISIONS) return;
  throw new ConfigurationError(
    `cloneBehaviour: needed at least ${FEWEST_DECISIONS} decisions, came ${count} in ${shown.length} episodes. Show it more.`,
  );
}

interface Settings {
  readonly epochs: number;
  readonly minibatchSize: number;
  readonly learningRate: number;
  readonly validationShare: number;
  readonly patience: number;
  readonly leastDeviation: number;
}

interface Best {
  epoch: number;
  loss: number;
  parameters: Float32Array;
  squaredErrors: number[];
}

interface Lesson {
  readonly learned: Uint32Array;
  readonly watched: Uint32Array;
  readonly random: Random;
  readonly settings: Settings;
  readonly options: CloningOptions;
}

async function learn(learner: CloneLearner, { learned, watched, random, settings, options }: Lesson): Promise<Best> {
  const { epochs, minibatchSize, learningRate, patience } = settings;
  const best: Best = { epoch: 0, loss: Infinity, parameters: learner.readParameters(), squaredErrors: [] };
  let breath = performance.now();
  for (let epoch = 1; epoch <= epochs && epoch - best.epoch <= patience; epoch++) {
    random.shuffle(learned);
    const rate = learningRate * (1 - (0.9 * (epoch - 1)) / epochs);
    let sum = 0;
    for (let from = 0; from < learned.length; from += minibatchSize) {
      const count = Math.min(minibatchSize, learned.length - from);
      sum += learner.step(learned, from, count, rate).loss * count;
      if (performance.now() - breath < SLICE) continue;
      await breathe();
      options.signal?.throwIfAborted();
      breath = performance.now();
    }
    const measured = learner.measure(watched);
    if (!Number.isFinite(measured.loss + sum)) {
      throw new TrainingError(
        `cloneBehaviour: needed a finite loss, came ${measured.loss + sum} in epoch ${epoch}. Lower the learning rate, or look for wild observations.`,
      );
    }
    if (measured.loss < best.loss) {
      best.epoch = epoch;
      best.loss = measured.loss;
      best.parameters = learner.readParameters();
      best.squaredErrors = Array.from(measured.squaredErrors);
    }
    options.onProgress?.({
      epoch,
      epochs,
      loss: sum / learned.length,
      validationLoss: measured.loss,
      bestEpoch: best.epoch,
      agreement: measured.agreement,
    });
  }
  return best;
}

/**
 * Splits the rows: whole episodes are set aside where there are several, else the end of the only one. Without a share, what
 * is learned is watched as well.
 */
function setAside(
  episodes: Demonstrations["episodes"],
  share: number,
  random: Random,
): { learned: Uint32Array; watched: Uint32Array } {
  const total = countDecisions(episodes);
  const isWatched = new Uint8Array(total);
  const wanted = Math.round(share * total);
  if (episodes.length === 1) isWatched.fill(1, total - wanted);
  else {
    const starts = episodes.map((_, i) => countDecisions(episodes.slice(0, i)));
    const order = Uint32Array.from(episodes, (_, i) => i);
    random.shuffle(order);
    let taken = 0;
    for (const i of order) {
      const { decisions } = episodes[i];
      // The nearest that one can come to the share with whole episodes, but never all of them.
      if (taken > 0 && taken + decisions / 2 > wanted) continue;
      if (wanted === 0 || taken + decisions >= total) continue;
      isWatched.fill(1, starts[i], starts[i] + decisions);
      taken += decisions;
      if (taken >= wanted) break;
    }
  }
  const rows = Uint32Array.from({ length: total }, (_, i) => i);
  const learned = rows.filter((row) => isWatched[row] === 0);
  const watched = rows.filter((row) => isWatched[row] === 1);
  return { learned, watched: watched.length > 0 ? watched : learned };
}

/** Mean and variance of observations without a known range, over everything that was shown. */
function measureNormaliser({ role }: Demonstrations, { count, observations }: CloneBatch): NormaliserState {
  const state = createNormaliser(unboundedFlags(role.observation));
  if (!state.scaled.includes(1)) return state;
  const size = observationSize(role.observation);
  for (let i = 0; i < size; i++) {
    if (state.scaled[i] === 0) continue;
    let sum = 0;
    for (let row = 0; row < count; row++) sum += observations[row * size + i];
    const mean = sum / count;
    let squares = 0;
    for (let row = 0; row < count; row++) squares += (observations[row * size + i] - mean) ** 2;
    state.mean[i] = mean;
    state.variance[i] = squares / count;
  }
  return { ...state, count };
}

function countDecisions(episodes: Demonstrations["episodes"]): number {
  return episodes.reduce((sum, { decisions }) => sum + decisions, 0);
}

function withDefaults(options: CloningOptions): Settings {
  return {
    epochs: 200,
    minibatchSize: 64,
    learningRate: 1e-3,
    validationShare: 0.15,
    patience: 20,
    leastDeviation: 0.5,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  };
}

function assertSettings(settings: Settings): void {
  const whole = (most: number) => (value: number) => Number.isInteger(value) && value >= 1 && value <= most;
  const rules = [
    ["epochs", whole(100_000), "a whole number from 1 to 100000"],
    ["minibatchSize", whole(256), "a whole number from 1 to 256"],
    ["patience", whole(100_000), "a whole number from 1 to 100000"],
    ["learningRate", (value: number) => value > 0 && value < 1, "a number between 0 and 1"],
    ["validationShare", (value: number) => value >= 0 && value <= 0.5, "a number from 0 to 0.5"],
    ["leastDeviation", (value: number) => value >= 1e-3 && value <= 1, "a number from 0.001 to 1"],
  ] as const;
  for (const [name, holds, needed] of rules) {
    if (holds(settings[name])) continue;
    throw new ConfigurationError(
      `cloneBehaviour: ${name} needs ${needed}, came ${settings[name]}. Change it or leave it out.`,
    );
  }
}
