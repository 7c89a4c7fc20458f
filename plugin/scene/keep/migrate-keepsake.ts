import { show } from "../../core/container.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { METADATA_KEY, METADATA_VERSION } from "./description.ts";
import type { KeepsakeBlock } from "./keepsake.ts";

type Fields = Readonly<Record<string, unknown>>;

/** From one version to the next, in order: the first one takes version 0. */
const STEPS: readonly ((block: Fields) => Fields)[] = [fromDegrees];

/**
 * Brings what a scene keeps up to the newest version. What is in it is copied, not checked: that does whoever reads it.
 *
 * - Version 0, of the first drafts, is also what a block without a version is. There, a part's options lay beside its `kind`,
 *   angles were in degrees (`turn` had `degreesPerSecond`), and a policy was the text of its URL.
 * - Version 1 is `NodeKeepsake` and `SceneKeepsake`.
 *
 * @param who - Named at the start of messages, e.g. `Node "box"`.
 * @throws ConfigurationError for what is no object, has no sensible version, or is newer than this release.
 */
export function migrateKeepsake(block: unknown, who: string): KeepsakeBlock {
  if (!isFields(block)) {
    throw new ConfigurationError(
      `${who}: needed an object as "${METADATA_KEY}" in its metadata, came ${show(block)}. Remove it, and keep the controller again.`,
    );
  }
  const version = Object.hasOwn(block, "version") ? block["version"] : 0;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 0) {
    throw new ConfigurationError(
      `${who}: needed a version from 0 of what it keeps, came ${show(version)}. Remove "${METADATA_KEY}" from its metadata, and keep the controller again.`,
    );
  }
  if (version > METADATA_VERSION) {
    throw new ConfigurationError(
      `${who}: needed version ${METADATA_VERSION} or older of what it keeps, came ${version}. Upgrade babylon-neural, or keep it with this release.`,
    );
  }
  let newest: Fields = block;
  for (const step of STEPS.slice(version)) newest = step(newest);
  return { ...newest, version: METADATA_VERSION };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Options that version 0 kept in degrees, by their kind: the old name and the new one. */
const ANGLES: Readonly<Record<string, readonly [was: string, is: string]>> = {
  rayFan: ["angle", "angle"],
  rayCone: ["angle", "angle"],
  directionTo: ["fieldOfView", "fieldOfView"],
  turn: ["degreesPerSecond", "radiansPerSecond"],
};

function fromDegrees(block: Fields): Fields {
  const controllers = Object.hasOwn(block, "controllers") ? block["controllers"] : undefined;
  return Array.isArray(controllers) ? { ...block, controllers: controllers.map(controllerFromDegrees) } : block;
}

function controllerFromDegrees(controller: unknown): unknown {
  if (!isFields(controller)) return controller;
  const { sensors, actuators, policy } = controller;
  return {
    ...controller,
    ...(Array.isArray(sensors) && { sensors: sensors.map((part) => partFromDegrees(part)) }),
    ...(Array.isArray(actuators) && { actuators: actuators.map((part) => partFromDegrees(part)) }),
    ...(typeof policy === "string" && { policy: { url: policy } }),
  };
}

/** Stacks of stacks are refused when they are read, so that one step inwards suffices. */
function partFromDegrees(part: unknown, isInner = false): unknown {
  if (!isFields(part)) return part;
  const { kind, ...options } = part;
  const renamed = typeof kind === "string" && Object.hasOwn(ANGLES, kind) ? ANGLES[kind] : undefined;
  const entries = Object.entries(options).map(([name, value]): [string, unknown] => {
    if (renamed && name === renamed[0] && typeof value === "number") return [renamed[1], (value * Math.PI) / 180];
    return [name, name === "sensor" && !isInner ? partFromDegrees(value, true) : value];
  });
  return entries.length === 0 ? { kind } : { kind, options: Object.fromEntries(entries) };
}
