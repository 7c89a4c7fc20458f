import type { Picture } from "../../paint.ts";

/** A picture's middle part in any size, nearest pixels: sRGB with alpha, [down, across, 4]. */
export function picturePixels(
  { width, height, channels, pixels }: Picture,
  across: number,
  down: number,
): Uint8ClampedArray<ArrayBuffer> {
  const shown = new Uint8ClampedArray(across * down * 4);
  const scale = Math.min(width / across, height / down);
  const [left, top] = [(width - across * scale) / 2, (height - down * scale) / 2];
  for (let y = 0, at = 0; y < down; y++) {
    const row = Math.min(height - 1, Math.floor(top + (y + 0.5) * scale)) * width;
    for (let x = 0; x < across; x++, at += 4) {
      const from = (row + Math.min(width - 1, Math.floor(left + (x + 0.5) * scale))) * channels;
      for (let part = 0; part < 3; part++) shown[at + part] = 255 * pixels[from + Math.min(part, channels - 1)];
      shown[at + 3] = 255;
    }
  }
  return shown;
}
