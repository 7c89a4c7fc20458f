import type { Colour } from "./wish.ts";

/** The light over the yard and over the shapes. Angles in degrees. */
export interface Light {
  readonly mood: Mood;
  /** Where it comes from: 0 is behind the camera, 90 the right, −90 the left. */
  readonly azimuth: number;
  /** Over the horizon: 5 to 85. */
  readonly height: number;
}

/** Kinds of light. */
export type Mood = "warm" | "cool" | "night";

/** Colours and strengths of a mood, linear. */
export interface MoodLook {
  readonly name: string;
  readonly sun: Colour;
  readonly strength: number;
  readonly sky: Colour;
  readonly horizon: Colour;
  readonly ground: Colour;
  /** How bright lamps are. */
  readonly lamps: number;
  /** Where the sun stands when the mood is chosen. */
  readonly azimuth: number;
  readonly height: number;
}

/** The moods, as one chooses them. */
export const MOODS: Readonly<Record<Mood, MoodLook>> = {
  warm: {
    name: "Evening",
    sun: [1, 0.72, 0.44],
    strength: 3.6,
    sky: [0.16, 0.22, 0.42],
    horizon: [0.62, 0.4, 0.26],
    ground: [0.1, 0.075, 0.06],
    lamps: 0.25,
    azimuth: -52,
    height: 34,
  },
  cool: {
    name: "Overcast",
    sun: [0.86, 0.93, 1],
    strength: 2.2,
    sky: [0.52, 0.6, 0.72],
    horizon: [0.62, 0.67, 0.74],
    ground: [0.16, 0.16, 0.17],
    lamps: 0,
    azimuth: -28,
    height: 58,
  },
  night: {
    name: "Night",
    sun: [0.5, 0.64, 1],
    strength: 0.9,
    sky: [0.03, 0.045, 0.11],
    horizon: [0.05, 0.065, 0.13],
    ground: [0.02, 0.02, 0.03],
    lamps: 1,
    azimuth: 40,
    height: 46,
  },
};

/** The light that a mood begins with. */
export function lightOf(mood: Mood): Light {
  const { azimuth, height } = MOODS[mood];
  return { mood, azimuth, height };
}

/** Which way the light goes, a unit vector in Babylon.js's axes: x right, y up, z away from the camera. */
export function directionOf({ azimuth, height }: Light): Colour {
  const [turn, rise] = [(azimuth * Math.PI) / 180, (height * Math.PI) / 180];
  return [-Math.sin(turn) * Math.cos(rise), -Math.sin(rise), Math.cos(turn) * Math.cos(rise)];
}

/** Moves the light, within its limits. @param right - Degrees. @param up - Degrees. */
export function movedLight(light: Light, right: number, up: number): Light {
  const azimuth = ((((light.azimuth + right + 180) % 360) + 360) % 360) - 180;
  return { ...light, azimuth, height: Math.min(85, Math.max(5, light.height + up)) };
}
