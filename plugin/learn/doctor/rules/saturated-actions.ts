import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { listSensors } from "../list-sensors.ts";
import { slower } from "../slower.ts";
import { plainNumber, plainShare } from "../plain-number.ts";

/** Updates that are waited for. */
const ENOUGH_UPDATES = 5;
/** Mean size, where 1 is full throttle. Policies begin at 0.8; healthy ones were seen at up to 2 (reach). */
const FAR = 5;
const NEARLY_ALWAYS = 0.8;

/** Actions that lie so far beyond what actuators take that trying something else makes no difference. */
export function saturatedActions({ actions, updates, settings }: Evidence): Diagnosis[] {
  if (!updates || updates.updates < ENOUGH_UPDATES) return [];
  const isNoisy = updates.entropy > 0;
  return listSensors(
    actions.filter(({ meanSize, beyond }) => meanSize > FAR && beyond > NEARLY_ALWAYS),
    ({ label, meanSize, beyond }) => ({
      rule: "saturated-actions",
      about: label,
      severity: "doubt",
      words: `The action "${label}" is always pushed to its limit.`,
      evidence: `${plainNumber(meanSize)} on average, where 1 is full power; ${plainShare(beyond)} of the decisions went beyond it.`,
      suggestion: isNoisy
        ? "Reward indecision less, with a lower entropy coefficient, or learn more slowly."
        : "Learn more slowly, with a lower learning rate, or charge a little for effort.",
      ...(settings && isNoisy
        ? { change: { setting: "entropyCoefficient", value: 0.001, where: "run" as const } }
        : { change: { setting: "learningRate", value: slower(updates.learningRate), where: "run" as const } }),
    }),
    (count) => `${count} actions are always pushed to their limits`,
  );
}
