import { ConfigurationError } from "./errors.ts";

/** A row of numbers, each with a label. The only part that today's learners accept. */
export interface VectorPart {
  readonly kind: "vector";
  /** One name per number, in order, unique, e.g. `"ray 0° wall"`. */
  readonly labels: readonly string[];
  /**
   * Labels whose values have no known range; a running normaliser scales these. All others are promised to lie in
   * [-1, 1] or near it and reach the network as they are.
   */
  readonly unbounded?: readonly string[];
}

/** A picture. Declared; no learner takes it yet. */
export interface ImagePart {
  readonly kind: "image";
  readonly label: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A set of things, each described by the same labels. Declared; no learner takes it yet. */
export interface SetPart {
  readonly kind: "set";
  readonly label: string;
  readonly labels: readonly string[];
  readonly atMost: number;
}

/** A goal that the policy is told to reach. Declared; no learner takes it yet. */
export interface GoalPart {
  readonly kind: "goal";
  readonly labels: readonly string[];
}

/** Numbers that the policy writes for itself. Declared; no learner takes it yet. */
export interface MemoryPart {
  readonly kind: "memory";
  readonly size: number;
}

export type ObservationPart = VectorPart | ImagePart | SetPart | GoalPart | MemoryPart;

/** What a policy is told at each decision. */
export interface ObservationSpec {
  readonly parts: readonly ObservationPart[];
}

/** The usual spec: one row of labelled numbers. */
export function vectorObservation(labels: readonly string[], unbounded: readonly string[] = []): ObservationSpec {
  return { parts: [unbounded.length > 0 ? { kind: "vector", labels, unbounded } : { kind: "vector", labels }] };
}

/** The labels of the vector part, [observation]. */
export function observationLabels(spec: ObservationSpec): readonly string[] {
  const part = spec.parts.find((candidate) => candidate.kind === "vector");
  return part?.kind === "vector" ? part.labels : [];
}

/** How many numbers the vector part has. */
export function observationSize(spec: ObservationSpec): number {
  return observationLabels(spec).length;
}

/** 1 for each label without a known range, else 0, [observation]. */
export function unboundedFlags(spec: ObservationSpec): Uint8Array {
  const part = spec.parts.find((candidate) => candidate.kind === "vector");
  if (part?.kind !== "vector") return new Uint8Array(0);
  const unbounded = new Set(part.unbounded ?? []);
  return Uint8Array.from(part.labels, (label) => (unbounded.has(label) ? 1 : 0));
}

/**
 * Refuses an observation spec that cannot work.
 *
 * @param who - Named at the start of the message, e.g. `Environment "cartpole"`.
 * @throws ConfigurationError for no parts, parts without a learner, no labels, empty or repeated labels.
 */
export function assertObservationSpec(spec: ObservationSpec, who: string): void {
  for (const part of spec.parts) {
    if (part.kind !== "vector") {
      throw new ConfigurationError(
        `${who}: needed observations of kind "vector", came "${part.kind}". No learner takes ${part.kind} observations yet; describe the state as numbers.`,
      );
    }
  }
  if (spec.parts.length !== 1) {
    throw new ConfigurationError(
      `${who}: needed exactly 1 vector of observations, came ${spec.parts.length}. Put all labels into one part.`,
    );
  }
  const labels = observationLabels(spec);
  if (labels.length === 0) {
    throw new ConfigurationError(`${who}: needed at least 1 observation, came none. Give the agent a sensor.`);
  }
  assertUniqueLabels(labels, `${who}: observation`);
  const part = spec.parts[0] as VectorPart;
  for (const label of part.unbounded ?? []) {
    if (!labels.includes(label)) {
      throw new ConfigurationError(
        `${who}: the unbounded observation "${label}" is not among its labels. Use one of: ${quoteAll(labels)}.`,
      );
    }
  }
}

/** @throws ConfigurationError for an empty or a repeated label. */
export function assertUniqueLabels(labels: readonly string[], what: string): void {
  const seen = new Set<string>();
  labels.forEach((label, index) => {
    if (label.trim() === "") {
      throw new ConfigurationError(`${what} ${index} has an empty label. Give it a name.`);
    }
    if (seen.has(label)) {
      throw new ConfigurationError(
        `${what} ${index} is called "${label}" like an earlier one. Give each its own name.`,
      );
    }
    seen.add(label);
  });
}

/** `"a", "b"`: for messages. */
export function quoteAll(names: Iterable<string>): string {
  return Array.from(names, (name) => `"${name}"`).join(", ");
}
