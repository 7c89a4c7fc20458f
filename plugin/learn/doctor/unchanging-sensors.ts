import type { Evidence, SensorEvidence } from "./evidence.ts";

/**
 * Looks before a sensor that has never changed is doubted. In Golem Yard, whose golem meets its thief by chance, the first ray sees
 * the thief within 512 looks.
 */
const ENOUGH_LOOKS = 8_192;
/** The same where a sensor of the same kind has changed: in the Yard the last ray to see the thief does so after 16,384 looks. */
const ENOUGH_BESIDE_OTHERS = 131_072;

/** Sensors that gave one number all along, for so long that it is odd. */
export function unchangingSensors({ sensors, looks }: Evidence): SensorEvidence[] {
  if (looks < ENOUGH_LOOKS) return [];
  const living = new Set(sensors.filter(({ lowest, highest }) => lowest < highest).map(({ label }) => kindOf(label)));
  // A 1 may be a flag that happened to be true until now, as of a target that is in sight nearly always.
  const isRare = ({ label, lowest }: SensorEvidence): boolean => lowest === 1 || living.has(kindOf(label));
  return sensors.filter(
    (sensor) => sensor.lowest === sensor.highest && (looks >= ENOUGH_BESIDE_OTHERS || !isRare(sensor)),
  );
}

/** Whether nothing at all that agents sense has ever changed. */
export function isBlind({ sensors, pictures }: Evidence): boolean {
  return sensors.every(({ lowest, highest }) => lowest === highest) && pictures.every(({ varied }) => !varied);
}

/** Rays of one fan differ in their angle, cells of one grid in their place: `"ray # thief"`. */
function kindOf(label: string): string {
  return label.replace(/[-−+]?\d+(\.\d+)?/g, "#");
}
