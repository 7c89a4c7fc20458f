import { convertIndexedToRgb, decode, type DecodedPng, encode, hasPngSignature } from "fast-png";
import { ConfigurationError } from "../core/errors.ts";

/** A picture as whole numbers: bytes, or 16-bit words. */
export interface PngPicture {
  /** Columns, in pixels. */
  readonly width: number;
  /** Rows, in pixels. */
  readonly height: number;
  /** 1 is grey, 2 grey and alpha, 3 colour, 4 colour and alpha. */
  readonly channels: number;
  /** [height, width, channels]; a `Uint16Array` makes a 16-bit file. */
  readonly pixels: Uint8Array | Uint16Array;
  /** What else the file says, by keyword (Latin-1, at most 79 characters), e.g. the recipe that made it. */
  readonly text?: Readonly<Record<string, string>>;
}

/**
 * Writes a PNG file; in the browser and in Node.
 *
 * @throws ConfigurationError when the pixels are not width × height × channels.
 */
export function encodePng(picture: PngPicture): Uint8Array<ArrayBuffer> {
  const { width, height, channels, pixels, text } = picture;
  if (pixels.length !== width * height * channels || pixels.length === 0) {
    throw new ConfigurationError(
      `encodePng: needed ${width} × ${height} × ${channels} pixels, came ${pixels.length} numbers. Give the picture's own size.`,
    );
  }
  const depth = pixels instanceof Uint16Array ? 16 : 8;
  const image = { width, height, channels, depth, data: pixels } as const;
  return new Uint8Array(encode(text ? { ...image, text } : image, { zlib: { level: 9 } }));
}

/**
 * Reads a PNG file, interlaced or not; in the browser and in Node.
 *
 * Pictures of 1, 2 and 4 bits come as bytes from 0 to 255, palettes as their colours, 16 bits as words. A single colour that
 * is declared transparent stays visible.
 *
 * @throws ConfigurationError when it is no PNG or damaged.
 */
export function decodePng(file: Uint8Array): PngPicture {
  if (!hasPngSignature(file)) {
    throw new ConfigurationError(
      `decodePng: needed a PNG file, came ${file.length} bytes of something else. Choose a PNG.`,
    );
  }
  try {
    const png = decode(file, { checkCrc: true });
    const { width, height, channels, depth, data, text, palette } = png;
    if (palette) {
      return { width, height, channels: palette[0].length, pixels: convertIndexedToRgb(png), text };
    }
    if (depth < 8) return { width, height, channels, pixels: unpackGrey(png), text };
    return { width, height, channels, pixels: depth === 16 ? Uint16Array.from(data) : Uint8Array.from(data), text };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`decodePng: needed a whole PNG file, came a damaged one (${reason}). Get it again.`, {
      cause,
    });
  }
}

/** Grey of 1, 2 or 4 bits as bytes; each row begins with a byte of its own. */
function unpackGrey({ width, height, depth, data }: DecodedPng): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  const most = (1 << depth) - 1;
  return Uint8Array.from({ length: width * height }, (_, pixel) => {
    const column = pixel % width;
    const bit = column * depth;
    const byte = data[Math.floor(pixel / width) * rowBytes + (bit >> 3)];
    return (((byte >> (8 - depth - (bit & 7))) & most) * 255) / most;
  });
}
