import { ConfigurationError, TrainingError } from "../core/errors.ts";
import { choiceCount } from "../core/action-spec.ts";
import type { Device, LearnerState, PpoBatch, PpoLearner, PpoUpdateResult } from "../core/learner.ts";
import { assertNetworkSpec, DEFAULT_NETWORK, type NetworkSpec } from "../core/network-spec.ts";
import { imageSize, observationSize, unboundedFlags } from "../core/observation-spec.ts";
import { createNormaliser, type NormaliserState, type PolicyData } from "../core/policy.ts";
import { Random } from "../core/random.ts";
import { estimateAdvantages, explainedVariance } from "./advantages.ts";
import type { Rollout } from "./rollout.ts";
import { updateNormaliser } from "./running-normaliser.ts";
import { scheduled, type Schedule } from "./schedule.ts";

/** A weight beyond this has exploded: chosen so that the next layers' sums stay finite. */
const LARGEST_WEIGHT = 1e6;

const DEVICES: readonly (Device | "auto")[] = ["auto", "wasm", "webgpu", "tfjs"];

/** What PPO can be set with. Names as in Schulman et al. 2017; defaults suit lessons with a few dozen agents. */
export interface PpoOptions {
  /** Fixes everything that is drawn by chance. Default 0. */
  readonly seed?: number;
  /** How many decisions to learn from in all; schedules end there. Default 500,000. */
  readonly decisions?: number;
  /** Steps of every agent between two updates. Default 128. */
  readonly stepsPerRollout?: number;
  /** Rows of a minibatch. Default 256. */
  readonly minibatchSize?: number;
  /** Passes over each rollout. Default 4. */
  readonly epochs?: number;
  /** Adam's step size. Default falls from 3e-4 to 0. */
  readonly learningRate?: Schedule;
  /** How far the new policy's probabilities may move from the old one's. Default 0.2. */
  readonly clipRange?: Schedule;
  /** How far the critic may move from its old estimate. Default unlimited. */
  readonly valueClipRange?: number;
  /** How strongly undecided policies are rewarded. Default 0.001. */
  readonly entropyCoefficient?: Schedule;
  /** Weight of the critic's loss. Default 0.5. */
  readonly valueCoefficient?: number;
  /** The gradient's global norm is scaled down to this. Default 0.5. */
  readonly maxGradientNorm?: number;
  /** An update ends when its policy has diverged this far from the old one. Default never. */
  readonly targetKl?: number;
  /** How much a reward is worth one decision later, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** 0 trusts the critic, 1 trusts the rewards, in [0, 1]. Default 0.95. */
  readonly gaeLambda?: number;
  /** Whether advantages get mean 0 and standard deviation 1 within each minibatch. Default true. */
  readonly normaliseAdvantages?: boolean;
  /** Rewards are multiplied by this before learning; reported returns are not. Default 1. */
  readonly rewardScale?: number;
  /**
   * From the first so many decisions only the critic learns: for runs that start from a cloned policy, whose critic knows nothing and
   * would lead the actor astray. With a shared trunk the actor moves a little all the same. Default 0.
   */
  readonly criticWarmUp?: number;
  /** Default two hidden layers of 64 with tanh, actor and critic apart. */
  readonly network?: NetworkSpec;
  /** Relaxed SIMD: faster, but not the same bits on every processor. Default false. */
  readonly fastMath?: boolean;
  /**
   * Where to learn; `"auto"` measures at the start and takes the fastest. Default what repeats bit for bit: `"wasm"` for
   * numbers, `"tfjs"` where there are pictures.
   */
  readonly device?: Device | "auto";
}

/** PPO's options with every default filled in: plain data, to be sent to workers and stored in checkpoints. */
export interface PpoSettings extends Required<Omit<PpoOptions, "device">> {
  readonly algorithm: "ppo";
  /** Undefined leaves the choice to what is observed. */
  readonly device?: Device | "auto" | undefined;
}

