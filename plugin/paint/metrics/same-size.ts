import { ConfigurationError } from "../../core/errors.ts";
import type { Picture } from "../picture.ts";

/** A picture's size in words, as error messages say it: `64×64×3`. */
export function sizeOf(picture: Picture): string {
  return `${picture.height}×${picture.width}×${picture.channels}`;
}

/**
 * Checks that pictures can be compared pixel by pixel.
 *
 * @param who - The metric that asks, for the message.
 * @throws ConfigurationError if there are fewer than `least` pictures, or they differ in height, width or channels.
 */
export function assertSameSize(who: string, pictures: readonly Picture[], least = 1): void {
  if (pictures.length < least) {
    throw new ConfigurationError(
      `${who}: at least ${least} picture${least === 1 ? " is" : "s are"} needed, got ${pictures.length}. Give more.`,
    );
  }
  const first = sizeOf(pictures[0]);
  for (const picture of pictures) {
    if (sizeOf(picture) === first) continue;
    throw new ConfigurationError(
      `${who}: all pictures must be of one size, got ${first} and ${sizeOf(picture)}. ` +
        `Crop them to the same height, width and channels.`,
    );
  }
}

/**
 * Checks that a picture is large enough for a metric.
 *
 * @param least - Pixels that both sides must have.
 * @throws ConfigurationError if a side is shorter.
 */
export function assertLeastSide(who: string, picture: Picture, least: number): void {
  if (Math.min(picture.height, picture.width) >= least) return;
  throw new ConfigurationError(
    `${who}: both sides must have at least ${least} pixels, got ${picture.height}×${picture.width}. Give larger pictures.`,
  );
}
