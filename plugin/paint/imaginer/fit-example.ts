import { ConfigurationError } from "../../core/errors.ts";
import type { FitExample } from "../../nets/imaginer/example-likeness.ts";
import { middleOf, scaledPicture } from "../generators/fit-picture.ts";
import type { Picture } from "../picture.ts";
import { MOST_FIT_SOURCES, type FitSource, type FitSources } from "./fit-lesson.ts";
import { stackPicture } from "./stack-picture.ts";

/** Pixels on each side of what is learned from. */
const LARGE = 128;
const SMALL = 64;
const LEAST = 16;
const STACK = 6;

/**
 * The middles of one source or of several, in the size that networks are taught at; of several, the smallest decides.
 *
 * @throws ConfigurationError for a source that cannot be, and for lists that are empty, too long or of two kinds.
 */
export function fitExample(source: FitSources): FitExample {
  const sources = "length" in source ? source : [source];
  assertOneKind(sources);
  const wholes = sources.map((each, i) =>
    wholeOf(each, sources.length === 1 ? "" : `as source ${i + 1} of ${sources.length} `),
  );
  const side = wholes.some(({ width, height }) => Math.min(width, height) < LARGE) ? SMALL : LARGE;
  const size = side * side * STACK;
  const stack = new Float32Array(sources.length * size);
  wholes.forEach((whole, i) => {
    const square = scaledPicture(middleOf(whole, { width: side, height: side }), { width: side, height: side });
    writeStack(square, stack.subarray(i * size, (i + 1) * size));
  });
  return { side, stack, hasMaps: isMaps(sources[0]) };
}

const isMaps = (source: FitSource): boolean => !("channels" in source);

function assertOneKind(sources: readonly FitSource[]): void {
  const count = sources.length;
  if (count < 1 || count > MOST_FIT_SOURCES) {
    throw new ConfigurationError(
      `Imaginer fit: needed 1 to ${MOST_FIT_SOURCES} pictures or stacks of maps, came ${count}. ${count < 1 ? "Give one at least" : "Leave some out"}.`,
    );
  }
  const [first, ...others] = sources.map((source) => (isMaps(source) ? "maps" : "a picture"));
  const odd = others.findIndex((kind) => kind !== first);
  if (odd >= 0) {
    throw new ConfigurationError(
      `Imaginer fit: needed sources of one kind, came ${first} as source 1 and ${others[odd]} as source ${odd + 2}. Give pictures only, or maps only.`,
    );
  }
}

/** All that is known of a source, as one picture of 3 or 6 channels. @param place - Which one it is, for messages. */
function wholeOf(source: FitSource, place: string): Picture {
  const { width, height } = source;
  const whole = "channels" in source ? source : stackPicture(source);
  const channels = isMaps(source) ? STACK : 3;
  const isWhole = whole.channels === channels && whole.pixels.length === width * height * channels;
  if (!isWhole || width < LEAST || height < LEAST) {
    throw new ConfigurationError(
      `Imaginer fit: needed ${place}a picture of 3 channels, or maps, of at least ${LEAST} pixels on each side, came ${width} × ${height} with ${whole.pixels.length} numbers. Read it with readPicture.`,
    );
  }
  return whole;
}

/** @param out - Receives the channels, the missing ones as 0, [pixels, 6]. */
function writeStack({ channels, pixels }: Picture, out: Float32Array): void {
  for (let from = 0, to = 0; from < pixels.length; from += channels, to += STACK) {
    for (let c = 0; c < channels; c++) out[to + c] = pixels[from + c];
  }
}
