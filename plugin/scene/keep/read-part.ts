import type { UntrustedField } from "../../core/untrusted-field.ts";
import { quoteAll } from "../../core/observation-spec.ts";
import type { FormField } from "../forms/form.ts";
import { partForm, type PartList } from "../forms/part-form.ts";
import { ACTUATOR_KINDS, SENSOR_KINDS, type PartDescription } from "../registry.ts";

/** No name, tag or label of what is kept is longer. */
export const LONGEST_TEXT = 200;
/** No list of tags is longer. */
const LONGEST_LIST = 64;

/**
 * Checks a sensor or an actuator that somebody's scene holds: its kind, and the names and types of its options. Whether the
 * numbers can work, the part says itself when it is made.
 *
 * @returns A copy that holds nothing else.
 * @throws what the field's wording says, e.g. ConfigurationError.
 */
export function readPart(field: UntrustedField, list: PartList): PartDescription {
  const kind = field.get("kind").oneOf(list === "sensors" ? SENSOR_KINDS : ACTUATOR_KINDS);
  const form = partForm(list, kind);
  const needed = form?.fields.filter(({ optional }) => optional !== true) ?? [];
  const options = needed.length > 0 ? field.get("options") : field.find("options");
  if (!form || !options) return { kind };
  const names = new Set([...options.keys(), ...needed.map(({ name }) => name)]);
  const read: [string, unknown][] = [];
  for (const name of names) {
    // What the agent did last follows its actuators; nobody has to keep their labels.
    if (kind === "lastAction" && name === "actuators") continue;
    const known = form.fields.find((candidate) => candidate.name === name);
    if (!known) {
      const allowed = form.fields.length === 0 ? "none" : quoteAll(form.fields.map((candidate) => candidate.name));
      field.fail(`no option ${JSON.stringify(name.slice(0, 40))}, as "${kind}" knows only ${allowed}`);
    }
    read.push([name, readOption(options.get(name), known)]);
  }
  return read.length === 0 ? { kind } : { kind, options: Object.fromEntries(read) };
}

function readOption(field: UntrustedField, { type }: FormField): unknown {
  switch (type) {
    case "number":
    case "bits":
      return field.number();
    case "flag":
      return field.flag();
    case "text":
    case "choice":
    case "node":
      return readText(field);
    case "tags":
    case "choices":
      return readTexts(field);
    case "offset":
      return readNumbers(field, 3);
    case "area":
      return readNumbers(field, 4);
    case "cells":
      return readNumbers(field, 2);
    case "sensor":
      return readInner(field);
  }
}

/** A text of at most 200 characters. */
export function readText(field: UntrustedField): string {
  const text = field.text();
  return text.length <= LONGEST_TEXT ? text : field.fail(`a text of at most ${LONGEST_TEXT} characters`);
}

function readTexts(field: UntrustedField): string[] {
  const items = field.list();
  return items.length <= LONGEST_LIST ? items.map(readText) : field.fail(`a list of at most ${LONGEST_LIST}`);
}

function readNumbers(field: UntrustedField, count: number): number[] {
  const items = field.list();
  return items.length === count ? items.map((item) => item.number()) : field.fail(`a list of ${count} numbers`);
}

/** Stacks of stacks would grow without bounds, and say nothing that one larger stack does not. */
function readInner(field: UntrustedField): PartDescription {
  const inner = field.get("kind");
  if (inner.text() === "stacked") inner.fail('another sensor than "stacked"');
  return readPart(field, "sensors");
}

/** How much a sensor gives. */
export interface SensedSize {
  readonly numbers: number;
  /** Bytes of pictures. */
  readonly pictures: number;
}

/** More than any sensor gives whose count does not hang on its options; `directionTo` gives 6. */
const FEW = 16;

/** An upper bound of what a sensor gives, told without making it. */
export function sensedSize({ kind, options = {} }: PartDescription): SensedSize {
  const { rays, sees, cells, sensor, count, with: tags } = options as Record<string, unknown>;
  const channels = Array.isArray(sees) ? sees.length : 0;
  switch (kind) {
    case "rayFan":
    case "rayCone":
      return { numbers: Number(rays ?? 0) * (channels + 2), pictures: 0 };
    case "contact":
      return { numbers: Array.isArray(tags) ? tags.length : 1, pictures: 0 };
    case "gridSensor": {
      const [width, height] = (cells ?? [0, 0]) as readonly [number, number];
      return { numbers: 0, pictures: width * height * channels };
    }
    case "stacked": {
      const inner = sensedSize(sensor as PartDescription);
      return { numbers: Number(count ?? 0) * inner.numbers, pictures: inner.pictures };
    }
    case "orientation": {
      const { parts } = options as { readonly parts?: readonly unknown[] };
      return { numbers: 3 * (parts?.length ?? 1), pictures: 0 };
    }
    default:
      return { numbers: FEW, pictures: 0 };
  }
}
