import { choiceCount } from "../../core/action-spec.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { imageSize, observationSize } from "../../core/observation-spec.ts";
import type { DecisionBatch } from "../../core/policy.ts";
import type { Decision, NeuralController } from "../neural-controller.ts";
import { replayerOf, versionOf, type PolicyVersion } from "./policy-version.ts";

/** A decision as it was recorded: copies that belong to you. */
export interface RecordedDecision {
  /** Seconds of the recorder's clock. */
  readonly at: number;
  /** As sensed, [observation]. */
  readonly observation: Float32Array;
  /** [imageSize]. */
  readonly images: Uint8Array;
  /** 1 for what might be chosen, [choices]. */
  readonly masks: Uint8Array;
  /** Not clipped, [continuous]. */
  readonly continuous: Float32Array;
  /** Taken alternatives, [branches]. */
  readonly discrete: Int32Array;
  /** Whether a heuristic decided, and not a policy. */
  readonly scripted: boolean;
  /** Whether the likeliest action was taken instead of drawing one. */
  readonly greedy: boolean;
  /** What the policy's chance began with, how often it had decided since, and the agent's row among how many. */
  readonly draw: { readonly seed: number; readonly calls: number; readonly row: number; readonly agents: number };
  /** The policy as it was then; null where a heuristic decided, or where the policy cannot decide again bit for bit. */
  readonly version: PolicyVersion | null;
}

/** The same decision, made again from its record. */
export interface ReplayedDecision {
  /** Not clipped, [continuous]. */
  readonly continuous: Float32Array;
  /** [branches]. */
  readonly discrete: Int32Array;
  /** Mean and standard deviation of each number, [continuous]. */
  readonly means: Float32Array;
  readonly deviations: Float32Array;
  /** Of each alternative, branch after branch, [choices]. */
  readonly probabilities: Float32Array;
  /** The critic's estimate. */
  readonly value: number;
}

/** Where the numbers of a ring's slot lie that are whole. */
const SEED = 0;
const CALLS = 1;
const ROW = 2;
const AGENTS = 3;
const FLAGS = 4;
const WHOLE = 5;
const GREEDY = 1;
const SCRIPTED = 2;

/**
 * The last decisions of one agent, in a ring. Decisions are counted from the first one on; those from `first` to `next` - 1
 * are there.
 */
export class DecisionTrack {
  readonly controller: NeuralController;
  readonly #capacity: number;
  readonly #times: Float64Array;
  readonly #observations: Ring<Float32Array>;
  readonly #images: Ring<Uint8Array>;
  readonly #masks: Ring<Uint8Array>;
  readonly #continuous: Ring<Float32Array>;
  readonly #discrete: Ring<Int32Array>;
  readonly #whole: Int32Array;
  readonly #versions: (PolicyVersion | null)[];
  #next = 0;

  /** @param capacity - How many decisions are kept. */
  constructor(controller: NeuralController, capacity: number) {
    const { observation, action } = controller.role;
    this.controller = controller;
    this.#capacity = capacity;
    this.#times = new Float64Array(capacity);
    this.#observations = new Ring(Float32Array, capacity, observationSize(observation));
    this.#images = new Ring(Uint8Array, capacity, imageSize(observation));
    this.#masks = new Ring(Uint8Array, capacity, choiceCount(action));
    this.#continuous = new Ring(Float32Array, capacity, action.continuous.length);
    this.#discrete = new Ring(Int32Array, capacity, action.discrete.length);
    this.#whole = new Int32Array(capacity * WHOLE);
    this.#versions = new Array<PolicyVersion | null>(capacity).fill(null);
  }

