import { Random } from "../../../plugin/core/random.ts";
import { srgbFromLinear } from "../../../plugin/paint/maps/srgb.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { slopeCorrelation } from "../../../plugin/paint/metrics/slope-correlation.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import { randomAttributes } from "../../../plugin/paint/materials/random-attributes.ts";
import { randomCamera } from "../../../plugin/paint/photograph/camera.ts";
import type { LightDirection } from "../../../plugin/paint/photograph/light-vector.ts";
import { photograph } from "../../../plugin/paint/photograph/photograph.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { lightLean, trueLight } from "./true-light.ts";

/** A photograph that nobody has learned from, with the truth about it. */
export interface Exam {
  readonly material: string;
  readonly seed: number;
  readonly photo: Picture;
  readonly truth: SurfaceMaps;
  /** From where the light came. */
  readonly light: LightDirection;
  /** See `lightLean`. */
  readonly lean: readonly [right: number, up: number];
}

/** How good an estimate is, beside what is had without one. */
export interface MapScore {
  /** Correlation of slopes with the true ones; the second with brightness as height. */
  readonly slopes: number;
  readonly luminanceSlopes: number;
  /** Mean absolute error; the second with the roughness that materials have on average. */
  readonly roughness: number;
  readonly meanRoughness: number;
  /** Mean absolute error in sRGB; the second with the photograph itself. */
  readonly albedo: number;
  readonly photoAlbedo: number;
}

/** Streams of chance that no training takes from. */
const ATTRIBUTES = 0xe8a3;
const LIGHT = 0xe8a4;
/** Mean over six materials of each shown class. */
const USUAL_ROUGHNESS = 0.65;

/** A material of a class in a light of its own. */
export function makeExam(material: string, seed: number, size = 256): Exam {
  const attributes = randomAttributes(material, new Random(seed, ATTRIBUTES));
  const truth = proceduralMaterial(material, { seed: 1_000_000 + seed, size, attributes });
  const camera = randomCamera(new Random(seed, LIGHT));
  return { material, seed, truth, photo: photograph(truth, camera), light: trueLight(camera), lean: lightLean(camera) };
}

/** Holds an estimate against the truth. */
export function scoreMaps({ photo, truth }: Exam, maps: SurfaceMaps): MapScore {
  const { width, height } = truth;
  const asPicture = (values: Float32Array): Picture => picture(height, width, 1, values);
  const luminance = Float32Array.from({ length: width * height }, (_, i) => {
    const [red, green, blue] = photo.pixels.subarray(3 * i, 3 * i + 3);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  const trueColours = truth.albedo.map(srgbFromLinear);
  const usual = new Float32Array(width * height).fill(USUAL_ROUGHNESS);
  return {
    slopes: slopeCorrelation(asPicture(truth.heights), asPicture(maps.heights)),
    luminanceSlopes: slopeCorrelation(asPicture(truth.heights), asPicture(luminance)),
    roughness: meanError(truth.roughness, maps.roughness),
    meanRoughness: meanError(truth.roughness, usual),
    albedo: meanError(trueColours, maps.albedo.map(srgbFromLinear)),
    photoAlbedo: meanError(trueColours, photo.pixels),
  };
}

/** The mean of scores, number by number. */
export function meanScore(scores: readonly MapScore[]): MapScore {
  const mean = (of: (score: MapScore) => number): number =>
    scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
  return {
    slopes: mean((score) => score.slopes),
    luminanceSlopes: mean((score) => score.luminanceSlopes),
    roughness: mean((score) => score.roughness),
    meanRoughness: mean((score) => score.meanRoughness),
    albedo: mean((score) => score.albedo),
    photoAlbedo: mean((score) => score.photoAlbedo),
  };
}

function meanError(truth: Float32Array, guess: Float32Array): number {
  return truth.reduce((sum, value, i) => sum + Math.abs(value - guess[i]), 0) / truth.length;
}
