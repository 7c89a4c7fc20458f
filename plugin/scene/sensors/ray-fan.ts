import { assertNumber } from "../check-option.ts";
import type { Sensor } from "../sensor.ts";
import { assertRayOptions, createRaySensor, nameAngles, type RayOptions } from "./ray-sensor.ts";

export interface RayFanOptions extends RayOptions {
  /** From the leftmost ray to the rightmost, in radians, above 0 and at most 2π. Default 2π/3 (120°). */
  readonly angle?: number;
}

/**
 * Feels out what is around, with rays spread like a fan in the plane of the node's right and forward axes.
 *
 * Rays go from left to right; one alone goes straight ahead; a fan of a whole turn begins behind and spaces its rays
 * evenly. Negative angles are left of forward (+Z). Each ray gives, in this order,
 * - one number per tag of `sees`: 1 when the nearest thing on the ray carries it (see `hasTag`), else 0;
 * - `hit`: 1 when the ray met anything, tagged or not, else 0;
 * - `distance`: 0 at the ray's beginning to 1 at its range, and 1 when it met nothing.
 *
 * Labels are like `"ray -30° wall"`, `"ray -30° hit"`, `"ray -30° distance"`. Rays meet physics bodies where the scene
 * has a physics engine, and enabled, visible, pickable meshes elsewhere; they look through the agent itself. Runs at
 * each decision, about 6 µs a ray with Havok; makes no objects of its own.
 *
 * @throws ConfigurationError for options that cannot work.
 */
export function rayFan(options: RayFanOptions): Sensor {
  const { rays, angle = (2 * Math.PI) / 3 } = options;
  assertRayOptions(options, "rayFan");
  assertNumber("rayFan", "angle", angle, { above: 0, atMost: 2 * Math.PI }, "Give radians from first to last ray.");
  const angles = fanAngles(rays, angle);
  const directions = Float32Array.from(angles.flatMap((yaw) => [Math.sin(yaw), 0, Math.cos(yaw)]));
  return createRaySensor({ kind: "rayFan", options, names: nameAngles(angles.map((yaw) => [yaw])), directions });
}

/** Angles to the right of forward, in radians, from left to right. */
function fanAngles(rays: number, angle: number): number[] {
  if (rays === 1) return [0];
  const wholeTurn = angle > 2 * Math.PI - 1e-6;
  const step = angle / (wholeTurn ? rays : rays - 1);
  return Array.from({ length: rays }, (_, index) => index * step - angle / 2);
}
