import type { Colour } from "./sensor.ts";

/** Colours of the debug view, linear, in [0, 1]. */
export const DEBUG_COLOURS = {
  nothing: { r: 0.1, g: 0.1, b: 0.12 },
  anything: { r: 0.6, g: 0.6, b: 0.6 },
  seen: { r: 0.1, g: 0.8, b: 0.2 },
  remembered: { r: 0.8, g: 0.5, b: 0.05 },
  action: { r: 0.05, g: 0.35, b: 1 },
} as const satisfies Record<string, Colour>;

/** One colour for each tag that a ray looks for, over and over. */
export const TAG_COLOURS: readonly Colour[] = [
  { r: 0.9, g: 0.15, b: 0.05 },
  { r: 0.05, g: 0.6, b: 0.9 },
  { r: 0.9, g: 0.75, b: 0.05 },
  { r: 0.7, g: 0.1, b: 0.8 },
];
