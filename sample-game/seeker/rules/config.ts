/** Every number of the seeker's court. Metres, seconds and radians. */
export const seekerConfig = {
  /** From wall to wall. */
  court: 10,
  wallHeight: 1.6,
  pillars: { radius: 0.4, height: 2, distance: 2.4 },
  golem: { radius: 0.35, speed: 3, turn: 2.5 },
  /** Where its camera sits and what it takes in; pictures are as small as they can be and still tell a gem at the far wall. */
  camera: { pixels: 20, fieldOfView: 1.2, height: 0.75, forward: 0.2, down: 0.12 },
  gem: { radius: 0.32, height: 0.55, reach: 0.8 },
  decisionsPerSecond: 10,
  stepsPerSecond: 30,
  /** The golem gives up after so long. */
  patience: 15,
} as const;

/** Gems in the order in which they are laid; the first one is wanted. */
export const GEMS = ["emerald", "ruby", "sapphire"] as const;
export type GemName = (typeof GEMS)[number];

/** Colours as they are painted, in [0, 1]. */
export const PAINT = {
  emerald: [0.05, 0.85, 0.15],
  ruby: [0.9, 0.06, 0.08],
  sapphire: [0.08, 0.2, 0.95],
  floor: [0.16, 0.15, 0.14],
  wall: [0.34, 0.31, 0.28],
  pillars: [
    [0.62, 0.45, 0.12],
    [0.45, 0.18, 0.5],
    [0.1, 0.45, 0.48],
    [0.75, 0.72, 0.68],
  ],
} as const;
