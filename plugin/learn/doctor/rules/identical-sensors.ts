import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { listSensors } from "../list-sensors.ts";
import { plainNumber } from "../plain-number.ts";

/** Looks before two sensors count as the same; those of healthy lessons that change at all part within 512. */
const ENOUGH_LOOKS = 4_096;

/** Two sensors that gave the same number all along, although it changed. */
export function identicalSensors({ sensors, looks }: Evidence): Diagnosis[] {
  if (looks < ENOUGH_LOOKS) return [];
  return listSensors(
    sensors.filter(({ sameAs, lowest, highest }) => sameAs !== null && lowest < highest),
    ({ label, sameAs }) => ({
      rule: "identical-sensors",
      about: label,
      severity: "doubt",
      words: `The sensors "${sameAs}" and "${label}" always show the same number.`,
      evidence: `Equal in all of ${plainNumber(looks)} decisions that were looked at.`,
      suggestion: "Point one of them at something else, or take it away.",
      change: { setting: label, value: null, where: "controller" },
    }),
    (count) => `${count} sensors always show the same number as another one`,
  );
}
