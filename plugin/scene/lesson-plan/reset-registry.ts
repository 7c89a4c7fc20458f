import type { ResetForm, ResetKind } from "./plan-part.ts";
import { randomPose } from "./resets/random-pose.ts";
import { randomTarget } from "./resets/random-target.ts";
import { samePose } from "./resets/same-pose.ts";

const ALL: readonly ResetKind[] = [randomPose, randomTarget, samePose];

/** Resets by their kind. */
export const RESETS: ReadonlyMap<string, ResetKind> = new Map(ALL.map((part) => [part.form.kind, part]));

/** The palette of resets. */
export const RESET_FORMS: readonly ResetForm[] = ALL.map(({ form }) => form);
