import { ConfigurationError } from "../core/errors.ts";

/**
 * A picture or a material map as plain numbers, in no colour space of its own: what it holds is up to its maker.
 *
 * The metrics expect values around [0, 1], since their constants are made for that range.
 */
export interface Picture {
  readonly height: number;
  readonly width: number;
  /** Values per pixel: 3 for colours, 1 for a height or a mask. */
  readonly channels: number;
  /** `[height, width, channels]`, row by row. */
  readonly pixels: Float32Array;
}

/**
 * Makes a picture and checks its sizes.
 *
 * @param pixels - `[height, width, channels]`, kept, not copied. Default black.
 * @throws ConfigurationError if a size is no positive whole number, or `pixels` is not as long as they say.
 */
export function picture(height: number, width: number, channels: number, pixels?: Float32Array): Picture {
  for (const [name, size] of Object.entries({ height, width, channels })) {
    if (!Number.isInteger(size) || size < 1) {
      throw new ConfigurationError(
        `picture: ${name} must be a positive whole number, got ${size}. Give height, width and channels in this order.`,
      );
    }
  }
  const length = height * width * channels;
  if (pixels !== undefined && pixels.length !== length) {
    throw new ConfigurationError(
      `picture: ${height}×${width}×${channels} needs ${length} values, got ${pixels.length}. ` +
        `Give height, width and channels in this order.`,
    );
  }
  return { height, width, channels, pixels: pixels ?? new Float32Array(length) };
}

/** The picture moved `down` and `right` by whole pixels; what leaves on one side comes in on the other. A new picture. */
export function rolled(source: Picture, down: number, right: number): Picture {
  const { height, width, channels } = source;
  const row = width * channels;
  const cut = (((right % width) + width) % width) * channels;
  const pixels = new Float32Array(source.pixels.length);
  for (let y = 0; y < height; y++) {
    const from = y * row;
    const to = ((((y + down) % height) + height) % height) * row;
    pixels.set(source.pixels.subarray(from, from + row - cut), to + cut);
    pixels.set(source.pixels.subarray(from + row - cut, from + row), to);
  }
  return { height, width, channels, pixels };
}

/**
 * A rectangle of the picture, as a new picture.
 *
 * @throws ConfigurationError if the rectangle is not inside.
 */
export function cropped(source: Picture, top: number, left: number, height: number, width: number): Picture {
  if (top < 0 || left < 0 || top + height > source.height || left + width > source.width) {
    throw new ConfigurationError(
      `cropped: the rectangle must lie inside the ${source.height}×${source.width} picture, ` +
        `got ${height}×${width} at row ${top}, column ${left}. Take a smaller one.`,
    );
  }
  const crop = picture(height, width, source.channels);
  const row = width * source.channels;
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * source.width + left) * source.channels;
    crop.pixels.set(source.pixels.subarray(from, from + row), y * row);
  }
  return crop;
}
