import type { Rgb } from "../maps/srgb.ts";

/** A colour from its hue in turns, its saturation and its value, both in [0, 1]; sRGB in [0, 1]. */
export function hsv(hue: number, saturation: number, value: number): Rgb {
  const channel = (shift: number): number => {
    const place = (((hue * 6 + shift) % 6) + 6) % 6;
    return value * (1 - saturation * Math.max(0, Math.min(1, place, 4 - place)));
  };
  return [channel(5), channel(3), channel(1)];
}
