import type { Environment } from "./environment.ts";
import { recordRun, type Moment } from "./environment-trial.ts";
import type { ForcedAction } from "./random-player.ts";

/** Long enough for an action's effect to show in most tasks, short enough for physics worlds. */
const STEPS = 200;
/** A real effect moves a world more than it moves by itself: chosen so that a repetition that is off by chance does not count. */
const BEYOND_NOISE = 3;

/** An action that changes nothing that is seen or paid. */
export interface IdleAction {
  readonly role: string;
  readonly label: string;
  /** How many steps were alike, whatever was chosen. */
  readonly steps: number;
}

/**
 * Finds actions without effect: plays the same episodes again and again, each time with one action held fixed at another value.
 *
 * @param isSteady - Whether the same actions always do the same; where they do not, as in physics worlds that are used again, an
 * effect must be larger than what changes by itself.
 */
export function findIdleActions(
  environment: Environment,
  seed: number,
  { isSteady }: { readonly isSteady: boolean },
): IdleAction[] {
  const idle: IdleAction[] = [];
  for (const [role, { role: spec }] of Object.entries(environment.groups)) {
    const { continuous, discrete } = spec.action;
    const tryOut = (label: string, kind: ForcedAction["kind"], index: number, values: readonly number[]): void => {
      const runs = values.map((value) => ({ role, kind, index, value }));
      if (!hasEffect(environment, seed, runs, isSteady)) idle.push({ role, label, steps: STEPS });
    };
    continuous.forEach((label, index) => tryOut(label, "continuous", index, [-1, 1]));
    discrete.forEach(({ label, choices }, index) => tryOut(label, "discrete", index, [...choices.keys()]));
  }
  return idle;
}

function hasEffect(
  environment: Environment,
  seed: number,
  runs: readonly (ForcedAction & { role: string })[],
  isSteady: boolean,
): boolean {
  const base = recordRun(environment, STEPS, seed, runs[0]);
  const noise = isSteady ? 0 : distance(base, recordRun(environment, STEPS, seed, runs[0]));
  return runs.slice(1).some((run) => distance(base, recordRun(environment, STEPS, seed, run)) > BEYOND_NOISE * noise);
}

/** How far two runs are apart, over all that is seen and paid; 0 only when they are the same in every bit. */
function distance(one: readonly Moment[], other: readonly Moment[]): number {
  let sum = 0;
  for (let step = 0; step < one.length; step++) {
    for (const [role, moment] of Object.entries(one[step])) {
      const beside = other[step][role];
      for (const key of ["observations", "rewards", "terminated", "truncated"] as const) {
        sum += differences(moment[key], beside[key], (a, b) => Math.abs(a - b));
      }
      // Checksums: how far they are apart says nothing.
      sum += differences(moment.pictures, beside.pictures, () => 1);
    }
  }
  return sum;
}

function differences(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  apart: (one: number, other: number) => number,
): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) {
    if (Object.is(one[i], other[i])) continue;
    // A difference too small for a number, or one to a value that is none, is still one.
    sum += apart(one[i], other[i]) || Number.MIN_VALUE;
  }
  return sum;
}
