import { picture, type Picture } from "../../plugin/paint/picture.ts";

/** A small picture with something to see: slanted stripes in colours of 8 bits. */
export function stripes(height: number, width: number, period = 8): Picture {
  const result = picture(height, width, 3);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at += 3) {
      const phase = (row + column) % period;
      result.pixels[at] = Math.round((phase / (period - 1)) * 255) / 255;
      result.pixels[at + 1] = ((row * 7 + column * 13) % 256) / 255;
      result.pixels[at + 2] = phase < period / 2 ? 0.2 : 0.8; // 51 and 204 of 255
    }
  }
  return result;
}

/** One number everywhere. */
export function plain(height: number, width: number, channels: number, value: number): Picture {
  const result = picture(height, width, channels);
  result.pixels.fill(value);
  return result;
}
