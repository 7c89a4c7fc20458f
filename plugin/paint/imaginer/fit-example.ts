import { ConfigurationError } from "../../core/errors.ts";
import type { FitExample } from "../../nets/imaginer/example-likeness.ts";
import { middleOf, scaledPicture } from "../generators/fit-picture.ts";
import type { FitSource } from "./fit-lesson.ts";
import { stackPicture } from "./stack-picture.ts";

/** Pixels on each side of what is learned from. */
const LARGE = 128;
const SMALL = 64;
const LEAST = 16;
const STACK = 6;

/** The middle of a source in the size that networks are taught at. @throws ConfigurationError for a source that cannot be. */
export function fitExample(source: FitSource): FitExample {
  const hasMaps = !("channels" in source);
  const { width, height } = source;
  const whole = hasMaps ? stackPicture(source) : source;
  const channels = hasMaps ? STACK : 3;
  if (
    whole.channels !== channels ||
    width < LEAST ||
    height < LEAST ||
    whole.pixels.length !== width * height * channels
  ) {
    throw new ConfigurationError(
      `Imaginer fit: needed a picture of 3 channels, or maps, of at least ${LEAST} pixels on each side, came ${width} × ${height} with ${whole.pixels.length} numbers. Read it with readPicture.`,
    );
  }
  const side = Math.min(width, height) < LARGE ? SMALL : LARGE;
  const { pixels } = scaledPicture(middleOf(whole, { width: side, height: side }), { width: side, height: side });
  if (hasMaps) return { side, stack: pixels, hasMaps };
  const stack = new Float32Array(side * side * STACK);
  for (let i = 0; i < side * side; i++) for (let c = 0; c < 3; c++) stack[STACK * i + c] = pixels[3 * i + c];
  return { side, stack, hasMaps };
}
