import { describe, expect, it } from "vitest";
import { describeComparison, type Comparison } from "../bench/compare/describe-standings.ts";
import type { Standing } from "../bench/pages/compare.ts";

const timing = (milliseconds: number): Standing["timing"] => ({
  milliseconds,
  fastest: milliseconds / 2,
  slowest: milliseconds * 2,
});
const standing: Standing = { timing: null, difference: 0, calls: null, missing: null };
const calls = {
  dispatches: 3,
  submits: 1,
  passes: 1,
  bindGroups: 0,
  buffers: 0,
  readbacks: 1,
  bytesUp: 6848,
  bytesDown: 129_964,
};
const comparison: Comparison = {
  machine: { cpu: "Z80", cores: 1, memoryGiB: 1, platform: "cpm z80", node: "v20.0.0", date: "2026-01-02T03:04:05Z" },
  chromium: "156.0",
  adapter: "google swiftshader",
  rounds: 9,
  learning: {
    "64 × 64": {
      "ours, wasm strict": { ...standing, timing: timing(0.125), difference: 2.04e-7 },
      "ours, webgpu": { ...standing, timing: timing(50), calls },
      "jax-js webgpu": { ...standing, missing: "no device | at all" },
    },
  },
  deciding: { 16: { "ours, wasm strict": { ...standing, timing: timing(0.002) } } },
  crossing: { "32 × 64": { wasm: timing(2)!, webgpu: timing(1)!, calls: { ...calls, dispatches: 12 } } },
  crossingMinibatches: 4,
  remark: "The machine was busy.",
};

describe("The page of results", () => {
  const page = describeComparison(comparison);

  it("names machine, browser, adapter, date and rounds", () => {
    expect(page).toContain(
      "on 2026-01-02: Z80, 1 cores, Node v20.0.0, Chromium 156.0, WebGPU by google swiftshader. The machine was busy.",
    );
    expect(page).toContain("medians of 9 rounds");
  });

  it("warns of an adapter that is no GPU, and of no other", () => {
    expect(page).toContain("its milliseconds say nothing about GPUs");
    expect(describeComparison({ ...comparison, adapter: "amd rdna-2" })).not.toContain("say nothing about GPUs");
  });

  it("shows times, ratios to ours, differences and calls", () => {
    expect(page).toContain("| ours, wasm strict | 0.13 ms | 0.063 ms – 0.25 ms | 1 | 2e-7 |  |");
    expect(page).toContain(
      "| ours, webgpu | 50 ms | 25 ms – 100 ms | 400 | 0e+0 | 3 | 1 | 1 | 0 | 0 | 1 | 6848 | 129964 |",
    );
    expect(page).toContain("| ours, wasm strict | 2 µs | 1 µs – 4 µs | 1 |");
  });

  it("says who was not timed and why", () => {
    expect(page).toContain("| jax-js webgpu | not timed: no device \\| at all |");
  });

  it("shows where the GPU is faster", () => {
    expect(page).toContain("| 32 × 64 | 2 ms | 1 ms | 2 | 3 | 6848 | 129964 |");
  });
});
