import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { TextureLikeness } from "../../../plugin/nets/likeness/texture-likeness.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

beforeAll(() => startBackend("wasm"));

const SIDE = 64;

/** Stripes of one colour, every so many pixels. */
const striped = (period: number, [red, green, blue]: readonly number[]): Float32Array => {
  const pixels = new Float32Array(SIDE * SIDE * 3);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const light = 0.5 + 0.4 * Math.sin((2 * Math.PI * (i % SIDE)) / period);
    pixels.set([red * light, green * light, blue * light], 3 * i);
  }
  return pixels;
};
const WARM = striped(8, [1, 0.6, 0.3]);
const COLD = striped(32, [0.3, 0.6, 1]);
/** The upper half of one and the lower half of the other. */
const HALVES = Float32Array.from(WARM, (value, i) => (i < WARM.length / 2 ? value : COLD[i]));

const joined = (...pictures: readonly Float32Array[]): Float32Array => {
  const all = new Float32Array(pictures.length * SIDE * SIDE * 3);
  pictures.forEach((pixels, i) => all.set(pixels, i * pixels.length));
  return all;
};

const likenesses: TextureLikeness[] = [];
afterAll(() => likenesses.forEach((each) => each.dispose()));

/** How far a picture is from some others, by the mean of a few looks. */
function distanceFrom(...targets: readonly Float32Array[]): (picture: Float32Array) => Promise<number> {
  const target = { height: SIDE, width: SIDE, count: targets.length, pixels: joined(...targets) };
  const likeness = new TextureLikeness(target, SIDE, new Random(3), { places: 32 });
  likenesses.push(likeness);
  return async (picture) => {
    for (const look of [0, 1, 2, 3]) await likeness.prepare(look);
    const looks = [0, 1, 2, 3].map((look) =>
      tf.tidy(() => likeness.distance(tf.tensor4d(picture.slice(), [1, SIDE, SIDE, 3]), look).dataSync()[0]),
    );
    return looks.reduce((sum, distance) => sum + distance, 0) / looks.length;
  };
}

describe("How alike patches are", () => {
  it("is told of several pictures together: half of each is nearer than either alone", async () => {
    const distance = distanceFrom(WARM, COLD);
    const [halves, warm, cold] = [await distance(HALVES), await distance(WARM), await distance(COLD)];
    expect(halves).toBeLessThan(0.5 * Math.min(warm, cold));
  });

  it("counts each of several pictures by its share", async () => {
    const mostlyWarm = distanceFrom(WARM, WARM, WARM, COLD);
    expect(await mostlyWarm(WARM)).toBeLessThan(0.5 * (await mostlyWarm(COLD)));
  });

  it("of a picture that comes twice is that of the picture", async () => {
    const [once, twice] = [distanceFrom(WARM), distanceFrom(WARM, WARM)];
    expect(await twice(WARM)).toBeLessThan(0.01);
    // Of two, every second patch is looked at, of one all: that moves quantiles by little.
    expect(await twice(COLD)).toBeCloseTo(await once(COLD), 1);
  });

  it("holds nothing once it is disposed", async () => {
    const before = tf.memory().numTensors;
    const pixels = joined(WARM, COLD);
    const likeness = new TextureLikeness({ height: SIDE, width: SIDE, count: 2, pixels }, SIDE, new Random(1));
    await likeness.prepare(0);
    tf.tidy(() => void likeness.distance(tf.tensor4d(WARM.slice(), [1, SIDE, SIDE, 3]), 0));
    likeness.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("wants looks that are prepared", () => {
    const likeness = new TextureLikeness({ height: SIDE, width: SIDE, pixels: WARM }, SIDE, new Random(1));
    const picture = tf.tensor4d(WARM.slice(), [1, SIDE, SIDE, 3]);
    expect(() => likeness.distance(picture, 5)).toThrow(
      "TextureLikeness: needed a look that is prepared, came 5, which is not. Await prepare(5) first.",
    );
    tf.dispose(picture);
    likeness.dispose();
  });
});
