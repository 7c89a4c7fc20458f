import { fell } from "./ends/fell.ts";
import { left } from "./ends/left.ts";
import { reached } from "./ends/reached.ts";
import { timeLimit } from "./ends/time-limit.ts";
import { touched } from "./ends/touched.ts";
import type { EndForm, EndKind } from "./plan-part.ts";

const ALL: readonly EndKind[] = [reached, fell, left, touched, timeLimit];

/** Ends by their kind. */
export const ENDS: ReadonlyMap<string, EndKind> = new Map(ALL.map((part) => [part.form.kind, part]));

/** The palette of ends. */
export const END_FORMS: readonly EndForm[] = ALL.map(({ form }) => form);
