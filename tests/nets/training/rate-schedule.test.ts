import { expect, test } from "vitest";
import {
  constantRate,
  cooledDown,
  cosineRate,
  fallingRate,
  warmedUp,
} from "../../../plugin/nets/training/rate-schedule.ts";

test("a constant rate is the same at every step", () => {
  expect([0, 7, 99].map((step) => constantRate(0.3)(step, 100))).toEqual([0.3, 0.3, 0.3]);
});

test("a cosine begins with one rate, is in the middle half way, and ends with the other", () => {
  const rate = cosineRate(1, 0.2);
  // cos 0 = 1, cos π/3 = ½, cos π/2 = 0, cos π = -1: 0.2 + 0.4 · (1 + cos).
  expect(rate(0, 12)).toBeCloseTo(1, 12);
  expect(rate(4, 12)).toBeCloseTo(0.8, 12);
  expect(rate(6, 12)).toBeCloseTo(0.6, 12);
  expect(rate(12, 12)).toBeCloseTo(0.2, 12);
});

test("a cosine ends with 0 where nothing else is said", () => {
  expect(cosineRate(1)(10, 10)).toBeCloseTo(0, 12);
});

test("warming up takes even steps to the rate, and then does nothing", () => {
  const rate = warmedUp(4, constantRate(0.8));
  expect([0, 1, 2, 3, 4, 50].map((step) => rate(step, 100))).toEqual([0.2, 0.4, 0.6000000000000001, 0.8, 0.8, 0.8]);
});

test("warming up follows the schedule that it leads to", () => {
  // Half way through the cosine, and half warm.
  expect(warmedUp(12, cosineRate(1))(5, 10)).toBeCloseTo(0.25, 12);
});

test("a falling rate is steady first, and at a step the same however long the training is", () => {
  const rate = fallingRate(0.5, 4);
  // √(4 / 4) = 1, √(4 / 16) = ½, √(4 / 64) = ¼.
  expect([0, 3, 15, 63].map((step) => rate(step, 64))).toEqual([0.5, 0.5, 0.25, 0.125]);
  expect(rate(15, 1000)).toBe(rate(15, 16));
});

test("cooling down does nothing up to the last share of the steps, and then falls evenly to 0", () => {
  const rate = cooledDown(0.2, constantRate(0.5));
  // The last fifth of 100 steps begins at step 80; at 90 half of it is over.
  expect([0, 79, 80, 100].map((step) => rate(step, 100))).toEqual([0.5, 0.5, 0.5, 0]);
  expect(rate(90, 100)).toBeCloseTo(0.25, 12);
});

test("cooling down gives the same up to where the shorter of two trainings begins to", () => {
  const rate = cooledDown(0.2, fallingRate(0.5, 4));
  expect(rate(63, 80)).toBe(rate(63, 1000));
  expect(rate(79, 80)).toBeLessThan(rate(79, 1000));
});
