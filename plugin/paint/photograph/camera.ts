import type { Random } from "../../core/random.ts";
import type { Rgb } from "../maps/srgb.ts";

/** A direction: x to the right, y up in the picture, z out of the surface; length 1. */
export type Direction = readonly [x: number, y: number, z: number];

/** A lamp or a sun, so far away that all its rays are parallel. */
export interface Light {
  readonly towards: Direction;
  /** Linear, before exposure. */
  readonly colour: Rgb;
  /** Whether heights cast shadows in it. */
  readonly hasShadow: boolean;
}

/** Under which light, and with which camera, a photograph is taken. The camera looks straight down, from far away. */
export interface Camera {
  readonly lights: readonly Light[];
  /** Light from all of the sky, linear; less where a surface's own heights hide it. */
  readonly ambient: Rgb;
  /** Which part of the sky is brighter, and by how much: the length is in [0, 1). */
  readonly skyTilt: readonly [x: number, y: number];
  /** What the mean brightness becomes, linear, in (0, 1). */
  readonly exposure: number;
  /** Factors to red, green and blue: the wrong white balance. */
  readonly whiteBalance: Rgb;
  /** How much darker the corners are, in [0, 1). With more than 0, the photograph does not tile. */
  readonly vignette: number;
  /** Noise of black pixels, as a standard deviation in linear light. */
  readonly readNoise: number;
  /** Variance that comes with light, per unit of linear light. */
  readonly shotNoise: number;
  /** Standard deviation of the blur, in pixels. */
  readonly blur: number;
  /** Which noise. */
  readonly seed: number;
}

/**
 * Under a clear sky a surface gets some six times as much light from the sun as from the sky (100,000 and 15,000 lux); under a lamp
 * or a flash hardly any comes from elsewhere; in the shade and under clouds it all comes from everywhere.
 */
const LIGHTINGS = [
  { share: 0.55, main: [1, 1], ambient: [0.12, 0.4] },
  { share: 0.2, main: [1, 1], ambient: [0.03, 0.15] },
  { share: 0.25, main: [0.05, 0.5], ambient: [1, 1] },
] as const;
const SECOND_LIGHT = 0.3;
const NO_VIGNETTE = 0.4;

/**
 * A camera as anybody might hold it: in the sun, by lamplight, in the shade.
 *
 * @param tiles - Whether the photograph shall tile, i.e. no vignette.
 */
export function randomCamera(random: Random, tiles = true): Camera {
  const { main: mainRange, ambient: ambientRange } = pickLighting(random);
  const warmth = random.between(-0.25, 0.25);
  const main = evenly(random, mainRange);
  const lights: Light[] = [
    { towards: randomDirection(random, 0.3, 0.97), colour: tinted(main, warmth), hasShadow: true },
  ];
  if (random.uniform() < SECOND_LIGHT) {
    const colour = tinted(main * random.between(0.1, 0.5), random.between(-0.25, 0.25));
    lights.push({ towards: randomDirection(random, 0.4, 0.97), colour, hasShadow: false });
  }
  const tilt = random.between(0, 0.6);
  const turn = random.between(0, 2 * Math.PI);
  return {
    lights,
    ambient: tinted(evenly(random, ambientRange), -0.6 * warmth + random.between(-0.08, 0.08)),
    skyTilt: [tilt * Math.cos(turn), tilt * Math.sin(turn)],
    exposure: evenly(random, [0.1, 0.36]),
    whiteBalance: [Math.exp(0.07 * random.normal()), 1, Math.exp(0.07 * random.normal())],
    vignette: tiles || random.uniform() < NO_VIGNETTE ? 0 : random.between(0, 0.45),
    readNoise: random.between(0, 0.004),
    shotNoise: random.between(0, 0.0006),
    blur: random.uniform() < 0.3 ? 0 : random.between(0.2, 0.9),
    seed: random.uint32(),
  };
}

function pickLighting(random: Random): (typeof LIGHTINGS)[number] {
  let rest = random.uniform();
  for (const lighting of LIGHTINGS) {
    if (rest < lighting.share) return lighting;
    rest -= lighting.share;
  }
  return LIGHTINGS[0];
}

/** A number between two, each doubling as likely as the next. */
function evenly(random: Random, [least, most]: readonly [number, number]): number {
  return Math.exp(random.between(Math.log(least), Math.log(most)));
}

/**
 * From where a surface gets more light: by how much a slope of 1 to the right, and one upwards, makes it darker. What is told by
 * light and shade is told by this.
 */
export function lightImbalance({ lights, ambient }: Camera): readonly [right: number, up: number] {
  let [right, up, level] = [0, 0, brightness(ambient)];
  for (const { towards, colour } of lights) {
    right += brightness(colour) * towards[0];
    up += brightness(colour) * towards[1];
    level += brightness(colour) * towards[2];
  }
  return [right / level, up / level];
}

function brightness([red, green, blue]: Rgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param low - Least sine of the height above the horizon. @param high - Greatest. */
function randomDirection(random: Random, low: number, high: number): Direction {
  const z = random.between(low, high);
  const flat = Math.sqrt(1 - z * z);
  const turn = random.between(0, 2 * Math.PI);
  return [flat * Math.cos(turn), flat * Math.sin(turn), z];
}

/** @param warmth - Above 0 redder, below bluer. */
function tinted(amount: number, warmth: number): Rgb {
  return [amount * (1 + warmth), amount, amount * (1 - warmth)];
}
