import { crc32 } from "./container.ts";
import type { AgentGroup, Environment } from "./environment.ts";
import { imageParts, observationLabels, pictureSize } from "./observation-spec.ts";
import { RandomPlayer, type ForcedAction } from "./random-player.ts";

/** Everything that all agents saw and got at one moment, by role. */
export type Moment = Readonly<
  Record<
    string,
    Pick<AgentGroup, "observations" | "rewards" | "terminated" | "truncated"> & {
      /** Checksums instead of pictures, which would fill the memory, [agents, pictures]. */
      readonly pictures: Uint32Array;
    }
  >
>;

/** What the agents see right after a reset. */
export function startsOf(environment: Environment, seed: number): Moment {
  environment.reset(seed);
  return moment(environment, { blankOutcome: true });
}

/**
 * Resets and steps with random actions that depend on the seed alone.
 *
 * @param forced - An action of one role that is held fixed.
 * @returns What came of each step.
 */
export function recordRun(
  environment: Environment,
  steps: number,
  seed: number,
  forced?: ForcedAction & { readonly role: string },
): Moment[] {
  environment.reset(seed);
  const players = Object.entries(environment.groups).map(
    ([role, group], index) => new RandomPlayer(group, seed + index, forced?.role === role ? forced : null),
  );
  return Array.from({ length: steps }, () => {
    for (const player of players) player.act();
    environment.step();
    return moment(environment, { blankOutcome: false });
  });
}

/** Where two moments differ first, in words, or null. */
export function firstDifference(environment: Environment, one: Moment, other: Moment): string | null {
  for (const [role, group] of Object.entries(environment.groups)) {
    const labels = observationLabels(group.role.observation);
    const seen = differenceIn(one[role].observations, other[role].observations);
    if (seen) return `"${labels[seen.index % labels.length]}": ${seen.one}, then ${seen.other}`;
    const picture = differenceIn(one[role].pictures, other[role].pictures);
    if (picture) {
      const parts = imageParts(group.role.observation);
      const { label } = parts[picture.index % parts.length];
      return `the picture "${label}" of agent ${Math.floor(picture.index / parts.length)}`;
    }
    for (const key of ["rewards", "terminated", "truncated"] as const) {
      const found = differenceIn(one[role][key], other[role][key]);
      if (found) return `${key}: ${found.one}, then ${found.other}`;
    }
  }
  return null;
}

function differenceIn(
  one: Float32Array | Uint8Array | Uint32Array,
  other: Float32Array | Uint8Array | Uint32Array,
): { index: number; one: number; other: number } | null {
  // Object.is, so that a lasting NaN is no difference: it is a finding of its own.
  for (let index = 0; index < one.length; index++) {
    if (!Object.is(one[index], other[index])) return { index, one: one[index], other: other[index] };
  }
  return null;
}

/** @param blankOutcome - A reset may leave old rewards and ends in their arrays. */
function moment(environment: Environment, { blankOutcome }: { blankOutcome: boolean }): Moment {
  return Object.fromEntries(
    Object.entries(environment.groups).map(([role, group]) => [
      role,
      {
        observations: group.observations.slice(),
        pictures: checksums(group),
        rewards: blankOutcome ? new Float32Array(0) : group.rewards.slice(),
        terminated: blankOutcome ? new Uint8Array(0) : group.terminated.slice(),
        truncated: blankOutcome ? new Uint8Array(0) : group.truncated.slice(),
      },
    ]),
  );
}

/** One number for each picture of each agent, [agents, pictures]. */
function checksums({ role, agents, images }: AgentGroup): Uint32Array {
  const parts = imageParts(role.observation);
  const sums = new Uint32Array(agents * parts.length);
  let at = 0;
  for (let i = 0; i < sums.length; i++) {
    const size = pictureSize(parts[i % parts.length]);
    sums[i] = crc32(images.subarray(at, at + size));
    at += size;
  }
  return sums;
}
