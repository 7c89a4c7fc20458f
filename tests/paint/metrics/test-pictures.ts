import { Random } from "../../../plugin/core/random.ts";
import { expanded } from "../../../plugin/paint/metrics/laplacian-pyramid.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";

/** White noise in [0, 1). */
export function noise(side: number, seed: number, channels = 3): Picture {
  const random = new Random(seed);
  return picturedBy(side, side, channels, () => random.uniform());
}

/** Noise that wraps, blurred to details of 2^octaves pixels. */
export function smoothNoise(side: number, seed: number, octaves: number, channels = 3): Picture {
  let result = noise(side >> octaves, seed, channels);
  for (let octave = octaves - 1; octave >= 0; octave--)
    result = expanded(result, side >> octave, side >> octave, "wrap");
  return result;
}

/** A picture from a formula. */
export function picturedBy(
  height: number,
  width: number,
  channels: number,
  formula: (y: number, x: number, channel: number) => number,
): Picture {
  const pixels = Float32Array.from({ length: height * width * channels }, (_, i) =>
    formula(Math.floor(i / channels / width), Math.floor(i / channels) % width, i % channels),
  );
  return picture(height, width, channels, pixels);
}

/** A picture whose values are each made from those of two others. */
export function mixed(a: Picture, b: Picture, formula: (a: number, b: number) => number): Picture {
  return picture(
    a.height,
    a.width,
    a.channels,
    a.pixels.map((value, i) => formula(value, b.pixels[i])),
  );
}
