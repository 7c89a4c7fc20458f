import { beforeAll, describe, expect, it } from "vitest";
import { growthOf, growthPerMinute, type Counted, type Sample } from "../bench/soak/growth.ts";
import { soak, type SoakResult } from "../bench/soak/soak.ts";

/** A sample for every number: seconds 0, 10, 20, … */
function samplesOf(key: Counted, values: readonly number[]): Sample[] {
  return values.map((value, index) => ({ seconds: 10 * index, [key]: value }) as unknown as Sample);
}

describe("Growth", () => {
  it("is what the least has risen by from the first third to the last", () => {
    expect(growthOf(samplesOf("meshes", [5, 9, 5, 7, 6, 8, 6, 9, 7]), "meshes")).toBe(1);
  });

  it("is nothing where things come and go", () => {
    expect(growthOf(samplesOf("meshes", [5, 9, 5, 7, 6, 8, 9, 5, 9]), "meshes")).toBe(0);
  });

  it("a minute is the slope of a line", () => {
    expect(growthPerMinute(samplesOf("pageHeap", [100, 110, 120, 130]), "pageHeap")).toBeCloseTo(60);
  });
});

describe("A game with a policy swapped every second", () => {
  let result: SoakResult;
  const growth = (key: Counted): number => growthOf(result.samples, key);

  beforeAll(async () => {
    result = await soak({ seconds: 16, secondsPerSample: 1.5, secondsPerRun: 7, warmUp: 3, leak: true });
  }, 240_000);

  it("plays on without complaints", () => {
    expect(result.complaints).toEqual([]);
    expect(result.decisions).toBeGreaterThan(0);
  });

  it("took policies from files, from parameters and from a run on the page", () => {
    expect(Math.min(result.swaps.file, result.swaps.assign, result.swaps.stream)).toBeGreaterThanOrEqual(2);
  });

  it("has one worker, whatever runs were begun and forgotten", () => {
    expect(result.runs).toBeGreaterThan(1);
    expect(result.samples.map(({ workers }) => workers)).toEqual(result.samples.map(() => 1));
  });

  it.each(["meshes", "nodes", "materials", "textures", "bodies", "controllers", "pageWasm", "workerWasm"] as const)(
    "has no more %s than before",
    (key) => {
      expect(growth(key)).toBeLessThanOrEqual(0);
    },
  );

  it("has no more observers than before, but for those that were added on purpose, which it notices", () => {
    const others = result.samples.map((sample) => ({ ...sample, observers: sample.observers - sample.leaked }));
    expect(growthOf(others, "observers")).toBeLessThanOrEqual(0);
    expect(growth("observers")).toBeGreaterThan(5);
  });
});
