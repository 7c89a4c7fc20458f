import { readFile } from "node:fs/promises";
import jpeg from "jpeg-js";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { decodePng } from "../../../plugin/paint/png.ts";

/**
 * Reads a JPEG or PNG file in Node, for benchmarks and sheets.
 *
 * @returns sRGB values in [0, 1], [height, width, 3]; transparency is ignored.
 * @throws Error when the file is neither, or damaged.
 */
export async function readPhotograph(file: string): Promise<Picture> {
  const bytes = await readFile(file);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    const { width, height, data } = jpeg.decode(bytes, { useTArray: true, formatAsRGBA: false });
    return picture(
      height,
      width,
      3,
      Float32Array.from(data, (value) => value / 255),
    );
  }
  const { width, height, channels, pixels } = decodePng(bytes);
  const most = pixels instanceof Uint16Array ? 65535 : 255;
  const colours = channels < 3 ? 1 : 3;
  const result = picture(height, width, 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) {
      result.pixels[3 * pixel + c] = pixels[pixel * channels + (colours === 1 ? 0 : c)] / most;
    }
  }
  return result;
}

/** The files of a folder that `readPhotograph` can read, by name. */
export function isPhotograph(file: string): boolean {
  return /\.(jpe?g|png)$/i.test(file);
}
