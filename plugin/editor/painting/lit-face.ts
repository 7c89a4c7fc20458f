import type { PaintedMaterial, PaintPreview } from "../../paint.ts";

type Images = Pick<PaintedMaterial["images"], "width" | "height" | "albedo" | "normal" | "orm">;

/** Where the light of small pictures comes from: the upper left. */
const LIGHT = [-0.5, 0.58, 0.64] as const;
/** No more samples than that along each side of a pixel: more cannot be told apart in so small a picture. */
const MOST_SAMPLES = 4;

/** What a material looks like under a lamp, small: sRGB with alpha, [size, size, 4]. Takes about a millisecond. */
export function litFace({ width, height, albedo, normal, orm }: Images, size: number): PaintPreview {
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  const [stepX, stepY] = [width / size, height / size];
  const [countX, countY] = [stepX, stepY].map((step) => Math.min(MOST_SAMPLES, Math.ceil(step)));
  for (let to = 0; to < pixels.length; to += 4) {
    const [x, y] = [(to / 4) % size, Math.floor(to / 4 / size)];
    let [red, green, blue] = [0, 0, 0];
    for (let j = 0; j < countY; j++) {
      for (let i = 0; i < countX; i++) {
        const row = Math.floor((y + (j + 0.5) / countY) * stepY);
        const at = 4 * (row * width + Math.floor((x + (i + 0.5) / countX) * stepX));
        let facing = 0;
        for (let axis = 0; axis < 3; axis++) facing += (normal[at + axis] / 127.5 - 1) * LIGHT[axis];
        const light = Math.sqrt((0.42 + 0.9 * Math.max(0, facing)) * (0.35 + (0.65 * orm[at]) / 255));
        red += albedo[at] * light;
        green += albedo[at + 1] * light;
        blue += albedo[at + 2] * light;
      }
    }
    const count = countX * countY;
    pixels[to] = red / count;
    pixels[to + 1] = green / count;
    pixels[to + 2] = blue / count;
  }
  return { width: size, height: size, pixels };
}
