import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { listSensors } from "../list-sensors.ts";
import { plainNumber } from "../plain-number.ts";
import { isBlind, unchangingSensors } from "../unchanging-sensors.ts";

/** A sensor that was 0 all along. */
export function deadSensor(evidence: Evidence): Diagnosis[] {
  const severity = isBlind(evidence) ? "fault" : "doubt";
  return listSensors(
    unchangingSensors(evidence).filter(({ lowest }) => lowest === 0),
    ({ label }) => ({
      rule: "dead-sensor",
      about: label,
      severity,
      words: `The sensor "${label}" has never shown anything.`,
      evidence: `0 in all of ${plainNumber(evidence.looks)} decisions that were looked at.`,
      suggestion: "Check what it looks for and how far it reaches, or take it away.",
      change: { setting: label, value: null, where: "controller" },
    }),
    (count) => `${count} sensors have never shown anything`,
  );
}
