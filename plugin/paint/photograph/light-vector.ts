/** From where light comes: a direction, or from everywhere. */
export type LightDirection = "shade" | { readonly azimuth: number };

/** How far the light that a network is told leans: as in sunlight. How far it really leans, no picture tells well. */
const LEAN = 0.6;

/**
 * Light as networks are told it, to the right and upwards in the picture; 0 in the shade.
 *
 * @param light - The azimuth in radians: 0 from the right, π/2 from the top.
 */
export function lightVector(light: LightDirection): readonly [right: number, up: number] {
  if (light === "shade") return [0, 0];
  return [LEAN * Math.cos(light.azimuth), LEAN * Math.sin(light.azimuth)];
}
