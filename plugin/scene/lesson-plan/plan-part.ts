import type { Random } from "../../core/random.ts";
import type { FormField, PartForm } from "../forms/form.ts";
import type { PartOptions } from "../registry.ts";
import type { EndSource, LessonSite, RewardSource } from "./lesson-site.ts";
import type { Placement } from "./placement.ts";

/** What a palette shows of a kind of reward term. */
export interface RewardForm extends PartForm {
  /** What the weight is for one of: `"m"`, `"s"`, `"each"`. */
  readonly unit: "m" | "s" | "each";
  /** A weight to begin with. */
  readonly weight: number;
  /** Whether a weight above 0 takes instead of giving. Default false. */
  readonly takes?: boolean;
}

/** What a palette shows of a kind of end. */
export interface EndForm extends PartForm {
  /** Whether it counts as a success unless the plan says otherwise. */
  readonly succeeded: boolean;
  /** Whether it only cuts the episode off, although it could have gone on. */
  readonly truncates: boolean;
}

/** What a palette shows of a kind of reset. */
export type ResetForm = PartForm;

/** A kind of reward term. Options were checked against the form, and have its defaults filled in. */
export interface RewardKind {
  readonly form: RewardForm;
  create(options: PartOptions, site: LessonSite): RewardSource;
}

/** A kind of end. */
export interface EndKind {
  readonly form: EndForm;
  create(options: PartOptions, site: LessonSite): EndSource;
}

/** A kind of reset: puts one node somewhere. */
export interface ResetKind {
  readonly form: ResetForm;
  create(options: PartOptions, site: LessonSite): (placement: Placement, random: Random) => void;
}

/** The options with the initial values of what may be left out; fields that are optional stay out. */
export function fillOptions(fields: readonly FormField[], options: PartOptions = {}): PartOptions {
  const filled: Record<string, unknown> = {};
  for (const field of fields) {
    const given = Object.hasOwn(options, field.name) ? options[field.name] : undefined;
    if (given !== undefined) filled[field.name] = given;
    else if (field.optional !== true && "initial" in field) filled[field.name] = field.initial;
  }
  return filled;
}

/** The node that an option names; plans were checked, so it is there. */
export function nodeOption(options: PartOptions, name: string, site: LessonSite): ReturnType<LessonSite["find"]> {
  const id = options[name];
  return typeof id === "string" ? site.find(id) : null;
}
