import type { ActionSpec } from "./action-spec.ts";
import { PolicyMismatchError } from "./errors.ts";
import { imageParts, observationLabels, type ImagePart } from "./observation-spec.ts";
import type { RoleSpec } from "./role-spec.ts";

/** How a list of labels is spoken of in a message. */
interface Wording {
  /** What the labels name, e.g. `"observation"`. */
  readonly what: string;
  /** What they belong to, e.g. `' of "gear"'`. */
  readonly of?: string;
  readonly giver: string;
  readonly advice: string;
}

const SENSORS = "List the sensors of the training in the same order, or teach again.";
const ACTUATORS = "List the actuators of the training in the same order, or teach again.";

/**
 * Refuses a policy that was taught with other sensors or actuators than the agent has.
 *
 * @param who - Named at the start of the message, e.g. `NeuralController "guard"`.
 * @throws PolicyMismatchError naming the first label, or the first picture's size, that differs.
 */
export function assertSameRole(policyRole: RoleSpec, wantedRole: RoleSpec, who: string): void {
  assertSameLabels(who, observationLabels(policyRole.observation), observationLabels(wantedRole.observation), {
    what: "observation",
    giver: "the sensors give",
    advice: SENSORS,
  });
  assertSamePictures(imageParts(policyRole.observation), imageParts(wantedRole.observation), who);
  assertSameActions(policyRole.action, wantedRole.action, who);
}

/**
 * Refuses a policy that was taught with other actuators than the agent has.
 *
 * @throws PolicyMismatchError naming the first label that differs.
 */
export function assertSameActions(taught: ActionSpec, wanted: ActionSpec, who: string): void {
  const taken = { giver: "the actuators take", advice: ACTUATORS };
  assertSameLabels(who, taught.continuous, wanted.continuous, { what: "action", ...taken });
  const branchLabels = (spec: ActionSpec): string[] => spec.discrete.map((branch) => branch.label);
  assertSameLabels(who, branchLabels(taught), branchLabels(wanted), { what: "choice", ...taken });
  taught.discrete.forEach(({ label, choices }, index) => {
    assertSameLabels(who, choices, wanted.discrete[index].choices, {
      what: "alternative",
      of: ` of "${label}"`,
      ...taken,
    });
  });
}

function assertSamePictures(taught: readonly ImagePart[], wanted: readonly ImagePart[], who: string): void {
  const labels = (parts: readonly ImagePart[]): string[] => parts.map(({ label }) => label);
  const wording = { what: "picture", giver: "the sensors give", advice: SENSORS };
  assertSameLabels(who, labels(taught), labels(wanted), wording);
  taught.forEach((part, index) => {
    const needed = describeSize(part);
    const given = describeSize(wanted[index]);
    if (needed === given) return;
    throw new PolicyMismatchError(
      `${who}: the policy's picture "${part.label}" has ${needed}, but the sensors give ${given} there. Give the sensor the size of the training, or teach again.`,
    );
  });
}

function describeSize({ width, height, channels }: ImagePart): string {
  return `${width} × ${height} pixels of ${channels} ${channels === 1 ? "channel" : "channels"}`;
}

function assertSameLabels(who: string, taught: readonly string[], wanted: readonly string[], wording: Wording): void {
  const { what, of = "", giver, advice } = wording;
  for (let i = 0; i < Math.max(taught.length, wanted.length); i++) {
    if (taught[i] === wanted[i]) continue;
    const place = `${what} ${i}${of}`;
    const has = taught[i] === undefined ? `the policy has no ${place}` : `the policy's ${place} is "${taught[i]}"`;
    const given = wanted[i] === undefined ? "nothing" : `"${wanted[i]}"`;
    throw new PolicyMismatchError(`${who}: ${has}, but ${giver} ${given} there. ${advice}`);
  }
}
