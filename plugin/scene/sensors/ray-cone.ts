import { assertNumber } from "../check-option.ts";
import type { Sensor } from "../sensor.ts";
import { assertRayOptions, createRaySensor, nameAngles, type RayOptions } from "./ray-sensor.ts";

export interface RayConeOptions extends RayOptions {
  /** Full opening of the cone, in radians, above 0 and at most 2π (all directions). Default π/2 (90°). */
  readonly angle?: number;
}

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * Feels out what is ahead in three dimensions, with rays spread evenly over a cone around the node's forward axis.
 *
 * The first ray goes straight ahead, the others wind outwards in a spiral; each stands for about the same solid angle.
 * Values, cost and what rays meet are as for `rayFan`; labels are like `"ray 12°/-5° wall"`: degrees to the right of
 * forward, then degrees above the node's horizontal plane.
 *
 * @throws ConfigurationError for options that cannot work.
 */
export function rayCone(options: RayConeOptions): Sensor {
  const { rays, angle = Math.PI / 2 } = options;
  assertRayOptions(options, "rayCone");
  assertNumber(
    "rayCone",
    "angle",
    angle,
    { above: 0, atMost: 2 * Math.PI },
    "Give the cone's full opening in radians.",
  );
  const directions = new Float32Array(3 * rays);
  const angles: [number, number][] = [];
  for (let ray = 0; ray < rays; ray++) {
    // Equal steps of the cosine cut a sphere into bands of equal area.
    const cosine = rays === 1 ? 1 : 1 - ((1 - Math.cos(angle / 2)) * ray) / (rays - 1);
    const sine = Math.sqrt(1 - cosine * cosine);
    const right = sine * Math.cos(ray * GOLDEN_ANGLE);
    const up = sine * Math.sin(ray * GOLDEN_ANGLE);
    directions.set([right, up, cosine], 3 * ray);
    angles.push([Math.atan2(right, cosine), Math.asin(up)]);
  }
  return createRaySensor({ kind: "rayCone", options, names: nameAngles(angles), directions });
}
