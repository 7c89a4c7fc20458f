import type { Diagnosis } from "../../index.ts";
import type { Studio } from "./studio.ts";
import { HYPERPARAMETER_NAMES } from "./teaching.ts";

type Change = NonNullable<Diagnosis["change"]>;

/** Whether the panel has what a doctor's advice changes. */
export function canApply(studio: Studio, { setting, value }: Change): boolean {
  if (HYPERPARAMETER_NAMES.includes(setting)) return typeof value === "number" || typeof value === "string";
  return setting === "timeLimitSeconds" && typeof value === "number" && studio.lessons.current !== null;
}

/** Does what the doctor advises, as an edit that can be undone where it is one of the scene. */
export function applyChange(studio: Studio, change: Change): void {
  if (!canApply(studio, change)) return;
  const { setting, value } = change;
  if (setting === "timeLimitSeconds") {
    studio.lessons.edit("Time limit", (from) => ({ ...from, timeLimitSeconds: value as number }));
  } else {
    studio.teaching.set({ [setting]: value as number | string });
  }
}
