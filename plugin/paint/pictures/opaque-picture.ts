import { breathe } from "../../core/breathe.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { picture, type Picture } from "../picture.ts";

/** Pixels as they come out of a decoder. */
export interface RawPixels {
  readonly width: number;
  readonly height: number;
  /** 1 is grey, 2 grey and alpha, 3 colour, 4 colour and alpha. */
  readonly channels: number;
  /** [height, width, channels]; words are 16-bit. Alpha is not multiplied in. */
  readonly values: Uint8Array | Uint8ClampedArray | Uint16Array;
}

/** A picture without alpha, and where it had some. */
export interface OpaquePicture {
  /** [height, width, 3]. */
  readonly picture: Picture;
  /** 0 where it was more transparent than not, else 1, [height, width, 1]; null where nothing was. */
  readonly sampleMask: Picture | null;
  /** Share of the pixels that the mask leaves out, in [0, 1]. */
  readonly transparentShare: number;
}

/** Pixels that are worked on before others get their turn; about 1 ms. */
const SLICE = 1 << 15;

/**
 * Colours as numbers in [0, 1]. What is transparent shows the mean of what is not, and is marked. Rests in between, so that a
 * page's frames survive it.
 *
 * @throws ConfigurationError when nothing can be seen.
 */
export async function opaquePicture(raw: RawPixels, who: string): Promise<OpaquePicture> {
  const { width, height, channels, values } = raw;
  const pixels = width * height;
  const most = values instanceof Uint16Array ? 65535 : 255;
  const hasAlpha = channels === 2 || channels === 4;
  const colours = channels < 3 ? [0, 0, 0] : [0, 1, 2];
  const ground = hasAlpha ? await meanColour(raw, colours, most) : [0, 0, 0];
  if (!ground) {
    throw new ConfigurationError(
      `${who}: needed something to see, came a picture that is transparent all over. Choose another one.`,
    );
  }
  const result = picture(height, width, 3);
  const mask = hasAlpha ? picture(height, width, 1) : null;
  let hidden = 0;
  for (let start = 0; start < pixels; start += SLICE) {
    if (start > 0) await breathe();
    const end = Math.min(pixels, start + SLICE);
    for (let pixel = start, from = start * channels; pixel < end; pixel++, from += channels) {
      const alpha = hasAlpha ? values[from + channels - 1] / most : 1;
      for (let channel = 0; channel < 3; channel++) {
        const value = values[from + colours[channel]] / most;
        result.pixels[3 * pixel + channel] = alpha === 1 ? value : alpha * value + (1 - alpha) * ground[channel];
      }
      if (!mask) continue;
      const isSeen = alpha >= 0.5;
      mask.pixels[pixel] = isSeen ? 1 : 0;
      if (!isSeen) hidden += 1;
    }
  }
  return { picture: result, sampleMask: hidden > 0 ? mask : null, transparentShare: hidden / pixels };
}

/** Null where all is transparent. */
async function meanColour(
  { width, height, channels, values }: RawPixels,
  colours: readonly number[],
  most: number,
): Promise<readonly number[] | null> {
  const sums = [0, 0, 0];
  let seen = 0;
  for (let start = 0; start < width * height; start += SLICE) {
    if (start > 0) await breathe();
    const end = Math.min(width * height, start + SLICE) * channels;
    for (let at = start * channels; at < end; at += channels) {
      if (values[at + channels - 1] < most / 2) continue;
      seen += 1;
      for (let channel = 0; channel < 3; channel++) sums[channel] += values[at + colours[channel]];
    }
  }
  return seen > 0 ? sums.map((sum) => sum / seen / most) : null;
}
