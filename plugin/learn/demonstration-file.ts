import { choiceCount } from "../core/action-spec.ts";
import { decodeContainer, encodeContainer } from "../core/container.ts";
import { PolicyFileError } from "../core/errors.ts";
import { observationLabels, observationSize } from "../core/observation-spec.ts";
import { readRole } from "../core/policy-file.ts";
import { assertRoleSpec, type RoleSpec } from "../core/role-spec.ts";
import { UntrustedField } from "../core/untrusted-field.ts";
import type { Demonstration, Demonstrations } from "./demonstrations.ts";

const FORMAT = "demonstration";
/** 1: the first. */
const VERSION = 1;

/** What a file of a demonstration holds: an episode, or a part of one. */
export interface DemonstrationFile {
  readonly role: RoleSpec;
  readonly decisionsPerSecond: number;
  readonly demonstration: Demonstration;
}

/** Packs an episode, or a part of one, into the bytes of one file: labels and numbers, customarily named `*.bnd`. */
export function encodeDemonstration({ role, decisionsPerSecond, demonstration }: DemonstrationFile): Uint8Array {
  const { decisions, observations, continuous, discrete, masks } = demonstration;
  return encodeContainer(
    FORMAT,
    VERSION,
    { role, decisionsPerSecond, decisions },
    { observations, continuous, discrete: Float32Array.from(discrete), masks: Float32Array.from(masks) },
  );
}

/**
 * Unpacks what `encodeDemonstration` packed. Everything in the file is checked; nothing in it is run.
 *
 * @param who - Named at the start of messages, e.g. `Demonstration "indexeddb://guard/0001"`.
 * @throws PolicyFileError for a file that is foreign, truncated, corrupted, newer than this release, or whose parts
 * contradict each other.
 */
export function decodeDemonstration(bytes: Uint8Array, who: string): DemonstrationFile {
  const { header, arrays } = decodeContainer(bytes, FORMAT, VERSION, who);
  const fields = new UntrustedField(header, "", who);
  const role = readRole(fields.get("role"));
  try {
    assertRoleSpec(role, who);
  } catch (cause) {
    throw new PolicyFileError((cause as Error).message, { cause });
  }
  const decisions = fields.get("decisions").number();
  const decisionsPerSecond = fields.get("decisionsPerSecond").number();
  if (!Number.isInteger(decisions) || decisions < 0 || !(decisionsPerSecond > 0)) {
    throw new PolicyFileError(
      `${who}: needed a whole number of decisions and a rate above 0, came ${decisions} and ${decisionsPerSecond}. Record it again.`,
    );
  }
  const take = (name: string, width: number): Float32Array => {
    const array = arrays[name];
    if (array?.length === decisions * width) return array;
    throw new PolicyFileError(
      `${who}: needed ${decisions * width} numbers in "${name}" for ${decisions} decisions, came ${array?.length ?? "none"}. Record it again.`,
    );
  };
  const { action, observation } = role;
  const demonstration: Demonstration = {
    decisions,
    observations: take("observations", observationSize(observation)),
    continuous: take("continuous", action.continuous.length),
    discrete: Int32Array.from(take("discrete", action.discrete.length)),
    masks: Uint8Array.from(take("masks", choiceCount(action))),
  };
  assertPossible(demonstration, role, who);
  return { role, decisionsPerSecond, demonstration };
}

/** Everything that was shown as a table that people and spreadsheets read: a row for each decision, labels on top. */
export function demonstrationsToCsv({ role, decisionsPerSecond, episodes }: Demonstrations): string {
  const labels = observationLabels(role.observation);
  const { continuous, discrete } = role.action;
  const quote = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [["episode", "seconds", ...labels, ...continuous, ...discrete.map(({ label }) => label)].map(quote)];
  episodes.forEach((episode, number) => {
    for (let row = 0; row < episode.decisions; row++) {
      const numbers = [
        ...episode.observations.subarray(row * labels.length, (row + 1) * labels.length),
        ...episode.continuous.subarray(row * continuous.length, (row + 1) * continuous.length),
      ];
      const taken = discrete.map(({ choices }, b) => quote(choices[episode.discrete[row * discrete.length + b]]));
      lines.push([String(number + 1), String(row / decisionsPerSecond), ...numbers.map(String), ...taken]);
    }
  });
  return `${lines.map((line) => line.join(",")).join("\n")}\n`;
}

/** Refuses what nobody can have done. */
function assertPossible({ continuous, discrete, masks }: Demonstration, { action }: RoleSpec, who: string): void {
  const far = continuous.findIndex((value) => Math.abs(value) > 1);
  if (far >= 0) {
    const label = action.continuous[far % action.continuous.length];
    throw new PolicyFileError(`${who}: "${label}" needs to be in [-1, 1], came ${continuous[far]}. Record it again.`);
  }
  discrete.forEach((taken, at) => {
    const { label, choices } = action.discrete[at % action.discrete.length];
    if (taken >= 0 && taken < choices.length) return;
    throw new PolicyFileError(
      `${who}: "${label}" needs a choice from 0 to ${choices.length - 1}, came ${taken}. Record it again.`,
    );
  });
  const odd = masks.findIndex((value) => value > 1);
  if (odd >= 0) throw new PolicyFileError(`${who}: its masks need 0 or 1, came ${masks[odd]}. Record it again.`);
}
