import { Color3 } from "@babylonjs/core/Maths/math.color.js";

/** The Yard's colours, linear. */
export const PALETTE = {
  night: new Color3(0.022, 0.032, 0.075),
  fog: new Color3(0.03, 0.045, 0.1),
  moon: new Color3(0.6, 0.72, 1),
  skyAmbient: new Color3(0.2, 0.27, 0.5),
  groundAmbient: new Color3(0.1, 0.08, 0.1),
  lamp: new Color3(1, 0.56, 0.2),
  /** Golems that look for the thief. */
  seeking: new Color3(1, 0.68, 0.22),
  /** Golems that see the thief. */
  chasing: new Color3(1, 0.16, 0.08),
  /** Golems that have just learned something. */
  learned: new Color3(0.35, 0.6, 1),
  /** The gems and the way out. */
  gem: new Color3(0.16, 1, 0.72),
  thief: new Color3(0.62, 0.7, 1),
} as const;
