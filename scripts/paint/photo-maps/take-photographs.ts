import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../../plugin/core/random.ts";
import type { Edges } from "../../../plugin/nets/layers/pad-edges.ts";
import { lightVector } from "../../../plugin/paint/photograph/light-vector.ts";
import type { PhotoTargets } from "../../../plugin/paint/photograph/photo-loss.ts";
import { addAlbumPart, someAlbumPart, turnedLean, vignetteFactor, type AlbumPart } from "./album-part.ts";
import type { AlbumPage, AlbumPhoto } from "./photo-album.ts";
import { lightOfLean } from "./true-light.ts";

/** Photographs with the truth about them. */
export interface PhotoBatch extends PhotoTargets {
  /** sRGB, [batch, side, side, 3]. */
  readonly pictures: tf.Tensor4D;
  /** The light as it is told or was found, right and up, [batch, 2]. */
  readonly light: tf.Tensor2D;
  readonly edges: Edges;
}

/** The light that a network finds in a photograph as it lies in the album. */
export type FindAlbumLight = (photo: AlbumPhoto, side: number) => readonly [right: number, up: number];

/** Pixels on each side of a part of a photograph. */
const PART = 96;
/** How often one whole photograph is shown instead, which goes on beyond its borders. */
const WHOLE = 0.1;
/** How often a part is looked at from twice as far. */
const FAR = 0.2;
/** How often corners are as bright as the middle; else they are darker by up to so much. */
const NO_VIGNETTE = 0.6;
const MOST_VIGNETTE = 0.45;
/** How often the colours of another surface are laid over it as a glaze, by at most so much darker and lighter. */
const GLAZED = 0.35;
const GLAZE = { least: 0.4, most: 1.5 };
/** sRGB is nearly this power of linear light. */
const GAMMA = 1 / 2.2;
/** How often the light is told. */
const TOLD = 0.4;
/** What lies between the true light and the one that is told, in radians: nobody measures it. */
const TURN_ERROR = 0.2;

/**
 * Cuts a mini-batch out of an album: of each chosen page any part of any photograph, laid down in any way, or of the first page a whole
 * photograph.
 *
 * @param findLight - Asked where the light is not told.
 */
export function takePhotographs(
  chosen: Uint32Array,
  album: readonly AlbumPage[],
  findLight: FindAlbumLight,
  random: Random,
): PhotoBatch {
  const isWhole = random.uniform() < WHOLE;
  const taken = isWhole ? chosen.subarray(0, 1) : chosen;
  const size = isWhole ? album[taken[0]].side : PART;
  const pixels = size * size;
  const [pictures, albedo] = Array.from({ length: 2 }, () => new Float32Array(taken.length * pixels * 3));
  const [heights, roughness] = Array.from({ length: 2 }, () => new Float32Array(taken.length * pixels));
  const lights = Array.from(taken, (index, place) => {
    const { side, photos, ...truth } = album[index];
    const isTold = random.uniform() < TOLD;
    // To find a light takes a fifth of a second: it is done for one photograph of each page.
    const photo = isTold ? random.pick(photos) : photos[0];
    const part = someAlbumPart(side, size, FAR, random);
    const own = (values: Float32Array, channels: number): Float32Array =>
      values.subarray(place * pixels * channels, (place + 1) * pixels * channels);
    const shares = (byte: number): number => byte / 255;
    const seen = own(pictures, 3);
    addAlbumPart(photo.bytes, { side, channels: 3 }, part, shares, seen);
    const colours = own(albedo, 3);
    addAlbumPart(truth.albedo, { side, channels: 3 }, part, shares, colours);
    if (random.uniform() < GLAZED) glaze(seen, colours, glazeOf(random.pick(album), size, random));
    if (!isWhole && random.uniform() >= NO_VIGNETTE) darkenCorners(seen, size, random.between(0, MOST_VIGNETTE));
    addAlbumPart(truth.roughness, { side, channels: 1 }, part, shares, own(roughness, 1));
    const pixelsUp = truth.rise / 65535 / part.step;
    addAlbumPart(truth.heights, { side, channels: 1 }, part, (height) => height * pixelsUp, own(heights, 1));
    return isTold ? toldLight(photo, part, random) : turnedLean(findLight(photo, side), part.way);
  });
  const shaped = (values: Float32Array, channels: number): tf.Tensor4D =>
    tf.tensor4d(values, [taken.length, size, size, channels]);
  return {
    pictures: shaped(pictures, 3),
    heights: shaped(heights, 1),
    roughness: shaped(roughness, 1),
    albedo: shaped(albedo, 3),
    light: tf.tensor2d(lights),
    edges: isWhole ? "wrap" : "mirror",
  };
}

/** How much lighter or darker each colour is than their mean, [size, size, 3]: of a part of any surface's albedo. */
function glazeOf({ side, albedo }: AlbumPage, size: number, random: Random): Float32Array {
  const colours = new Float32Array(size * size * 3);
  const part = someAlbumPart(side, size, FAR, random);
  addAlbumPart(albedo, { side, channels: 3 }, part, (byte) => byte, colours);
  const mean = Math.max(1, colours.reduce((sum, value) => sum + value, 0) / colours.length);
  return colours.map((value) => Math.min(GLAZE.most, Math.max(GLAZE.least, value / mean)));
}

/**
 * Lays a glaze over a surface and over the photograph of it, in place. Light that a surface throws back is a product with its colour, and so
 * it is in sRGB, which is nearly a power of it; gloss is coloured a little, too.
 */
function glaze(picture: Float32Array, albedo: Float32Array, factors: Float32Array): void {
  for (let i = 0; i < picture.length; i++) {
    picture[i] = Math.min(1, Math.round(255 * picture[i] * factors[i]) / 255);
    albedo[i] = Math.min(1, albedo[i] * factors[i]);
  }
}

/** Darkens the corners of sRGB, and rounds it to bytes again. */
function darkenCorners(pictures: Float32Array, size: number, vignette: number): void {
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at += 3) {
      const factor = vignetteFactor(row, column, size, vignette) ** GAMMA;
      for (let c = 0; c < 3; c++) pictures[at + c] = Math.round(255 * factor * pictures[at + c]) / 255;
    }
  }
}

/** The light of a part nearly as it was, as somebody would say it who was there. */
function toldLight({ lean }: AlbumPhoto, { way }: AlbumPart, random: Random): [right: number, up: number] {
  const turn = TURN_ERROR * random.normal();
  const light = lightOfLean(turnedLean(lean, way));
  return [...lightVector(light === "shade" ? light : { azimuth: light.azimuth + turn })];
}
