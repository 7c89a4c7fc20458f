import { lightImbalance, type Camera } from "../../../plugin/paint/photograph/camera.ts";
import type { LightDirection } from "../../../plugin/paint/photograph/light-vector.ts";

/** Light that leans less counts as shade. */
const SHADE = 0.2;

/** How far light leans to the right and upwards, of a length in [0, 1): 0 in the shade, near 1 by low light alone. */
export function lightLean(camera: Camera): readonly [right: number, up: number] {
  const [right, up] = lightImbalance(camera);
  const length = Math.sqrt(1 + right * right + up * up);
  return [right / length, up / length];
}

/** From where most of a camera's light comes. */
export function trueLight(camera: Camera): LightDirection {
  return lightOfLean(lightLean(camera));
}

/** From where light comes that leans so far. */
export function lightOfLean([right, up]: readonly [right: number, up: number]): LightDirection {
  return Math.hypot(right, up) < SHADE ? "shade" : { azimuth: Math.atan2(up, right) };
}
