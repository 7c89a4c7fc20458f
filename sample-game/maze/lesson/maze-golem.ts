import { choice, gridSensor, type Actuator, type Sensor } from "../../../plugin/index.ts";
import { mazeConfig } from "../rules/config.ts";
import { WAYS, type Way } from "../rules/walk.ts";
import { SEEN_TAGS } from "./maze-bodies.ts";

/** What a golem in a maze senses and does. */
export interface MazeGolemParts {
  readonly sensors: readonly Sensor[];
  readonly actuators: readonly Actuator[];
}

/**
 * Sensors and actuators of one golem: it sees hedges, the gem and its own chalk from above, as far as `mazeConfig.sight`,
 * turned the way it looks; and it chooses among the ways that are open.
 */
export function mazeGolemParts(go: (way: Way) => void, allows: (way: Way) => boolean): MazeGolemParts {
  const cells = 2 * mazeConfig.sight + 1;
  return {
    sensors: [gridSensor({ cells: [cells, cells], cellSize: mazeConfig.field, sees: SEEN_TAGS, label: "map" })],
    actuators: [choice("go", WAYS, go, { allows: (way) => allows(way as Way) })],
  };
}
