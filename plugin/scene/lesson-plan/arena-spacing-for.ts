import type { ControllerDescription } from "../keep/description.ts";
import type { PackedScene } from "../packed/packed-scene.ts";
import type { PlanRuleSet } from "./plan-rules.ts";

/** A sensor that looks farther than this, in scene units, is taken to look no farther: arenas must not stand miles apart. */
const FARTHEST = 200;
/** Room between arenas in any case, in scene units. */
const LEAST = 10;

/**
 * How far apart arenas of a packed scene stand, in scene units, so that no agent senses the next arena: the size of the scene and of
 * the rules' areas, and twice the longest reach of a sensor.
 */
export function arenaSpacingFor(
  { extent }: PackedScene,
  rules: PlanRuleSet,
  { sensors }: Pick<ControllerDescription, "sensors">,
): number {
  let reach = LEAST;
  for (const { options = {} } of sensors) {
    const range = options["range"] ?? options["maximum"];
    if (typeof range === "number") reach = Math.max(reach, Math.min(FARTHEST, range));
  }
  let [x0, z0, x1, z1] = extent;
  for (const { options = {} } of [...rules.resets, ...rules.ends]) {
    const area = options["area"];
    if (!Array.isArray(area)) continue;
    const [left, near, right, far] = area as [number, number, number, number];
    [x0, z0, x1, z1] = [Math.min(x0, left), Math.min(z0, near), Math.max(x1, right), Math.max(z1, far)];
  }
  return Math.ceil(Math.max(x1 - x0, z1 - z0) + 2 * reach);
}
