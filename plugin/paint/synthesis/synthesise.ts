import { Random } from "../../core/random.ts";
import { picture, type Picture } from "../picture.ts";
import { describePatches } from "./patch-distribution.ts";
import { patchFlow } from "./patch-flow.ts";
import { checkedOrder } from "./check-order.ts";
import { resized } from "./resized.ts";
import type { SynthesisExample, SynthesisOptions } from "./synthesis-options.ts";

/** Side of a patch. Chosen as in the patch distance that judges the result. */
const PATCH = 7;
const LEAST_SIDE = 16;
const STEPS = { fast: 30, good: 120, best: 240 };
/** Each scale is larger than the one before by 1 / this. */
const SCALE_RATIO = 0.7;
/** Below this side all patches of a picture are moved, above every second one each way. */
const SIDE_OF_ALL_PATCHES = 48;
/** Patches of the picture that are looked at, at each scale. */
const MOST_EXAMPLES = 8192;
/**
 * The second half of a scale's steps get shorter, down to the last rate: long ones find the shapes, short ones calm the
 * noise.
 */
const FIRST_RATE = 0.7;
const LAST_RATE = 0.14;
const REST_SECONDS = 0.03;
const REPORT_SECONDS = 0.1;

/**
 * Makes a picture that tiles and looks like the one given: same colours, same details, but no seams. No network, no
 * weights.
 *
 * Coarse to fine, the patches of the result, wrapped around its edges, are moved until they are distributed like those
 * inside the picture. The same picture, seed and options give the same pixels in the same engine. Takes about 25 s of
 * one core for 128 × 128 pixels; the time goes with the number of pixels. Rests between steps, so that messages and
 * cancelling get through, but a step or the preparation of a scale may take most of a second: it belongs into a worker.
 * Works with any number of channels: the maps of a material, stacked, stay registered.
 *
 * @param source - Values in [0, 1]; need not tile. Things larger than about a third of it will not be kept whole.
 * @returns A new picture, clipped to [0, 1].
 * @throws ConfigurationError if a size or an option cannot be; the signal's reason if it is cancelled.
 */
export async function synthesise(
  examples: Picture | readonly SynthesisExample[],
  options: SynthesisOptions = {},
): Promise<Picture> {
  const { signal, onProgress } = options;
  const order = checkedOrder(examples, options);
  const { seed, layout } = order;
  const source = order.examples[0].picture;
  const size = { height: order.height, width: order.width };
  const steps = STEPS[order.quality];
  signal?.throwIfAborted();
  const random = new Random(seed);
  const scales = scalesOf(Math.min(source.height, source.width, size.height, size.width));
  const work = scales.reduce((sum, scale) => sum + scale * scale, 0) * steps;
  let done = 0;
  let rested = performance.now();
  let reported = Number.NEGATIVE_INFINITY;
  let current: Picture | undefined;
  for (const scale of scales) {
    const example = resized(source, scaled(source.height, scale), scaled(source.width, scale), "cut");
    const height = scaled(size.height, scale);
    const width = scaled(size.width, scale);
    const target: Picture = current
      ? resized(current, height, width, "wrap")
      : layout === "kept"
        ? repeated(example, height, width)
        : scattered(example, height, width, random);
    current = target;
    const stride = Math.min(height, width) < SIDE_OF_ALL_PATCHES ? 1 : 2;
    const flow = patchFlow(target, describePatches(example, PATCH, MOST_EXAMPLES, random), stride);
    for (let step = 0; step < steps; step++) {
      const late = Math.max(0, (2 * step) / steps - 1);
      flow.step(FIRST_RATE - (FIRST_RATE - LAST_RATE) * late, random);
      done += (scale * scale) / work;
      const now = performance.now();
      if (now - rested < REST_SECONDS * 1000) continue;
      if (onProgress && now - reported >= REPORT_SECONDS * 1000) {
        onProgress({
          done,
          stage: "Refining",
          preview: () => clipped(resized(target, size.height, size.width, "wrap")),
        });
        reported = now;
      }
      await rest();
      signal?.throwIfAborted();
      rested = performance.now();
    }
  }
  return clipped(current!);
}

/** From the scale at which the shorter side is about 16 pixels up to the whole. */
function scalesOf(shortest: number): number[] {
  const scales = [1];
  while (shortest * scales[0] * SCALE_RATIO >= LEAST_SIDE - 0.5) scales.unshift(scales[0] * SCALE_RATIO);
  return scales;
}

function scaled(side: number, scale: number): number {
  return Math.max(LEAST_SIDE, Math.round(side * scale));
}

/** Pixels drawn from the picture by chance: right in colour, without any structure. */
function scattered(example: Picture, height: number, width: number, random: Random): Picture {
  const { channels } = example;
  const result = picture(height, width, channels);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const from = random.integer(example.height * example.width) * channels;
    result.pixels.set(example.pixels.subarray(from, from + channels), pixel * channels);
  }
  return result;
}

/** Copies side by side, cut where the size ends. */
function repeated(example: Picture, height: number, width: number): Picture {
  const { channels } = example;
  const result = picture(height, width, channels);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += channels) {
      const from = ((y % example.height) * example.width + (x % example.width)) * channels;
      result.pixels.set(example.pixels.subarray(from, from + channels), to);
    }
  }
  return result;
}

function clipped(source: Picture): Picture {
  const { height, width, channels, pixels } = source;
  return picture(
    height,
    width,
    channels,
    pixels.map((value) => Math.min(1, Math.max(0, value))),
  );
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
