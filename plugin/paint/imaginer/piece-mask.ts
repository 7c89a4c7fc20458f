import { ConfigurationError } from "../../core/errors.ts";
import { scaledPicture } from "../generators/fit-picture.ts";
import { picture as makePicture, type Picture } from "../picture.ts";
import { MOST_MASK, type PieceMask } from "./piece-layout.ts";
import { piecesOf } from "./pieces-of.ts";

/** Between these shares of white, a pixel is neither black nor white. */
const BLACK = 0.25;
const WHITE = 0.75;
/**
 * So many pixels of a picture in black and white may be neither: the soft edges of lines. Chosen between a grid of 8 lines made smaller to 64
 * pixels, 25 %, and the procedural classes, 32 % and more but for white marble.
 */
const MOST_GREY = 0.3;

/**
 * Reads where pieces lie off a picture in black and white.
 *
 * @param source - sRGB or a single channel in [0, 1]: white inside pieces, black between them.
 * @param options - Sides of the mask in pixels, 8 to 128, to which the picture is scaled: default 128. The picture's `name`, for messages.
 * @throws ConfigurationError for a picture that is not in black and white, or has only one of them.
 */
export function readPieceMask(
  source: Picture,
  {
    width = MOST_MASK,
    height = MOST_MASK,
    name,
  }: { readonly width?: number; readonly height?: number; readonly name?: string } = {},
): PieceMask {
  const who = name === undefined ? "readPieceMask" : `Picture "${name}"`;
  const grey = greyOf(source);
  const count = (is: (value: number) => boolean): number =>
    grey.pixels.reduce((sum, each) => sum + (is(each) ? 1 : 0), 0);
  const [blacks, whites] = [count((value) => value < BLACK), count((value) => value > WHITE)];
  const between = 1 - (blacks + whites) / grey.pixels.length;
  if (between > MOST_GREY) {
    throw new ConfigurationError(
      `${who}: needed a picture in black and white, came one of which ${Math.round(100 * between)} % is neither. Draw pieces white and joints black.`,
    );
  }
  if (blacks === 0 || whites === 0) {
    throw new ConfigurationError(
      `${who}: needed white pieces and black joints, came only ${blacks === 0 ? "white" : "black"}. Draw both.`,
    );
  }
  const { pixels } = scaledPicture(grey, { width, height });
  return { width, height, inside: Uint8Array.from(pixels, (value) => (value > 0.5 ? 1 : 0)) };
}

/**
 * Tells the pieces of a mask apart, as the network will: pixels that hang together by their sides are one piece, across the borders.
 *
 * @returns Which piece each pixel belongs to, from 1 on, 0 between them, [height, width]; and how many there are.
 */
export function piecesInMask({ width, height, inside }: PieceMask): {
  readonly ids: Uint16Array;
  readonly count: number;
} {
  const ids = piecesOf(Float32Array.from(inside), height, width);
  return { ids, count: ids.reduce((most, id) => Math.max(most, id), 0) };
}

/**
 * A mask in the size of a tile. Larger ones get smooth edges, and joints that are closed stay so; in smaller ones a joint that takes half of a
 * pixel takes it all.
 *
 * @returns Above 0.5 inside pieces, [height, width].
 */
export function maskInSize(mask: PieceMask, width: number, height: number): Float32Array {
  const result = new Float32Array(width * height);
  const [stepX, stepY] = [mask.width / width, mask.height / height];
  const [countX, countY] = [stepX, stepY].map((step) => Math.max(1, Math.round(step)));
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      let sum = 0;
      for (let i = 0; i < countY; i++) {
        for (let j = 0; j < countX; j++) {
          sum += between(mask, (column + (j + 0.5) / countX) * stepX - 0.5, (row + (i + 0.5) / countY) * stepY - 0.5);
        }
      }
      result[at] = sum / (countX * countY);
    }
  }
  return result;
}

/** The value between the four nearest pixels, across the borders. */
function between({ width, height, inside }: PieceMask, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - left, y - top];
  const [x0, x1] = [(left + width) % width, (left + 1) % width];
  const [y0, y1] = [((top + height) % height) * width, ((top + 1) % height) * width];
  const upper = inside[y0 + x0] * (1 - right) + inside[y0 + x1] * right;
  const lower = inside[y1 + x0] * (1 - right) + inside[y1 + x1] * right;
  return upper * (1 - down) + lower * down;
}

function greyOf({ width, height, channels, pixels }: Picture): Picture {
  const grey = makePicture(height, width, 1);
  for (let i = 0; i < grey.pixels.length; i++) {
    for (let c = 0; c < channels; c++) grey.pixels[i] += pixels[i * channels + c] / channels;
  }
  return grey;
}
