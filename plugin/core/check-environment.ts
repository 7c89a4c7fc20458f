import { choiceCount } from "./action-spec.ts";
import { compareStarts } from "./compare-starts.ts";
import type { AgentGroup, Environment } from "./environment.ts";
import { firstDifference, recordRun } from "./environment-trial.ts";
import { doubt, fault, type Finding } from "./finding.ts";
import { GroupWatch } from "./group-watch.ts";
import { findIdleActions } from "./idle-actions.ts";
import { imageSize, observationSize } from "./observation-spec.ts";
import { RandomPlayer } from "./random-player.ts";
import { assertRoleSpec } from "./role-spec.ts";

/** How thoroughly to look. */
export interface CheckOptions {
  /** Steps of the longest run. Default 2,000. */
  readonly steps?: number;
  /** Fixes the trial's chance. Default 0. */
  readonly seed?: number;
}

const REPEATED_STEPS = 64;

/**
 * Tries an environment out with random actions and finds what would keep an agent from learning, before hours go into it.
 *
 * The environment is reset and stepped many times, and left freshly reset.
 *
 * @returns What is odd, in the order in which it was found; empty when nothing is.
 */
export function checkEnvironment(environment: Environment, { steps = 2000, seed = 0 }: CheckOptions = {}): Finding[] {
  const who = `Environment "${environment.name}"`;
  const findings = checkArrays(environment);
  // Arrays of wrong sizes would make all that follows meaningless.
  if (findings.length > 0) return findings;
  try {
    findings.push(...checkStarts(environment, seed, who));
    findings.push(...watchRun(environment, { steps, seed, tell: (watch) => watch.findings() }));
    const unsteady = checkRepetition(environment, seed, who);
    findings.push(...unsteady);
    // Where the same actions do different things, nothing can be told from different actions.
    if (unsteady.length === 0) findings.push(...checkEffects(environment, seed, who));
    environment.reset(seed);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    findings.push(fault(`${who}: reset and step need to return, came "${message}".`, "See the error's own text."));
  }
  return findings;
}

/**
 * Tries out only whether an environment keeps the contract: arrays, masks, ends and last sights, whatever is taught in it. It is
 * stepped with random actions and left as it then is.
 *
 * @throws whatever the environment throws.
 */
export function checkContract(environment: Environment, { steps = 200, seed = 0 }: CheckOptions = {}): Finding[] {
  const findings = checkArrays(environment);
  if (findings.length > 0) return findings;
  return watchRun(environment, { steps, seed, tell: (watch) => watch.breaches() });
}

function checkArrays(environment: Environment): Finding[] {
  const who = `Environment "${environment.name}"`;
  const groups = Object.entries(environment.groups);
  if (groups.length === 0) {
    return [fault(`${who}: needed at least 1 role, came none.`, "Its groups are filled too late; make them first.")];
  }
  return groups.flatMap(([role, group]) => checkShapes(group, `${who}, role "${role}"`));
}

function checkShapes(group: AgentGroup, who: string): Finding[] {
  const { role, agents } = group;
  try {
    assertRoleSpec(role, who);
  } catch (error) {
    return [fault((error as Error).message, "The role's labels were put together wrongly.")];
  }
  const observation = observationSize(role.observation);
  const pixels = imageSize(role.observation);
  const lengths: [string, ArrayLike<number>, number][] = [
    ["observations", group.observations, agents * observation],
    ["finalObservations", group.finalObservations, agents * observation],
    ["images", group.images, agents * pixels],
    ["finalImages", group.finalImages, agents * pixels],
    ["actions.continuous", group.actions.continuous, agents * role.action.continuous.length],
    ["actions.discrete", group.actions.discrete, agents * role.action.discrete.length],
    ["masks", group.masks, agents * choiceCount(role.action)],
    ["rewards", group.rewards, agents],
    ["terminated", group.terminated, agents],
    ["truncated", group.truncated, agents],
    ["succeeded", group.succeeded, agents],
    ["active", group.active, agents],
  ];
  const findings = lengths
    .filter(([, array, needed]) => array.length !== needed)
    .map(([name, array, needed]) =>
      fault(
        `${who}: the array ${name} needs ${needed} numbers for ${agents} agents, came ${array.length}.`,
        "It was made by hand; make the group with createAgentGroup.",
      ),
    );
  if (group.observations === group.finalObservations) {
    findings.push(
      fault(
        `${who}: needed an array of its own for finalObservations, came the array of observations.`,
        "The same array was given twice; make the group with createAgentGroup.",
      ),
    );
  }
  if (pixels > 0 && group.images === group.finalImages) {
    findings.push(
      fault(
        `${who}: needed an array of its own for finalImages, came the array of images.`,
        "The same array was given twice; make the group with createAgentGroup.",
      ),
    );
  }
  return findings;
}

