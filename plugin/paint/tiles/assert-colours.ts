import { ConfigurationError } from "../../core/errors.ts";
import type { Picture } from "../picture.ts";

/** Sides that a network takes, in pixels. */
export interface SideRange {
  readonly least: number;
  readonly most: number;
}

/**
 * Checks that a picture is in colours, of a fitting size, and within [0, 1], or a little beyond that.
 *
 * @param who - Named at the start of messages.
 * @param beyond - How far beyond. Default 0.
 * @throws ConfigurationError when it is none of that.
 */
export function assertColours(
  who: string,
  { height, width, channels, pixels }: Picture,
  range: SideRange,
  beyond = 0,
): void {
  assertColourSize(who, { height, width, channels }, range);
  const [least, most] = [-beyond, 1 + beyond];
  const bad = pixels.findIndex((value) => !(value >= least && value <= most));
  if (bad < 0) return;
  throw new ConfigurationError(
    `${who}: needed values in [${least || 0}, ${most}], came ${pixels[bad]} as number ${bad}. Divide bytes by 255.`,
  );
}

/** The same for a size alone. */
export function assertColourSize(
  who: string,
  { height, width, channels }: Omit<Picture, "pixels">,
  { least, most }: SideRange,
): void {
  const isFine = Math.min(height, width) >= least && Math.max(height, width) <= most && channels === 3;
  if (isFine) return;
  throw new ConfigurationError(
    `${who}: needed a picture with sides of ${least} to ${most} pixels and 3 channels, came ${height}×${width}×${channels}. Change its size first.`,
  );
}
