import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../plugin/core/random.ts";
import { startBackend } from "../../plugin/nets/start-backend.ts";
import type { AlbumPage } from "../../scripts/paint/photo-maps/photo-album.ts";
import { takePhotographs } from "../../scripts/paint/photo-maps/take-photographs.ts";

const SIDE = 256;
const FOUND = [0.5, 0.25] as const;
beforeAll(async () => startBackend("cpu"));

/** A surface that rises to the right by half a pixel for each, with a photograph and roughness that do so too, and colours or none. */
function ramp(isColoured: boolean): AlbumPage {
  const pixels = SIDE * SIDE;
  const column = (i: number): number => i % SIDE;
  return {
    side: SIDE,
    photos: [{ bytes: Uint8Array.from({ length: 3 * pixels }, (_, i) => column(Math.floor(i / 3))), lean: [0.9, 0] }],
    albedo: Uint8Array.from({ length: 3 * pixels }, (_, i) => (isColoured ? column(Math.floor(i / 3)) : 128)),
    heights: Uint16Array.from({ length: pixels }, (_, i) => Math.round((65535 * column(i)) / SIDE)),
    rise: SIDE / 2,
    roughness: Uint8Array.from({ length: pixels }, (_, i) => column(i)),
  };
}

/** The median rise from a pixel to the next to the right, and to the next above, of the first channel. */
async function slopes(map: tf.Tensor4D): Promise<readonly [right: number, up: number]> {
  const [, height, width, channels] = map.shape;
  const values = await map.data<"float32">();
  const along = (dx: number, dy: number): number => {
    const steps: number[] = [];
    for (let row = 1; row < height; row++) {
      for (let column = 0; column < width - 1; column++) {
        const at = row * width + column;
        steps.push(values[channels * (at + dx - dy * width)] - values[channels * at]);
      }
    }
    return steps.sort((a, b) => a - b)[steps.length >> 1];
  };
  return [along(1, 0), along(0, 1)];
}

describe("Photographs cut out of an album", () => {
  it("lie on the truth about them and turn with their light, whole or in part, near or far", async () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const batch = takePhotographs(Uint32Array.of(0, 0), [ramp(false)], () => FOUND, new Random(seed));
      const [, side] = batch.pictures.shape;
      expect([96, SIDE]).toContain(side);
      expect(batch.edges).toBe(side === SIDE ? "wrap" : "mirror");
      expect(batch.pictures.shape[0]).toBe(side === SIDE ? 1 : 2);
      const [right, up] = await slopes(batch.heights);
      expect(Math.hypot(right, up)).toBeCloseTo(0.5, 2); // a pixel rises by as much from near as from far
      for (const map of [batch.pictures, batch.roughness]) {
        const [across, above] = await slopes(map);
        const step = Math.hypot(across, above) * 255;
        expect(Math.abs(step - Math.round(step))).toBeLessThan(0.35); // one or two columns further
        expect(across * right + above * up).toBeGreaterThan(0.9 * Math.hypot(across, above) * Math.hypot(right, up));
      }
      const [leanRight, leanUp] = await batch.light.data<"float32">();
      tf.dispose(Object.values(batch).filter((value) => value instanceof tf.Tensor));
      const length = Math.hypot(leanRight, leanUp);
      const towards = (leanRight * right + leanUp * up) / (length * 0.5);
      // Found, it is 27° beside the rise; told, it is where the surface rises, but for what people are wrong by.
      if (Math.abs(length - Math.hypot(...FOUND)) < 1e-3) expect(towards).toBeCloseTo(2 / Math.sqrt(5), 2);
      else expect(towards).toBeGreaterThan(0.6);
      seen.add(`${Math.sign(Math.round(8 * right))} ${Math.sign(Math.round(8 * up))} ${side}`);
    }
    expect(seen.size).toBeGreaterThanOrEqual(6); // each way up, in part and whole
  });

  it("have the colours of the surface beneath them, glazed or not", async () => {
    let glazed = 0;
    for (let seed = 0; seed < 30; seed++) {
      const batch = takePhotographs(Uint32Array.of(0), [ramp(true)], () => FOUND, new Random(seed));
      const [seen, colours] = await Promise.all([batch.pictures.data(), batch.albedo.data()]);
      const [, side] = batch.pictures.shape;
      tf.dispose(Object.values(batch).filter((value) => value instanceof tf.Tensor));
      // In the middle, where no vignette darkens: evenly lit, it looks as it is.
      const middle = [...Array(16).keys()].map((i) => 3 * ((side >> 1) * side + (side >> 1) - 8 + i));
      for (const at of middle) expect(Math.abs(seen[at] - colours[at])).toBeLessThan(0.02);
      const steps = middle.slice(1).map((at) => Math.abs(colours[at] - colours[at - 3]) * 255);
      if (steps.some((step) => Math.abs(step - Math.round(step)) > 0.02)) glazed += 1;
    }
    expect(glazed).toBeGreaterThan(4);
    expect(glazed).toBeLessThan(20);
  });

  it("are the same for the same chance", async () => {
    const page = ramp(true);
    const taken = [1, 2].map(() => takePhotographs(Uint32Array.of(0, 0, 0), [page], () => FOUND, new Random(7)));
    const [one, other] = await Promise.all(taken.map(({ pictures }) => pictures.data()));
    expect(one).toEqual(other);
  });
});
