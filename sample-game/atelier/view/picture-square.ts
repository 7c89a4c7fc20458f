import { picture, type BakedImages, type Picture } from "../../../plugin/paint.ts";
import { createFace, setFace } from "./face.ts";

/** A picture's middle as a small square of nearest pixels, sRGB, [side, side, 3]. */
export function squareOf({ width, height, channels, pixels }: Picture, side: number): Picture {
  const square = picture(side, side, 3);
  const step = Math.min(width, height) / side;
  const [left, top] = [(width - side * step) / 2, (height - side * step) / 2];
  for (let y = 0, at = 0; y < side; y++) {
    const row = Math.floor(top + (y + 0.5) * step) * width;
    for (let x = 0; x < side; x++, at += 3) {
      const from = (row + Math.floor(left + (x + 0.5) * step)) * channels;
      for (let part = 0; part < 3; part++) square.pixels[at + part] = pixels[from + Math.min(part, channels - 1)];
    }
  }
  return square;
}

/** Shows a picture of colours; makes the face when none is given. */
export function drawSquare(
  { width, height, pixels }: Picture,
  face: HTMLImageElement = createFace(),
): HTMLImageElement {
  const bytes = new Uint8ClampedArray(4 * width * height);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    for (let part = 0; part < 3; part++) bytes[to + part] = 255 * pixels[from + part];
  }
  setFace(face, bytes, width, height);
  return face;
}

/** A material's colours as a picture, sRGB, made smaller to at most this many pixels a side. */
export function coloursOf({ width, height, albedo }: BakedImages, most: number): Picture {
  const shrink = Math.max(1, Math.ceil(Math.max(width, height) / most));
  const colours = picture(Math.floor(height / shrink), Math.floor(width / shrink), 3);
  const count = shrink * shrink * 255;
  for (let y = 0, at = 0; y < colours.height; y++) {
    for (let x = 0; x < colours.width; x++, at += 3) {
      for (let part = 0; part < 3; part++) {
        let sum = 0;
        for (let j = 0; j < shrink; j++) {
          const row = (y * shrink + j) * width + x * shrink;
          for (let i = 0; i < shrink; i++) sum += albedo[4 * (row + i) + part];
        }
        colours.pixels[at + part] = sum / count;
      }
    }
  }
  return colours;
}
