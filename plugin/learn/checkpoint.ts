import { fromBase64, toBase64 } from "../core/base64.ts";
import { decodeContainer, encodeContainer } from "../core/container.ts";
import { PolicyFileError } from "../core/errors.ts";
import { decodePolicy, encodePolicy } from "../core/policy-file.ts";
import type { Device } from "../core/learner.ts";
import type { CollectorSnapshot } from "./collector.ts";
import { describeNetwork } from "./describe-network.ts";
import { DEVICES } from "./device-report.ts";
import type { EnvironmentRequest, TrainingState } from "./messages.ts";
import { ppo, type PpoSettings } from "./ppo.ts";

const FORMAT = "checkpoint";
/** 1: the first. */
const VERSION = 1;
/** A file must not be able to ask for more. */
const MOST_WORKERS = 1024;
/** JSON has no Infinity: this stands for it. */
const NO_LIMIT = "none";

/** A run at one moment: enough to go on with it elsewhere. */
export interface Checkpoint {
  readonly settings: PpoSettings;
  readonly workers: number;
  readonly environment: EnvironmentRequest;
  readonly state: TrainingState;
}

/** Packs a checkpoint into the bytes of one file. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { learner, decisions, updates } = checkpoint.state.ppo;
  const header = {
    settings: writeSettings(checkpoint.settings),
    workers: checkpoint.workers,
    environment: checkpoint.environment,
    policy: toBase64(encodePolicy(checkpoint.state.policy)),
    collectors: checkpoint.state.collectors,
    episodes: checkpoint.state.episodes,
    steps: learner.steps,
    decisions,
    updates,
    device: checkpoint.state.device,
  };
  const { firstMoments, secondMoments } = learner;
  return encodeContainer(FORMAT, VERSION, header, { firstMoments, secondMoments });
}

/**
 * Unpacks a checkpoint.
 *
 * @param who - Named at the start of messages, e.g. `Checkpoint "indexeddb://run"`.
 * @throws PolicyFileError for a file that is foreign, truncated, corrupted, newer, or whose parts contradict each other.
 */
export function decodeCheckpoint(bytes: Uint8Array, who: string): Checkpoint {
  const { header, arrays } = decodeContainer(bytes, FORMAT, VERSION, who);
  const { firstMoments, secondMoments } = arrays;
  const policyText = header["policy"];
  if (typeof policyText !== "string" || !firstMoments || !secondMoments) {
    throw new PolicyFileError(`${who}: needed a policy and its moments, came a file without them. Teach anew.`);
  }
  const policy = decodePolicy(readBase64(policyText, who), who);
  const size = policy.parameters.length;
  if (firstMoments.length !== size || secondMoments.length !== size) {
    throw new PolicyFileError(
      `${who}: needed ${size} moments like its policy's parameters, came ${firstMoments.length} and ${secondMoments.length}. Teach anew.`,
    );
  }
  const settings = readSettings(header["settings"], who);
  if (describeNetwork(settings.network) !== describeNetwork(policy.network)) {
    throw new PolicyFileError(
      `${who}: needed settings for its policy's network ${describeNetwork(policy.network)}, came some for ${describeNetwork(settings.network)}. Teach anew.`,
    );
  }
  const learner = {
    parameters: policy.parameters,
    firstMoments,
    secondMoments,
    steps: wholeNumber(header, "steps", who),
  };
  return {
    settings,
    workers: Math.min(MOST_WORKERS, Math.max(1, wholeNumber(header, "workers", who))),
    environment: header["environment"] ?? {},
    state: {
      policy,
      ppo: {
        learner,
        normaliser: policy.normaliser,
        decisions: wholeNumber(header, "decisions", who),
        updates: wholeNumber(header, "updates", who),
      },
      collectors: readCollectors(header["collectors"]),
      episodes: wholeNumber(header, "episodes", who),
      device: readDevice(header["device"], who),
    },
  };
}

function writeSettings(settings: PpoSettings): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, value === Infinity ? NO_LIMIT : (value as unknown)]),
  );
}

function readSettings(value: unknown, who: string): PpoSettings {
  const entries = Object.entries(typeof value === "object" && value !== null ? value : {});
  try {
    return ppo(Object.fromEntries(entries.map(([name, entry]) => [name, entry === NO_LIMIT ? Infinity : entry])));
  } catch (cause) {
    throw new PolicyFileError(`${who}: its settings cannot work. Teach anew.`, { cause });
  }
}

function readDevice(value: unknown, who: string): Device {
  const device = DEVICES.find((one) => one === value);
  if (device) return device;
  throw new PolicyFileError(`${who}: "device" needs one of ${DEVICES.join(", ")}, came ${String(value)}. Teach anew.`);
}

function readCollectors(value: unknown): (CollectorSnapshot | null)[] {
  if (!Array.isArray(value)) return [];
  return value.map((entry: CollectorSnapshot | null) => {
    const lists = entry === null ? [] : [entry.environment, entry.returns, entry.lengths];
    const isSound = lists.length === 3 && lists.every((list) => Array.isArray(list) && list.every(Number.isFinite));
    return isSound ? entry : null;
  });
}

function wholeNumber(header: Readonly<Record<string, unknown>>, name: string, who: string): number {
  const value = header[name];
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new PolicyFileError(`${who}: "${name}" needs a whole number, came ${String(value)}. Teach anew.`);
}

function readBase64(text: string, who: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw new PolicyFileError(`${who}: needed a policy in base64, came something else. Teach anew.`, { cause });
  }
}
