import { expect, test } from "vitest";
import { channelOf } from "../../../plugin/paint/generators/fit-picture.ts";
import { drawnSize, mapsInSize } from "../../../plugin/paint/generators/imagined-size.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { seamScore } from "../../../plugin/paint/metrics/seam-score.ts";
import { clamp01 } from "../../../plugin/paint/noise/curves.ts";
import { cropped, picture, rolled, type Picture } from "../../../plugin/paint/picture.ts";
import { smoothNoise } from "../metrics/test-pictures.ts";

const SIDE = 128;
const COLOURS = smoothNoise(SIDE, 1, 3);

/** A tile of smooth noise. @param down, right - Pixels that it is rolled. */
function tile(down = 0, right = 0): SurfaceMaps {
  const colours = { ...COLOURS, pixels: COLOURS.pixels.map(clamp01) };
  const roll = (source: Picture): Float32Array => rolled(source, down, right).pixels;
  const [heights, roughness, metallic] = [0, 1, 2].map((channel) => roll(channelOf(colours, channel)));
  return { width: SIDE, height: SIDE, relief: 0.1, albedo: roll(colours), heights, roughness, metallic };
}

const heightsOf = ({ width, height, heights }: SurfaceMaps): Picture => picture(height, width, 1, heights);

test.each([
  [
    { width: 256, height: 48 },
    { width: 256, height: 48 },
  ],
  [
    { width: 500, height: 1000 },
    { width: 512, height: 1008 },
  ],
  [
    { width: 8, height: 17 },
    { width: 16, height: 32 },
  ],
  [
    { width: 2048, height: 2047 },
    { width: 2048, height: 2048 },
  ],
  // Half of each: 2048 × 1500, and 1504 is the next multiple.
  [
    { width: 4096, height: 3000 },
    { width: 2048, height: 1504 },
  ],
  // 2048 ÷ 3001 of each, not a pixel more.
  [
    { width: 3001, height: 3001 },
    { width: 2048, height: 2048 },
  ],
])("%o is drawn as %o", (wanted, drawn) => {
  expect(drawnSize(wanted)).toEqual(drawn);
});

test("maps that have the size already stay as they are", () => {
  const maps = tile();
  expect(mapsInSize(maps, { width: SIDE, height: SIDE })).toBe(maps);
});

test.each([96, 160])("a tile that is resized to %i pixels goes on around its borders as inside", (side) => {
  const size = { width: side, height: side };
  const maps = mapsInSize(tile(), size);
  // 128 : 96 = 4 : 3 and 128 : 160 = 4 : 5, so 32 old pixels are 24 or 40 new ones.
  const shift = (32 * side) / SIDE;
  const moved = mapsInSize(tile(32, 32), size);
  for (const map of ["albedo", "heights", "roughness", "metallic"] as const) {
    const channels = map === "albedo" ? 3 : 1;
    const expected = rolled(picture(side, side, channels, maps[map]), shift, shift).pixels;
    const off = moved[map].reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
    expect([map, off < 1e-5]).toEqual([map, true]);
  }
});

test("resized tiles have no seams, where a part of one has", () => {
  const maps = mapsInSize(tile(), { width: 100, height: 90 });
  expect(maps).toMatchObject({ width: 100, height: 90, relief: 0.1 });
  const whole = seamScore(heightsOf(maps));
  expect(Math.max(whole.sideBySide, whole.oneAboveOther)).toBeLessThan(1.5);
  const part = seamScore(cropped(heightsOf(maps), 0, 0, 60, 60));
  expect(Math.min(part.sideBySide, part.oneAboveOther)).toBeGreaterThan(2);
});

test("values stay in [0, 1] where a sharp kernel would leave it", () => {
  const steps = Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % SIDE < SIDE / 2 ? 0 : 1));
  const { heights } = mapsInSize({ ...tile(), heights: steps }, { width: 100, height: SIDE });
  expect([Math.min(...heights), Math.max(...heights)]).toEqual([0, 1]);
});