function checkStarts(environment: Environment, seed: number, who: string): Finding[] {
  const oddity = compareStarts(environment, seed);
  if (oddity?.kind === "unseeded") {
    return [
      fault(
        `${who}: reset needs to give the same start for the same seed, came another one (${oddity.difference}).`,
        "Its chance comes from Math.random, the clock, or a generator that is not made anew from the seed.",
      ),
    ];
  }
  if (oddity?.kind === "fixed") {
    return [
      doubt(
        `${who}: reset needs to give other starts for other seeds, came the same one for ${oddity.seeds} seeds.`,
        "The seed is not used. An agent that always starts alike learns that one start by heart.",
      ),
    ];
  }
  return [];
}

function watchRun(
  environment: Environment,
  { steps, seed, tell }: { steps: number; seed: number; tell: (watch: GroupWatch) => Finding[] },
): Finding[] {
  const entries = Object.entries(environment.groups).map(([role, group], index) => ({
    who: `Environment "${environment.name}", role "${role}"`,
    role,
    group,
    arrays: { ...group, continuous: group.actions.continuous, discrete: group.actions.discrete },
    watch: new GroupWatch(group, `Environment "${environment.name}", role "${role}"`),
    player: new RandomPlayer(group, seed + index),
  }));
  environment.reset(seed);
  for (let step = 0; step < steps; step++) {
    for (const { watch, player } of entries) {
      watch.beforeStep();
      player.act();
    }
    environment.step();
    for (const { watch } of entries) watch.afterStep();
    const replaced = entries.map((entry) => findReplaced(environment, entry)).find((finding) => finding !== null);
    // What the agents see would no longer be what is looked at.
    if (replaced) return [replaced];
  }
  return entries.flatMap(({ watch }) => tell(watch));
}

function findReplaced(
  environment: Environment,
  { who, role, arrays }: { who: string; role: string; arrays: Readonly<Record<string, unknown>> },
): Finding | null {
  const group = environment.groups[role];
  const now: Readonly<Record<string, unknown>> = { ...group, ...group.actions };
  const name = Object.keys(arrays).find((key) => key !== "actions" && key in now && now[key] !== arrays[key]);
  if (name === undefined) return null;
  return fault(
    `${who}: the array ${name} needs to stay the same one, came a new one after a step.`,
    "It is made anew in step or reset; write into the old one.",
  );
}

function checkRepetition(environment: Environment, seed: number, who: string): Finding[] {
  const first = recordRun(environment, REPEATED_STEPS, seed);
  const second = recordRun(environment, REPEATED_STEPS, seed);
  for (let step = 0; step < REPEATED_STEPS; step++) {
    const difference = firstDifference(environment, first[step], second[step]);
    if (!difference) continue;
    return [
      doubt(
        `${who}: the same seed and actions need to repeat an episode, came a difference in step ${step + 1} (${difference}).`,
        "Something outlives the reset: a physics world that is used again, the clock, or Math.random.",
      ),
    ];
  }
  return [];
}

function checkEffects(environment: Environment, seed: number, who: string): Finding[] {
  return findIdleActions(environment, seed, { isSteady: true }).map(({ role, label, steps }) =>
    doubt(
      `${who}, role "${role}": the action "${label}" needs to have an effect, came the same ${steps} steps whatever was chosen.`,
      "It is not read in step, or its effect is neither seen, nor rewarded, nor ends an episode.",
    ),
  );
}
