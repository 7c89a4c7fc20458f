import type { PartDescription } from "../registry.ts";

/** One setting of a part, as an editor shows it. */
export type FormField =
  | NumberField
  | FlagField
  | ChoiceField
  | ChoicesField
  | TextField
  | NodeField
  | TagsField
  | OffsetField
  | AreaField
  | CellsField
  | BitsField
  | SensorField;

interface FieldBase {
  /** The option's name in code. */
  readonly name: string;
  /** What people read, e.g. `"Range"`. */
  readonly title: string;
  /** One sentence: what it does, and when to change it. */
  readonly hint: string;
  /** Whether the option may be left out; then the part's own default counts. Default false. */
  readonly optional?: boolean;
  /** Whether a new part begins with it although it may be left out. Default false. */
  readonly suggested?: boolean;
}

/** A number on a slider. */
export interface NumberField extends FieldBase {
  readonly type: "number";
  /** What is shown behind the number: `"m"`, `"°"`, `"s"`, `"m/s"`, `""`. Angles are stored in radians and shown in degrees. */
  readonly unit: string;
  /** The slider's ends; the part may take more. */
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  readonly initial: number;
  readonly whole?: boolean;
  /** The part refuses numbers that are not greater than this. */
  readonly above?: number;
  /** The part refuses smaller numbers. */
  readonly atLeast?: number;
  /** The part refuses greater numbers. */
  readonly atMost?: number;
}

export interface FlagField extends FieldBase {
  readonly type: "flag";
  readonly initial: boolean;
}

export interface ChoiceField extends FieldBase {
  readonly type: "choice";
  readonly choices: readonly { readonly value: string; readonly title: string }[];
  readonly initial: string;
}

/** Any of some words, at least one, in the order in which they were chosen. */
export interface ChoicesField extends FieldBase {
  readonly type: "choices";
  readonly choices: readonly { readonly value: string; readonly title: string }[];
  readonly initial: readonly string[];
}

export interface TextField extends FieldBase {
  readonly type: "text";
  readonly initial: string;
}

/** A node of the scene, picked by clicking it; stored by its id. */
export interface NodeField extends FieldBase {
  readonly type: "node";
}

/** Tags of things, e.g. what rays tell apart. */
export interface TagsField extends FieldBase {
  readonly type: "tags";
  readonly initial: readonly string[];
}

/** A place in a node's own axes: right, up, forward. */
export interface OffsetField extends FieldBase {
  readonly type: "offset";
  readonly initial: readonly [number, number, number];
}

/** A rectangle on the ground, drawn in the scene: `[least x, least z, greatest x, greatest z]`, in scene units. */
export interface AreaField extends FieldBase {
  readonly type: "area";
  readonly initial: readonly [number, number, number, number];
}

/** How many cells a grid has from left to right and from far to near: odd numbers, so that the agent is in the middle. */
export interface CellsField extends FieldBase {
  readonly type: "cells";
  readonly minimum: number;
  readonly maximum: number;
  readonly initial: readonly [number, number];
}

/** Collision groups, as the bits of a whole number. */
export interface BitsField extends FieldBase {
  readonly type: "bits";
  readonly initial: number;
}

/** Another sensor, with options of its own: `{ kind, options }`. */
export interface SensorField extends FieldBase {
  readonly type: "sensor";
  readonly initial: PartDescription;
}

/** What a palette shows of a kind of part: a sensor, an actuator, a reward term, an end, a reset. */
export interface PartForm {
  readonly kind: string;
  /** What people read, e.g. `"Ray fan"`. */
  readonly title: string;
  /** One or two sentences: what it gives, and when to take it. */
  readonly hint: string;
  readonly fields: readonly FormField[];
}