/** What one update tells about the run. */
export interface PpoStatistics extends Omit<PpoUpdateResult, "firstBad"> {
  /** Share of the returns' variance that the critic explained, at most 1; NaN when returns do not vary. */
  readonly explainedVariance: number;
  readonly learningRate: number;
}

/** Everything that a run needs to go on later, besides its environment. */
export interface PpoState {
  readonly learner: LearnerState;
  readonly normaliser: NormaliserState;
  readonly decisions: number;
  readonly updates: number;
}

/**
 * Settings for proximal policy optimisation.
 *
 * @throws ConfigurationError for a number outside its range.
 */
export function ppo(options: PpoOptions = {}): PpoSettings {
  const settings: PpoSettings = {
    algorithm: "ppo",
    seed: 0,
    decisions: 500_000,
    stepsPerRollout: 128,
    minibatchSize: 256,
    epochs: 4,
    learningRate: { from: 3e-4, to: 0 },
    clipRange: 0.2,
    valueClipRange: Number.POSITIVE_INFINITY,
    entropyCoefficient: 0.001,
    valueCoefficient: 0.5,
    maxGradientNorm: 0.5,
    targetKl: Number.POSITIVE_INFINITY,
    discount: 0.99,
    gaeLambda: 0.95,
    normaliseAdvantages: true,
    rewardScale: 1,
    criticWarmUp: 0,
    network: DEFAULT_NETWORK,
    fastMath: false,
    ...options,
  };
  assertNetworkSpec(settings.network, "ppo");
  for (const name of ["decisions", "stepsPerRollout", "minibatchSize", "epochs"] as const) {
    assertOption(
      name,
      settings[name],
      Number.isInteger(settings[name]) && settings[name] >= 1,
      "a whole number above 0",
    );
  }
  const { criticWarmUp } = settings;
  const isCount = Number.isInteger(criticWarmUp) && criticWarmUp >= 0;
  assertOption("criticWarmUp", criticWarmUp, isCount, "a whole number of at least 0");
  for (const name of ["discount", "gaeLambda"] as const) {
    const value: unknown = settings[name];
    assertOption(name, value, typeof value === "number" && value >= 0 && value <= 1, "a number in [0, 1]");
  }
  for (const name of ["valueClipRange", "valueCoefficient", "maxGradientNorm", "targetKl", "rewardScale"] as const) {
    const value: unknown = settings[name];
    assertOption(name, value, typeof value === "number" && value > 0, "a number above 0");
  }
  for (const name of ["normaliseAdvantages", "fastMath"] as const) {
    assertOption(name, settings[name], typeof settings[name] === "boolean", "true or false");
  }
  for (const name of ["learningRate", "clipRange", "entropyCoefficient"] as const) {
    for (const at of [0, 1]) {
      const value = scheduled(settings[name], at);
      assertOption(name, value, value >= 0 && Number.isFinite(value), "a number of at least 0");
    }
  }
  if (settings.device !== undefined) {
    assertOption("device", settings.device, DEVICES.includes(settings.device), `one of ${DEVICES.join(", ")}`);
  }
  assertOption("seed", settings.seed, Number.isFinite(settings.seed), "a number");
  return settings;
}

function assertOption(name: string, value: unknown, holds: boolean, needed: string): void {
  if (!holds)
    throw new ConfigurationError(`ppo: ${name} needs ${needed}, came ${String(value)}. Change it or leave it out.`);
}

/**
 * Proximal policy optimisation with a clipped surrogate, Schulman et al. 2017, https://arxiv.org/abs/1707.06347v2.
 *
 * Follows the thirteen core details of "The 37 Implementation Details of PPO" (Huang et al. 2022): many environments at
 * once (1), orthogonal initialisation (2), Adam with ε = 1e-5 (3), learning rates that fall (4), generalised advantages (5),
 * shuffled minibatches (6), advantages normalised within them (7), the clipped surrogate (8), optional value clipping (9),
 * entropy bonus (10), global-norm clipping (11), statistics (12), separate or shared networks (13). It differs where
 * a time limit cuts an episode off: the future is kept. Networks, gradients and Adam are the learner's business.
 */
