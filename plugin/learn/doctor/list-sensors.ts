import { quoteAll } from "../../core/observation-spec.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** So many sensors with the same fault are told one by one; more are told together. */
const MOST_APART = 3;

/** Tells of each sensor, or of all of them at once when they are many. */
export function listSensors<T extends { readonly label: string }>(
  sensors: readonly T[],
  one: (sensor: T) => Diagnosis,
  words: (count: number) => string,
): Diagnosis[] {
  if (sensors.length <= MOST_APART) return sensors.map(one);
  const { change: _, ...first } = one(sensors[0]);
  const labels = sensors.map(({ label }) => label);
  return [{ ...first, about: labels.join(", "), words: `${words(sensors.length)}: ${quoteAll(labels)}.` }];
}
