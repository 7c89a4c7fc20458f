import { expect, test } from "vitest";
import { cropped } from "../../../plugin/paint/picture.ts";
import { synthesise } from "../../../plugin/paint/synthesis/synthesise.ts";
import { noise } from "../metrics/test-pictures.ts";

test("a signal that is already aborted ends it before any work", async () => {
  const signal = AbortSignal.abort(new Error("changed my mind"));
  await expect(synthesise(noise(32, 1), { signal })).rejects.toThrow(new Error("changed my mind"));
});

test("cancelling from a progress report ends it, and nothing is reported afterwards", async () => {
  const controller = new AbortController();
  let reports = 0;
  const work = synthesise(noise(96, 1), {
    signal: controller.signal,
    onProgress: () => {
      reports += 1;
      if (reports === 3) controller.abort(new Error("enough"));
    },
  });
  await expect(work).rejects.toThrow(new Error("enough"));
  expect(reports).toBe(3);
});

test("progress grows towards 1 through named stages, with previews of the final size", async () => {
  const shares: number[] = [];
  const stages = new Set<string>();
  const size = { height: 60, width: 108 };
  await synthesise(cropped(noise(108, 1), 0, 0, 100, 108), {
    size,
    onProgress: ({ done, stage, preview }) => {
      shares.push(done);
      stages.add(stage);
      const { height, width, pixels } = preview();
      expect({ height, width }).toEqual(size);
      expect(pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
    },
  });
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBeLessThanOrEqual(1);
  expect([...stages]).toContain("Laying out");
});

test("time to react comes while it works", async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  await synthesise(noise(48, 1), { quality: "fast" });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(2);
});
