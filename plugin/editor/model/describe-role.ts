import type { Actuator, NeuralController, Sensor } from "../../index.ts";

/** What goes into an agent's network and what comes out, e.g. `"13 in, 2 out"`; sizes are derived from its parts. */
export function describeRole(controller: NeuralController | null): string {
  if (!controller) return "not made";
  let inputs = 0;
  for (const { labels, image } of controller.sensors)
    inputs += labels.length + (image ? image.height * image.width : 0);
  let outputs = 0;
  for (const { labels, branches } of controller.actuators) outputs += labels.length + branches.length;
  return `${inputs} in, ${outputs} out`;
}

/** The labels of one part in one line; empty for a part that does not exist. */
export function labelsOf(part: Sensor | Actuator | undefined): string {
  if (!part) return "";
  const choices = "branches" in part ? part.branches.map(({ label }) => label) : [];
  const picture = "image" in part && part.image ? [`${part.image.width} × ${part.image.height} picture`] : [];
  const labels = [...part.labels, ...choices, ...picture];
  const shown = labels.slice(0, 6).join(", ");
  return labels.length > 6 ? `${shown} and ${labels.length - 6} more` : shown;
}
