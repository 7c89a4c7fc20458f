/** Every number of the studio's scene. Metres and radians; colours linear, in [0, 1]. */
export const studioConfig = {
  /** Side of the square ground, and of one of its squares. */
  ground: 12,
  square: 1,
  box: { size: 0.9, x: -2, z: -1.5, turned: 2.4 },
  ball: { diameter: 0.8, x: 2.5, z: 2 },
  cone: { height: 1.1, diameter: 0.9, x: 3.2, z: -2.6 },
  pillar: { height: 1.7, diameter: 0.8, x: -3.6, z: 2.8 },
  wall: { length: 2.6, height: 0.8, thickness: 0.35, x: 0.2, z: 1.1, turned: -0.5 },
  camera: {
    turned: -1.8,
    down: 0.86,
    distance: 18,
    nearest: 5,
    farthest: 40,
    /** Upwards, and across where the picture is less than `wide` times as wide as it is high. */
    fieldOfView: 0.72,
    across: 1,
    wide: 1.4,
  },
} as const;

/** What things are painted with. */
export const PAINT = {
  ground: [0.17, 0.19, 0.26],
  line: [0.25, 0.28, 0.37],
  edge: [0.36, 0.4, 0.52],
  box: [0.86, 0.5, 0.16],
  face: [0.16, 0.1, 0.06],
  ball: [0.85, 0.14, 0.13],
  cone: [0.1, 0.55, 0.48],
  stone: [0.46, 0.48, 0.56],
} as const;

/** What scene files know things by. */
export const NAMES = ["ground", "box", "ball", "cone", "pillar", "wall"] as const;
export type ThingName = (typeof NAMES)[number];
