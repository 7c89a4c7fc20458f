import { ConfigurationError } from "./errors.ts";

/** A row of numbers, each with a label. An observation has one such row at most. */
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

/**
 * A picture: what a camera or a grid sees. Its values are bytes, row-major [height, width, channels]; a network gets
 * byte / 255. An observation may have several.
 */
export interface ImagePart {
  readonly kind: "image";
  /** Unique among the pictures of an observation. */
  readonly label: string;
  /** In pixels, 1 to 256. */
  readonly height: number;
  readonly width: number;
  /** 1 to 64, e.g. 3 for colours, or one for each kind of thing on a grid. */
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

/** Most pixels along a side of a picture, and most channels: chosen so that a row of pictures stays below 4 MiB. */
const MOST_PIXELS = 256;
const MOST_CHANNELS = 64;

/** The usual spec: one row of labelled numbers. */
export function vectorObservation(labels: readonly string[], unbounded: readonly string[] = []): ObservationSpec {
  return { parts: [unbounded.length > 0 ? { kind: "vector", labels, unbounded } : { kind: "vector", labels }] };
}

/** What an observation is made of; see `observationSpec`. */
export interface ObservationOptions {
  /** Of the row of numbers, in order. Default none. */
  readonly labels?: readonly string[];
  /** Those of the labels whose values have no known range. Default none. */
  readonly unbounded?: readonly string[];
  /** Pictures, in order. Default none. */
  readonly images?: readonly Omit<ImagePart, "kind">[];
}

/** Numbers, pictures, or both. */
export function observationSpec({ labels = [], unbounded = [], images = [] }: ObservationOptions): ObservationSpec {
  const vector = labels.length > 0 ? vectorObservation(labels, unbounded).parts : [];
  const pictures = images.map(({ label, height, width, channels }): ImagePart => ({
    kind: "image",
    label,
    height,
    width,
    channels,
  }));
  return { parts: [...vector, ...pictures] };
}

/** The pictures, in order. */
export function imageParts(spec: ObservationSpec): readonly ImagePart[] {
  return spec.parts.filter((part) => part.kind === "image");
}

/** How many bytes one picture has. */
export function pictureSize({ height, width, channels }: ImagePart): number {
  return height * width * channels;
}

/** How many bytes all pictures of one observation have together; they lie one after the other. */
export function imageSize(spec: ObservationSpec): number {
  return imageParts(spec).reduce((sum, part) => sum + pictureSize(part), 0);
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
 * @throws ConfigurationError for no parts, parts without a learner, empty or repeated labels, pictures of impossible sizes.
 */
export function assertObservationSpec(spec: ObservationSpec, who: string): void {
  for (const { kind } of spec.parts) {
    if (kind !== "vector" && kind !== "image") {
      throw new ConfigurationError(
        `${who}: needed observations of kind "vector" or "image", came "${kind}". No learner takes ${kind} observations yet; describe the state as numbers.`,
      );
    }
  }
  const vectors = spec.parts.filter((part) => part.kind === "vector");
  if (vectors.length > 1) {
    throw new ConfigurationError(
      `${who}: needed at most 1 vector of observations, came ${vectors.length}. Put all labels into one part.`,
    );
  }
  const images = imageParts(spec);
  const labels = observationLabels(spec);
  if (labels.length + images.length === 0 || (vectors.length === 1 && labels.length === 0)) {
    throw new ConfigurationError(`${who}: needed at least 1 observation, came none. Give the agent a sensor.`);
  }
  assertUniqueLabels(labels, `${who}: observation`);
  for (const label of vectors[0]?.unbounded ?? []) {
    if (!labels.includes(label)) {
      throw new ConfigurationError(
        `${who}: the unbounded observation "${label}" is not among its labels. Use one of: ${quoteAll(labels)}.`,
      );
    }
  }
  assertUniqueLabels(
    images.map(({ label }) => label),
    `${who}: picture`,
  );
  for (const image of images) assertImagePart(image, who);
}

/** @throws ConfigurationError for a picture of an impossible size. */
export function assertImagePart({ label, height, width, channels }: ImagePart, who: string): void {
  const sizes = [
    ["height", height, MOST_PIXELS],
    ["width", width, MOST_PIXELS],
    ["channels", channels, MOST_CHANNELS],
  ] as const;
  for (const [name, size, most] of sizes) {
    if (Number.isInteger(size) && size >= 1 && size <= most) continue;
    throw new ConfigurationError(
      `${who}: the ${name} of the picture "${label}" needs a whole number from 1 to ${most}, came ${size}. Change its size.`,
    );
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
