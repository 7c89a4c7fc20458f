import { ConfigurationError } from "../../core/errors.ts";
import type { NetworkSpec } from "../../core/network-spec.ts";
import type { Actuator } from "../actuator.ts";
import type { NeuralController } from "../neural-controller.ts";
import { ACTUATOR_KINDS, SENSOR_KINDS, type PartDescription } from "../registry.ts";
import type { Sensor } from "../sensor.ts";
import type { ControllerDescription, PolicyDescription } from "./description.ts";
import { embedPolicy } from "./policy-keeping.ts";
import { readController } from "./read-controller.ts";

/** What a live controller does not know itself. */
export interface DescribeOptions {
  /** Where its policy lies, or null to leave it out. Default: it is embedded, if it has one. */
  readonly policy?: PolicyDescription | null;
  /** What a policy for it is taught with. Default: as the policy that it has. */
  readonly network?: NetworkSpec;
}

/**
 * Describes a controller as plain JSON, for `keepController`, `attachController` and `controllerToTypeScript`.
 *
 * @throws ConfigurationError for a sensor or an actuator that is made in code, naming it, and for a policy above 200 kB.
 */
export function describeController(controller: NeuralController, options: DescribeOptions = {}): ControllerDescription {
  const { name, sensors, actuators, decisionsPerSecond, interpolate, greedy, phase } = controller;
  const who = `describeController "${name}"`;
  const live = controller.policy;
  const policy = options.policy === undefined ? live && embedPolicy(live) : options.policy;
  const network = options.network ?? live?.network;
  return readController(
    {
      name,
      sensors: sensors.map((sensor, index) => describePart(sensor, index, "sensor", who)),
      actuators: actuators.map((actuator, index) => describePart(actuator, index, "actuator", who)),
      decisionsPerSecond,
      ...(interpolate && { interpolate }),
      ...(!greedy && { greedy }),
      ...(phase !== 0 && { phase }),
      ...(network && { network }),
      ...(policy && { policy }),
    },
    who,
  );
}

function describePart(part: Sensor | Actuator, index: number, what: string, who: string): PartDescription {
  const { kind, options } = part;
  if (kind !== undefined && (what === "sensor" ? SENSOR_KINDS : ACTUATOR_KINDS).includes(kind)) {
    return options ? { kind, options: withoutUndefined(options) } : { kind };
  }
  throw new ConfigurationError(
    `${who}: needed built-in parts only, came ${what} ${index} (${firstLabel(part)}), which is made in code. Keep that controller in code, or take one of the palette.`,
  );
}

function firstLabel(part: Sensor | Actuator): string {
  const labels = "branches" in part ? [...part.labels, ...part.branches.map(({ label }) => label)] : part.labels;
  const image = "image" in part ? part.image?.label : undefined;
  return JSON.stringify(labels[0] ?? image ?? part.kind ?? "without labels");
}

/** As JSON would keep it. */
function withoutUndefined(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
