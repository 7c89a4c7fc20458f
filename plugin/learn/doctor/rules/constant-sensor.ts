import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { listSensors } from "../list-sensors.ts";
import { plainNumber } from "../plain-number.ts";
import { isBlind, unchangingSensors } from "../unchanging-sensors.ts";

/** Pictures that are looked at before one that never changes is doubted; in the maze the second one differs. */
const ENOUGH_PICTURES = 32;

/** A sensor that gave the same number all along, or the same picture. */
export function constantSensor(evidence: Evidence): Diagnosis[] {
  const severity = isBlind(evidence) ? "fault" : "doubt";
  const suggestion = "Check that it is connected to what moves, or take it away: what never changes says nothing.";
  const numbers = listSensors(
    unchangingSensors(evidence).filter(({ lowest }) => lowest !== 0),
    ({ label, lowest }) => ({
      rule: "constant-sensor",
      about: label,
      severity,
      words: `The sensor "${label}" always shows the same number.`,
      evidence: `${plainNumber(lowest)} in all of ${plainNumber(evidence.looks)} decisions that were looked at.`,
      suggestion,
      change: { setting: label, value: null, where: "controller" },
    }),
    (count) => `${count} sensors always show the same number`,
  );
  const pictures = evidence.pictures
    .filter(({ varied, blank, looks }) => !varied && !blank && looks >= ENOUGH_PICTURES)
    .map(({ label, looks }): Diagnosis => ({
      rule: "constant-sensor",
      about: label,
      severity,
      words: `The picture "${label}" is always the same.`,
      evidence: `All of ${plainNumber(looks)} pictures that were looked at were alike.`,
      suggestion,
      change: { setting: label, value: null, where: "controller" },
    }));
  return [...numbers, ...pictures];
}
