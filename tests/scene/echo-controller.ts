import { setter } from "../../plugin/scene/actuators/setter.ts";
import { NeuralController, type NeuralControllerOptions } from "../../plugin/scene/neural-controller.ts";
import { value } from "../../plugin/scene/sensors/value.ts";
import { LinearPolicy } from "./linear-policy.ts";

/** Senses one number, which it also sets: `gain` times what it senses. */
export function createEcho(
  name: string,
  options: Partial<NeuralControllerOptions> & { senses?: () => number; gain?: number } = {},
) {
  const { senses = () => 0.5, gain = 1, ...rest } = options;
  const set: number[] = [];
  const controller = new NeuralController(name, {
    sensors: [value("x", senses, { range: [-1, 1] })],
    actuators: [setter("y", (number) => set.push(Math.round(number * 1e4) / 1e4))],
    ...rest,
  });
  if (!("policy" in rest) && !("heuristic" in rest)) controller.policy = new LinearPolicy(controller.role, [gain]);
  return { controller, set };
}
