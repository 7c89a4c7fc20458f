import type { Painter } from "../painter.ts";
import type { Picture } from "../picture.ts";

/** A picture to try out painting from pictures with. */
export interface SamplePicture {
  readonly name: string;
  /** sRGB in [0, 1]; it does not tile. */
  readonly picture: Picture;
}

const SAMPLES = [
  { name: "Mossy cobbles", material: "cobble", attributes: { moss: 0.5, wetness: 0.2 } },
  { name: "Old bricks", material: "brick", attributes: { wear: 0.8, dirt: 0.4 } },
  { name: "Cracked soil", material: "soil", attributes: { cracks: 0.7 } },
  { name: "Worn planks", material: "plank", attributes: { wear: 0.9, dirt: 0.2 } },
];
const SEED = 3;
const SIDE = 256;
/** Of the tile's side: what is left out takes the seam with it. */
const KEPT_SHARE = 0.8;

/** Paints pictures for people who have none at hand, one after the other; about a second each. */
export async function* paintSamplePictures(painter: Pick<Painter, "paint">): AsyncGenerator<SamplePicture, void> {
  for (const { name, ...settings } of SAMPLES) {
    const { images } = await painter.paint({ generator: "procedural", seed: SEED, size: SIDE, settings });
    const side = Math.round(SIDE * KEPT_SHARE);
    const pixels = new Float32Array(side * side * 3);
    for (let y = 0, at = 0; y < side; y++) {
      for (let x = 0; x < side; x++, at += 3) {
        const from = 4 * (y * SIDE + x);
        for (let part = 0; part < 3; part++) pixels[at + part] = images.albedo[from + part] / 255;
      }
    }
    yield { name, picture: { width: side, height: side, channels: 3, pixels } };
  }
}