export class Ppo {
  readonly settings: PpoSettings;
  readonly learner: PpoLearner;
  #normaliser: NormaliserState;
  #decisions = 0;
  #updates = 0;
  #batch: PpoBatch | null = null;
  #order = new Uint32Array(0);
  #parameters: Float32Array;

  private constructor(learner: PpoLearner, settings: PpoSettings, parameters: Float32Array) {
    this.learner = learner;
    this.settings = settings;
    this.#parameters = parameters;
    this.#normaliser = createNormaliser(unboundedFlags(learner.role.observation));
  }

  static async create(learner: PpoLearner, settings: PpoSettings): Promise<Ppo> {
    return new Ppo(learner, settings, (await learner.readState()).parameters);
  }

  /** Decisions learned from so far. */
  get decisions(): number {
    return this.#decisions;
  }

  /** Updates made so far; also the number of the next rollout. */
  get updates(): number {
    return this.#updates;
  }

  /** The newest good policy as data. */
  policyData(): PolicyData {
    const { role, network, device } = this.learner;
    const { seed } = this.settings;
    const birth = { algorithm: "ppo", seed, decisions: this.#decisions, device };
    return { role, network, normaliser: this.#normaliser, parameters: this.#parameters, birth };
  }

  /**
   * Learns from rollouts that the newest policy has just made.
   *
   * @throws TrainingError naming the first quantity that went bad; `policyData` stays the last good one.
   */
  async learn(rollouts: readonly Rollout[]): Promise<PpoStatistics> {
    const { settings } = this;
    const progress = Math.min(1, this.#decisions / settings.decisions);

    // Step 1. Advantages and returns; all rollouts become one batch of rows.
    const batch = this.#gather(rollouts);
    if (batch.count === 0) {
      throw new TrainingError(
        "ppo: needed at least 1 active agent in a rollout, came none. Set active where a slot holds an agent.",
      );
    }
    const explained = explainedVariance(batch.values, batch.returns, batch.count);

    // Step 2. A fresh random order of the rows for every epoch.
    const isWarmingUp = this.#decisions < settings.criticWarmUp;
    const length = settings.epochs * batch.count;
    if (this.#order.length !== length) this.#order = new Uint32Array(length);
    const random = new Random(settings.seed, 0x8000_0000 + this.#updates);
    for (let epoch = 0; epoch < settings.epochs; epoch++) {
      const rows = this.#order.subarray(epoch * batch.count, (epoch + 1) * batch.count);
      for (let i = 0; i < rows.length; i++) rows[i] = i;
      random.shuffle(rows);
    }

    // Step 3. All epochs and minibatches. Without advantages and entropy nothing draws at the actor.
    if (isWarmingUp) batch.advantages.fill(0, 0, batch.count);
    const learningRate = scheduled(settings.learningRate, progress);
    const { firstBad, ...result } = await this.learner.update(batch, {
      ...settings,
      learningRate,
      clipRange: scheduled(settings.clipRange, progress),
      entropyCoefficient: isWarmingUp ? 0 : scheduled(settings.entropyCoefficient, progress),
      order: this.#order,
    });
    if (firstBad) throw this.#failure(firstBad);

    // Step 4. The networks have moved; only now may the scaling of observations.
    const { parameters } = await this.learner.readState();
    const isSound = parameters.every((parameter) => Math.abs(parameter) < LARGEST_WEIGHT);
    if (!isSound) throw this.#failure("size of the weights");
    this.#decisions += batch.count;
    this.#updates += 1;
    this.#parameters = parameters;
    this.#normaliser = updateNormaliser(this.#normaliser, rollouts);
    this.learner.setNormaliser(this.#normaliser);
    return { ...result, explainedVariance: explained, learningRate };
  }

  /** Everything needed to go on later. */
  async state(): Promise<PpoState> {
    return {
      learner: await this.learner.readState(),
      normaliser: this.#normaliser,
      decisions: this.#decisions,
      updates: this.#updates,
    };
  }

  /** Goes on from a stored state. */
  restore(state: PpoState): void {
    this.learner.writeState(state.learner);
    this.learner.setNormaliser(state.normaliser);
    this.#parameters = state.learner.parameters;
    this.#normaliser = state.normaliser;
    this.#decisions = state.decisions;
    this.#updates = state.updates;
  }

  /** Starts from another policy's parameters instead of random ones. */
  startFrom(policy: PolicyData): void {
    const zeros = new Float32Array(policy.parameters.length);
    const learner = { parameters: policy.parameters, firstMoments: zeros, secondMoments: zeros, steps: 0 };
    this.restore({ learner, normaliser: policy.normaliser, decisions: this.#decisions, updates: this.#updates });
  }

  #failure(quantity: string): TrainingError {
    return new TrainingError(
      `ppo: the ${quantity} needs a finite number, came none after ${this.#decisions} decisions. The last good policy is kept; lower the learning rate or look for wildly scaled rewards and observations.`,
      { symptom: { rule: "not-a-number", kind: "learning", about: quantity } },
    );
  }

  /** Joins rollouts in their order, without the rows of inactive slots. */
  #gather(rollouts: readonly Rollout[]): PpoBatch {
    const { role } = this.learner;
    const widths = {
      observations: observationSize(role.observation),
      images: imageSize(role.observation),
      continuous: role.action.continuous.length,
      discrete: role.action.discrete.length,
      masks: choiceCount(role.action),
    };
    let rows = 0;
    for (const rollout of rollouts) rows += rollout.steps * rollout.agents;
    let batch = this.#batch;
    if (!batch || batch.returns.length < rows) batch = allocateBatch(rows, widths);
    let count = 0;
    for (const rollout of rollouts) {
      const size = rollout.steps * rollout.agents;
      const advantages = new Float32Array(size);
      const returns = new Float32Array(size);
      estimateAdvantages(rollout, this.settings, advantages, returns);
      for (let row = 0; row < size; row++) {
        if (rollout.active[row] === 0) continue;
        copyRow(rollout.observations, row, batch.observations, count, widths.observations);
        if (widths.images > 0) copyBytes(rollout.images, row, batch.images, count, widths.images);
        copyRow(rollout.continuous, row, batch.continuous, count, widths.continuous);
        copyRow(rollout.discrete, row, batch.discrete, count, widths.discrete);
        copyRow(rollout.masks, row, batch.masks, count, widths.masks);
        batch.logProbabilities[count] = rollout.logProbabilities[row]!;
        batch.values[count] = rollout.values[row]!;
        batch.advantages[count] = advantages[row]!;
        batch.returns[count] = returns[row]!;
        count += 1;
      }
    }
    this.#batch = { ...batch, count };
    return this.#batch;
  }
}

function allocateBatch(
  rows: number,
  widths: { observations: number; images: number; continuous: number; discrete: number; masks: number },
): PpoBatch {
  return {
    count: 0,
    observations: new Float32Array(rows * widths.observations),
    images: new Uint8Array(rows * widths.images),
    continuous: new Float32Array(rows * widths.continuous),
    discrete: new Int32Array(rows * widths.discrete),
    masks: new Uint8Array(rows * widths.masks),
    logProbabilities: new Float32Array(rows),
    values: new Float32Array(rows),
    advantages: new Float32Array(rows),
    returns: new Float32Array(rows),
  };
}

function copyBytes(from: Uint8Array, fromRow: number, to: Uint8Array, toRow: number, width: number): void {
  to.set(from.subarray(fromRow * width, (fromRow + 1) * width), toRow * width);
}

function copyRow(
  from: ArrayLike<number>,
  fromRow: number,
  to: Float32Array | Int32Array | Uint8Array,
  toRow: number,
  width: number,
): void {
  const source = fromRow * width;
  const target = toRow * width;
  for (let i = 0; i < width; i++) to[target + i] = from[source + i]!;
}
