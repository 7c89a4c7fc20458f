import { choiceCount } from "../core/action-spec.ts";
import { ConfigurationError } from "../core/errors.ts";
import { imageParts, observationSize } from "../core/observation-spec.ts";
import type { DecisionBatch } from "../core/policy.ts";
import type { RoleSpec } from "../core/role-spec.ts";

/** One episode that somebody showed: what was sensed and what was done, decision after decision. */
export interface Demonstration {
  readonly decisions: number;
  /** As sensed, not normalised, [decisions, observation]. */
  readonly observations: Float32Array;
  /** What was done, in [-1, 1], [decisions, continuous]. */
  readonly continuous: Float32Array;
  /** Taken alternatives, [decisions, branches]. */
  readonly discrete: Int32Array;
  /** 1 for what might be chosen, [decisions, choices]. */
  readonly masks: Uint8Array;
}

/** What somebody showed an agent, to be learned by `cloneBehaviour`. */
export interface Demonstrations {
  /** Names everything that was sensed and done. */
  readonly role: RoleSpec;
  readonly decisionsPerSecond: number;
  readonly episodes: readonly Demonstration[];
}

/** Room for so many decisions at first. */
const FIRST_ROOM = 256;

/** Writes an episode down while it goes on. Allocates only when it doubles its room. */
export class EpisodeWriter {
  readonly role: RoleSpec;
  readonly #widths: { readonly observation: number; readonly branches: number; readonly choices: number };
  #decisions = 0;
  #room = 0;
  #rows: Omit<Demonstration, "decisions">;

  /** @throws ConfigurationError for a role with pictures. */
  constructor(role: RoleSpec) {
    assertCanBeShown(role, "EpisodeWriter");
    this.role = role;
    this.#widths = {
      observation: observationSize(role.observation),
      branches: role.action.discrete.length,
      choices: choiceCount(role.action),
    };
    this.#rows = this.#allocate(0);
  }

  get decisions(): number {
    return this.#decisions;
  }

  /** Adds row `row` of a decided batch; numbers are clipped to [-1, 1], as actuators do it. */
  add({ observations, masks, actions }: DecisionBatch, row: number): void {
    if (this.#decisions === this.#room) this.#grow();
    const at = this.#decisions++;
    const { observation, branches, choices } = this.#widths;
    const continuous = this.role.action.continuous.length;
    const rows = this.#rows;
    for (let i = 0; i < observation; i++) {
      rows.observations[at * observation + i] = observations[row * observation + i];
    }
    for (let i = 0; i < continuous; i++) {
      rows.continuous[at * continuous + i] = Math.min(1, Math.max(-1, actions.continuous[row * continuous + i]));
    }
    for (let i = 0; i < branches; i++) rows.discrete[at * branches + i] = actions.discrete[row * branches + i];
    for (let i = 0; i < choices; i++) rows.masks[at * choices + i] = masks[row * choices + i];
  }

  /** A copy of decisions `from` to `to` - 1. Default: all. */
  read(from = 0, to = this.#decisions): Demonstration {
    return sliceDemonstration({ ...this.#rows, decisions: this.#decisions }, this.role, from, to);
  }

  /** Begins anew. */
  clear(): void {
    this.#decisions = 0;
  }

  #grow(): void {
    const old = this.#rows;
    this.#room = Math.max(FIRST_ROOM, 2 * this.#room);
    this.#rows = this.#allocate(this.#room);
    this.#rows.observations.set(old.observations);
    this.#rows.continuous.set(old.continuous);
    this.#rows.discrete.set(old.discrete);
    this.#rows.masks.set(old.masks);
  }

  #allocate(room: number): Omit<Demonstration, "decisions"> {
    const { observation, branches, choices } = this.#widths;
    return {
      observations: new Float32Array(room * observation),
      continuous: new Float32Array(room * this.role.action.continuous.length),
      discrete: new Int32Array(room * branches),
      masks: new Uint8Array(room * choices),
    };
  }
}

/** A copy of decisions `from` to `to` - 1 of an episode. */
export function sliceDemonstration(
  episode: Demonstration,
  { observation, action }: RoleSpec,
  from: number,
  to: number,
): Demonstration {
  const size = observationSize(observation);
  const continuous = action.continuous.length;
  const branches = action.discrete.length;
  const choices = choiceCount(action);
  return {
    decisions: to - from,
    observations: episode.observations.slice(from * size, to * size),
    continuous: episode.continuous.slice(from * continuous, to * continuous),
    discrete: episode.discrete.slice(from * branches, to * branches),
    masks: episode.masks.slice(from * choices, to * choices),
  };
}

/** One episode out of parts that follow one another; without parts, an empty one. */
export function joinDemonstrations(parts: readonly Demonstration[]): Demonstration {
  return {
    decisions: parts.reduce((sum, { decisions }) => sum + decisions, 0),
    observations: join(
      parts.map(({ observations }) => observations),
      (length) => new Float32Array(length),
    ),
    continuous: join(
      parts.map(({ continuous }) => continuous),
      (length) => new Float32Array(length),
    ),
    discrete: join(
      parts.map(({ discrete }) => discrete),
      (length) => new Int32Array(length),
    ),
    masks: join(
      parts.map(({ masks }) => masks),
      (length) => new Uint8Array(length),
    ),
  };
}

function join<Row extends Float32Array | Int32Array | Uint8Array>(
  rows: readonly Row[],
  make: (length: number) => Row,
): Row {
  const joined = make(rows.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const row of rows) {
    joined.set(row, at);
    at += row.length;
  }
  return joined;
}

/** @throws ConfigurationError for agents that see pictures: what is learned from demonstrations is numbers only. */
export function assertCanBeShown(role: RoleSpec, who: string): void {
  const [picture] = imageParts(role.observation);
  if (!picture) return;
  throw new ConfigurationError(
    `${who}: needed an agent that senses numbers, came one with the picture "${picture.label}". Show it with rays or a direction instead, or teach it by rewards.`,
  );
}
