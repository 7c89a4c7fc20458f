import {
  angularVelocity,
  directionTo,
  drive,
  rayFan,
  turn,
  velocity,
  type Actuator,
  type NodeSource,
  type Sensor,
} from "../../../plugin/index.ts";
import { yardConfig } from "../rules/config.ts";

/** What a golem senses and does: the same in the lesson and in the game, so that what it learns there holds here. */
export interface GolemParts {
  readonly sensors: readonly Sensor[];
  readonly actuators: readonly Actuator[];
}

/**
 * Sensors and actuators of one golem; each golem needs its own.
 *
 * It feels its way with rays, and senses the thief all around and in line of sight only; for a while it remembers where
 * it saw the thief last.
 *
 * @param thief - Tagged `"thief"`, so that rays know it.
 */
export function golemParts(thief: NodeSource): GolemParts {
  const { golem } = yardConfig;
  return {
    sensors: [
      rayFan({ rays: golem.rays, angle: golem.fan, range: golem.sight, sees: ["thief"] }),
      directionTo(thief, { label: "thief", maximum: golem.sight, lineOfSight: true, remember: golem.memory }),
      velocity({ maximum: golem.speed, planar: true }),
      angularVelocity({ maximum: golem.turnRate, yawOnly: true }),
    ],
    actuators: [drive({ speed: golem.speed }), turn({ radiansPerSecond: golem.turnRate })],
  };
}
