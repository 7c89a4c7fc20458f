import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { listSensors } from "../list-sensors.ts";
import { plainNumber } from "../plain-number.ts";

/**
 * Ten times the promised range, as in `checkEnvironment`. The largest healthy value is 8: Pendulum's speed, published without
 * scaling and learned so.
 */
const FAR = 10;

/** A sensor whose numbers are far from [-1, 1], although it does not say that its range is unknown. */
export function sensorOutOfRange({ sensors }: Evidence): Diagnosis[] {
  const size = ({ lowest, highest }: { lowest: number; highest: number }): number => Math.max(-lowest, highest);
  return listSensors(
    sensors.filter((sensor) => !sensor.unbounded && size(sensor) > FAR),
    (sensor) => ({
      rule: "sensor-out-of-range",
      about: sensor.label,
      severity: "fault",
      words: `The sensor "${sensor.label}" goes far beyond its range.`,
      evidence: `From ${plainNumber(sensor.lowest)} to ${plainNumber(sensor.highest)}, where about -1 to 1 is expected.`,
      suggestion: `Divide it by the largest value that it can have, about ${plainNumber(roundUp(size(sensor)))}. If nobody knows that, list it as unbounded.`,
      change: { setting: sensor.label, value: roundUp(size(sensor)), where: "controller" },
    }),
    (count) => `${count} sensors go far beyond their range`,
  );
}

/** The next number with one digit, e.g. 900 for 873. */
function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return Math.ceil(value / unit) * unit;
}
