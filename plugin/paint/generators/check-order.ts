import { ConfigurationError } from "../../core/errors.ts";
import type { OrderPicture, PaintOrder } from "../texture-generator.ts";

/** No texture may have a longer side: larger ones do not fit every GPU. */
export const MOST_SIDE = 4096;

/**
 * What all generators ask of an order: a seed, a size, pictures that are whole and have parts that the generator knows.
 *
 * @param roles - The parts that a picture may have.
 * @param leastSide - In pixels.
 * @throws ConfigurationError
 */
export function assertOrder(who: string, order: PaintOrder, roles: readonly string[], leastSide: number): void {
  const { seed, width, height, pictures } = order;
  if (!Number.isInteger(seed)) {
    throw new ConfigurationError(`${who}: needed a whole number as seed, came ${String(seed)}. Round it.`);
  }
  assertSide(who, "width", width, leastSide);
  assertSide(who, "height", height, leastSide);
  for (const { role, name, picture } of pictures) {
    if (!roles.includes(role)) {
      const known = roles.length > 0 ? `pictures as ${roles.map((word) => `"${word}"`).join(", ")}` : "no pictures";
      throw new ConfigurationError(`${who}: needed ${known}, came "${name}" as "${role}". Leave it out.`);
    }
    const { pixels, channels } = picture;
    if (!(pixels instanceof Float32Array) || pixels.length !== picture.width * picture.height * channels) {
      throw new ConfigurationError(
        `${who}: needed ${picture.width} × ${picture.height} × ${channels} numbers of the picture "${name}", came ${pixels.length}. Read it with readPicture.`,
      );
    }
    if (pixels.some((value) => !(value >= 0 && value <= 1))) {
      throw new ConfigurationError(
        `${who}: needed pixels from 0 to 1 of the picture "${name}", came others. Read it with readPicture.`,
      );
    }
  }
}

function assertSide(who: string, side: string, pixels: unknown, least: number): void {
  if (Number.isInteger(pixels) && (pixels as number) >= least && (pixels as number) <= MOST_SIDE) return;
  throw new ConfigurationError(
    `${who}: needed a ${side} of ${least} to ${MOST_SIDE} whole pixels, came ${String(pixels)}. Choose such a size.`,
  );
}

/** The pictures of a part, in order. */
export function picturesAs(order: PaintOrder, role: string): OrderPicture[] {
  return order.pictures.filter((candidate) => candidate.role === role);
}
