import { ConfigurationError } from "../../core/errors.ts";
import type { PartList } from "../forms/part-form.ts";
import type { PartDescription } from "../registry.ts";
import type { ControllerDescription } from "./description.ts";

/**
 * Adds a sensor or an actuator. Like all edits of descriptions it changes nothing: it returns another description, so that an
 * editor can take it back.
 *
 * @param at - Before which part, from 0. Default: behind all others.
 * @throws ConfigurationError for a place that is not there.
 */
export function addPart(
  description: ControllerDescription,
  list: PartList,
  part: PartDescription,
  at: number = description[list].length,
): ControllerDescription {
  assertPlace(description, list, at, description[list].length);
  return { ...description, [list]: description[list].toSpliced(at, 0, part) };
}

/** Takes a sensor or an actuator away. @throws ConfigurationError for the last one, or a place that is not there. */
export function removePart(description: ControllerDescription, list: PartList, at: number): ControllerDescription {
  assertPlace(description, list, at, description[list].length - 1);
  if (description[list].length === 1) {
    throw new ConfigurationError(
      `Controller "${description.name}": needed at least 1 of its ${list} to stay, came a removal of the last. Add another one first, or remove the controller.`,
    );
  }
  return { ...description, [list]: description[list].toSpliced(at, 1) };
}

/** Moves a sensor or an actuator to another place among its kind. @throws ConfigurationError for a place that is not there. */
export function movePart(
  description: ControllerDescription,
  list: PartList,
  from: number,
  to: number,
): ControllerDescription {
  for (const place of [from, to]) assertPlace(description, list, place, description[list].length - 1);
  const parts = description[list];
  return { ...description, [list]: parts.toSpliced(from, 1).toSpliced(to, 0, parts[from]) };
}

/**
 * Sets an option of a sensor or an actuator, e.g. a slider's number.
 *
 * @param value - Plain JSON; undefined leaves the option out, so that the part's own default counts.
 * @throws ConfigurationError for a place that is not there. Whether the value can work, `readController` tells.
 */
export function setOption(
  description: ControllerDescription,
  list: PartList,
  at: number,
  { name, value }: { readonly name: string; readonly value: unknown },
): ControllerDescription {
  assertPlace(description, list, at, description[list].length - 1);
  const { kind, options = {} } = description[list][at];
  const entries = Object.entries(options).filter(([key]) => value !== undefined || key !== name);
  const index = entries.findIndex(([key]) => key === name);
  if (index >= 0) entries[index] = [name, value];
  else if (value !== undefined) entries.push([name, value]);
  const part = entries.length > 0 ? { kind, options: Object.fromEntries(entries) } : { kind };
  return { ...description, [list]: description[list].with(at, part) };
}

/** What of a controller can be set besides its parts. */
export type ControllerSettings = Omit<ControllerDescription, PartList>;

/** Sets what a controller has besides its parts. Undefined leaves a setting out, so that its default counts. */
export function setSettings(
  description: ControllerDescription,
  settings: { readonly [Key in keyof ControllerSettings]?: ControllerSettings[Key] | undefined },
): ControllerDescription {
  const entries = Object.entries({ ...description, ...settings }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as ControllerDescription;
}

/** Gives a description to another entity that is to find other targets: ids are replaced by what `rename` gives. */
export function renameTargets(
  description: ControllerDescription,
  rename: (id: string) => string,
): ControllerDescription {
  const renamed = (part: PartDescription): PartDescription => {
    const { target, sensor } = part.options ?? {};
    return {
      ...part,
      ...(part.options && {
        options: {
          ...part.options,
          ...(typeof target === "string" && { target: rename(target) }),
          ...(sensor !== undefined && { sensor: renamed(sensor as PartDescription) }),
        },
      }),
    };
  };
  return { ...description, sensors: description.sensors.map(renamed) };
}

function assertPlace(description: ControllerDescription, list: PartList, at: number, last: number): void {
  if (Number.isInteger(at) && at >= 0 && at <= last) return;
  throw new ConfigurationError(
    `Controller "${description.name}": needed a place from 0 to ${last} among its ${description[list].length} ${list}, came ${at}. Count from 0.`,
  );
}
