import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { pairSimilarity } from "../../../plugin/paint/metrics/pair-similarity.ts";
import { msSsim } from "../../../plugin/paint/metrics/structural-similarity.ts";
import { noise, smoothNoise } from "./test-pictures.ts";

const three = [1, 2, 3].map((seed) => smoothNoise(64, seed, 2));

test("it is the mean over all pairs", () => {
  const pairs = msSsim(three[0], three[1]) + msSsim(three[0], three[2]) + msSsim(three[1], three[2]);
  expect(pairSimilarity(three)).toBeCloseTo(pairs / 3, 12);
});

test("a generator that repeats itself has similarity 1, different samples far less", () => {
  expect(pairSimilarity([three[0], three[0], three[0]])).toBeCloseTo(1, 12);
  expect(pairSimilarity(three)).toBeLessThan(0.4);
});

test("of many pairs it draws some, the same for the same seed", () => {
  const many = [1, 2, 3, 4, 5, 6].map((seed) => smoothNoise(44, seed, 2, 1));
  const some = pairSimilarity(many, { pairs: 4, seed: 5 });
  expect(pairSimilarity(many, { pairs: 4, seed: 5 })).toBe(some);
  expect(pairSimilarity(many, { pairs: 4, seed: 6 })).not.toBe(some);
});

test("a single picture is refused", () => {
  expect(() => pairSimilarity([noise(64, 1)])).toThrow(
    new ConfigurationError("pairSimilarity: at least 2 pictures are needed, got 1. Give more."),
  );
});

test("no pairs at all are refused", () => {
  expect(() => pairSimilarity(three, { pairs: 0 })).toThrow(
    new ConfigurationError("pairSimilarity: pairs must be a positive whole number, got 0. Leave it out for up to 100."),
  );
});
