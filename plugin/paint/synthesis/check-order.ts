import { ConfigurationError } from "../../core/errors.ts";
import type { Picture } from "../picture.ts";
import type { SynthesisExample, SynthesisOptions } from "./synthesis-options.ts";

const LEAST_SIDE = 16;
const MOST_SIDE = 4096;
/** Numbers of all channels together, in the result and in the examples: a quarter of a gigabyte each. */
const MOST_VALUES = 2 ** 26;

/** Wrong labels show more than any cut. */
const GUIDE_WEIGHT = 3;

/** An order for a synthesis with nothing left open. */
export interface SynthesisOrder {
  readonly examples: readonly SynthesisExample[];
  /** Shares of the examples; their sum is 1. */
  readonly weights: readonly number[];
  readonly seed: number;
  readonly height: number;
  readonly width: number;
  readonly layout: "new" | "kept";
  readonly quality: "fast" | "good" | "best";
  /** Undefined: as regular as the picture is. */
  readonly regularity: number | undefined;
  readonly guide: Picture | undefined;
  /** How much a pixel with the wrong label shows, in standard deviations of the picture. */
  readonly guideWeight: number;
  readonly region: Picture | undefined;
}

/**
 * Fills in what an order leaves open.
 *
 * @throws ConfigurationError for what cannot be.
 */
export function checkedOrder(source: Picture | readonly SynthesisExample[], options: SynthesisOptions): SynthesisOrder {
  const examples = "pixels" in source ? [{ picture: source }] : source;
  if (examples.length === 0) refuse("at least one example is needed", "none", "Give a picture");
  const first = examples[0].picture;
  const { seed = 1, quality = "good", regularity, guide, region } = options;
  const layout = options.layout ?? (region ? "kept" : "new");
  const { height, width } = options.size ?? first;
  assertChoice("layout", layout, ["new", "kept"]);
  assertChoice("quality", quality, ["fast", "good", "best"]);
  if (!Number.isFinite(seed)) refuse("seed must be a number", seed, "Leave it out for the first variation");
  if (regularity !== undefined && !(regularity >= 0 && regularity <= 1)) {
    refuse("regularity must be from 0 to 1", regularity, "Leave it out to let the picture decide");
  }
  examples.forEach((example, e) => assertExample(example, e, first, guide));
  assertSide("size.height", height);
  assertSide("size.width", width);
  assertValues("the result", height * width * first.channels, "Choose a smaller size");
  const all = examples.reduce((sum, { picture }) => sum + picture.pixels.length, 0);
  assertValues("the examples together", all, "Make them smaller");
  assertGuide(examples, guide, height, width);
  if (region) assertRegion(region, first, layout, { height, width });
  const total = examples.reduce((sum, { weight = 1 }) => sum + weight, 0);
  if (!(total > 0)) refuse("at least one example must have a weight above 0", "none", "Raise one");
  const weights = examples.map(({ weight = 1 }) => weight / total);
  return {
    examples,
    weights,
    seed,
    height,
    width,
    layout,
    quality,
    regularity,
    guide,
    guideWeight: GUIDE_WEIGHT,
    region,
  };
}

function assertExample(example: SynthesisExample, e: number, first: Picture, guide: Picture | undefined): void {
  const { picture, weight = 1, sampleMask } = example;
  const name = e === 0 ? "the picture" : `example ${e + 1}`;
  assertSide(`${name}'s height`, picture.height);
  assertSide(`${name}'s width`, picture.width);
  if (picture.channels !== first.channels) {
    refuse(
      "all examples must have the same number of channels",
      `${first.channels} and ${picture.channels}`,
      "Give them the same maps in the same order",
    );
  }
  if (!(weight >= 0 && Number.isFinite(weight))) {
    refuse(`${name}'s weight must be 0 or more`, weight, "Leave it out for an equal share");
  }
  if (sampleMask) {
    assertPlane(`${name}'s sampleMask`, sampleMask, picture, 1);
    if (!sampleMask.pixels.some((value) => value >= 0.5)) {
      refuse(`${name}'s sampleMask must leave something to copy`, "nothing", "Mark places to copy with 1");
    }
  }
  if (example.guide && guide) assertPlane(`${name}'s guide`, example.guide, picture, guide.channels);
}

function assertGuide(
  examples: readonly SynthesisExample[],
  guide: Picture | undefined,
  height: number,
  width: number,
): void {
  const guided = examples.filter((example) => example.guide).length;
  if (!guide && guided === 0) return;
  if (!guide) refuse("a guide of the result is needed with guides of examples", "none", "Say what should be where");
  if (guided < examples.length) {
    refuse(
      "every example needs a guide when the result has one",
      `${guided} of ${examples.length}`,
      "Say for each example what is where",
    );
  }
  assertPlane("guide", guide, { height, width }, guide.channels);
}

function assertRegion(
  region: Picture,
  first: Picture,
  layout: string,
  size: { readonly height: number; readonly width: number },
): void {
  if (layout !== "kept") refuse('a region needs the layout "kept"', `"${layout}"`, "Leave the layout out");
  if (size.height !== first.height || size.width !== first.width) {
    refuse(
      `with a region the result must have the picture's size of ${first.height}×${first.width}`,
      `${size.height}×${size.width}`,
      "Leave the size out",
    );
  }
  assertPlane("region", region, first, 1);
}

function assertPlane(
  name: string,
  plane: Picture,
  { height, width }: { readonly height: number; readonly width: number },
  channels: number,
): void {
  if (plane.height === height && plane.width === width && plane.channels === channels) return;
  refuse(
    `${name} must be ${height}×${width}×${channels}`,
    `${plane.height}×${plane.width}×${plane.channels}`,
    "Draw it at that size",
  );
}

function assertSide(name: string, side: number): void {
  if (Number.isInteger(side) && side >= LEAST_SIDE && side <= MOST_SIDE) return;
  refuse(`${name} must be ${LEAST_SIDE} to ${MOST_SIDE} whole pixels`, side, "Choose another size");
}

function assertValues(name: string, count: number, remedy: string): void {
  if (count <= MOST_VALUES) return;
  refuse(`${name} must hold at most ${MOST_VALUES} values, height × width × channels`, count, remedy);
}

function assertChoice(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  refuse(`${name} must be one of ${choices.join(", ")}`, `"${value}"`, "Leave it out for the usual one");
}

function refuse(needed: string, came: unknown, remedy: string): never {
  throw new ConfigurationError(`synthesise: ${needed}, got ${String(came)}. ${remedy}.`);
}