  /** Number of the oldest decision that is still there. */
  get first(): number {
    return Math.max(0, this.#next - this.#capacity);
  }

  /** Number of the decision to come. */
  get next(): number {
    return this.#next;
  }

  /** Writes a decision down. Allocates nothing, but for a copy of a policy that has changed. */
  record({ batch, row, origin }: Decision, at: number): void {
    const slot = this.#next % this.#capacity;
    this.#times[slot] = at;
    this.#observations.write(slot, batch.observations, row);
    this.#images.write(slot, batch.images, row);
    this.#masks.write(slot, batch.masks, row);
    this.#continuous.write(slot, batch.actions.continuous, row);
    this.#discrete.write(slot, batch.actions.discrete, row);
    const whole = slot * WHOLE;
    this.#whole[whole + SEED] = origin?.seed ?? 0;
    this.#whole[whole + CALLS] = origin?.calls ?? 0;
    this.#whole[whole + ROW] = row;
    this.#whole[whole + AGENTS] = batch.agents;
    this.#whole[whole + FLAGS] = origin ? (origin.greedy ? GREEDY : 0) : SCRIPTED;
    this.#versions[slot] = origin ? versionOf(origin) : null;
    this.#next += 1;
  }

  /** Seconds of the recorder's clock. @throws ConfigurationError for a decision that is not there. */
  timeOf(decision: number): number {
    return this.#times[this.#slot(decision)];
  }

  /** Number of the last decision at or before a time, or -1. */
  decisionAt(seconds: number): number {
    let low = this.first;
    let high = this.#next - 1;
    if (high < low || this.#times[low % this.#capacity] > seconds) return -1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#times[middle % this.#capacity] <= seconds) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** A copy of a decision. @throws ConfigurationError for a decision that is not there. */
  read(decision: number): RecordedDecision {
    const slot = this.#slot(decision);
    const [seed, calls, row, agents, flags] = this.#whole.subarray(slot * WHOLE, (slot + 1) * WHOLE);
    return {
      at: this.#times[slot],
      observation: this.#observations.read(slot),
      images: this.#images.read(slot),
      masks: this.#masks.read(slot),
      continuous: this.#continuous.read(slot),
      discrete: this.#discrete.read(slot),
      scripted: (flags & SCRIPTED) !== 0,
      greedy: (flags & GREEDY) !== 0,
      draw: { seed, calls, row, agents },
      version: this.#versions[slot],
    };
  }

  /**
   * Decides again: sends the recorded observation and the state of chance through the policy as it was then. The actions are
   * the recorded ones to the last bit, drawn or not; the live policy is left alone.
   *
   * @throws ConfigurationError for a decision that is not there, that a heuristic made, or whose policy cannot do that.
   */
  async replay(decision: number): Promise<ReplayedDecision> {
    const recorded = this.read(decision);
    const { version } = recorded;
    if (!version) throw this.#refuse(decision, recorded.scripted);
    const { policy, view } = await replayerOf(version);
    const { seed, calls, row, agents } = recorded.draw;
    const batch = this.#batchOf(recorded);
    policy.assign(version.data);
    policy.seed(seed, calls);
    policy.decide(batch, { greedy: recorded.greedy });
    view.assign(version.data);
    view.look(batch, row);
    const { continuous, discrete } = batch.actions;
    return {
      continuous: continuous.slice((row * continuous.length) / agents, ((row + 1) * continuous.length) / agents),
      discrete: discrete.slice((row * discrete.length) / agents, ((row + 1) * discrete.length) / agents),
      means: view.means.slice(),
      deviations: view.deviations.slice(),
      probabilities: view.probabilities.slice(),
      value: view.value,
    };
  }

  /** A batch as large as the one in which it was decided, with the agent in the same row: what is drawn depends on it. */
  #batchOf({ observation, images, masks, draw: { row, agents } }: RecordedDecision): DecisionBatch {
    const { action } = this.controller.role;
    const batch: DecisionBatch = {
      agents,
      observations: new Float32Array(agents * observation.length),
      images: new Uint8Array(agents * images.length),
      masks: new Uint8Array(agents * masks.length).fill(1),
      actions: {
        continuous: new Float32Array(agents * action.continuous.length),
        discrete: new Int32Array(agents * action.discrete.length),
      },
    };
    batch.observations.set(observation, row * observation.length);
    batch.images!.set(images, row * images.length);
    batch.masks.set(masks, row * masks.length);
    return batch;
  }

  #slot(decision: number): number {
    if (Number.isInteger(decision) && decision >= this.first && decision < this.#next) return decision % this.#capacity;
    const there = this.#next === 0 ? "none is there yet" : `those from ${this.first} to ${this.#next - 1} are there`;
    throw new ConfigurationError(
      `FlightRecorder: needed a decision of "${this.controller.name}" that is still there, came ${decision}. Of its decisions ${there}.`,
    );
  }

  #refuse(decision: number, scripted: boolean): ConfigurationError {
    const came = scripted ? "one of a heuristic" : "one of a policy that cannot decide again bit for bit";
    const advice = scripted
      ? "Read what it did with read()."
      : "Use a policy of createPolicy or loadPolicy, and change it only between frames.";
    return new ConfigurationError(
      `FlightRecorder: needed a decision of a policy to replay, came ${came}, number ${decision} of "${this.controller.name}". ${advice}`,
    );
  }
}

type Numbers = Float32Array | Int32Array | Uint8Array;

/** Rows of numbers, written over and over. */
class Ring<Row extends Numbers> {
  readonly #rows: Row;
  readonly #width: number;

  constructor(Rows: new (length: number) => Row, capacity: number, width: number) {
    this.#rows = new Rows(capacity * width);
    this.#width = width;
  }

  write(slot: number, from: ArrayLike<number> | undefined, row: number): void {
    const width = this.#width;
    if (!from) return;
    for (let i = 0; i < width; i++) this.#rows[slot * width + i] = from[row * width + i];
  }

  read(slot: number): Row {
    return this.#rows.slice(slot * this.#width, (slot + 1) * this.#width) as Row;
  }
}
