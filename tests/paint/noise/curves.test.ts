import { expect, it } from "vitest";
import {
  clamp01,
  cosineOfTurns,
  mix,
  power2point4,
  root2point4,
  sineOfTurns,
  smoothstep,
} from "../../../plugin/paint/noise/curves.ts";

it("The sine of turns is within 2e-9 of Math.sin, over several turns", () => {
  for (let i = -3000; i <= 3000; i++) {
    const turns = i / 997;
    expect(Math.abs(sineOfTurns(turns) - Math.sin(2 * Math.PI * turns))).toBeLessThan(2e-9);
    expect(Math.abs(cosineOfTurns(turns) - Math.cos(2 * Math.PI * turns))).toBeLessThan(2e-9);
  }
});

it("The power 2.4 and its root are within 1e-14 of Math.pow", () => {
  for (let i = 0; i <= 1000; i++) {
    const x = i / 1000;
    expect(Math.abs(power2point4(x) - x ** 2.4)).toBeLessThan(1e-14);
    expect(Math.abs(root2point4(x) - x ** (1 / 2.4))).toBeLessThan(1e-14);
  }
});

it("A smooth step is 0 below, ½ in the middle, 1 above, and falls when its ends are exchanged", () => {
  expect([0, 2, 3, 4, 9].map((x) => smoothstep(2, 4, x))).toEqual([0, 0, 0.5, 1, 1]);
  expect(smoothstep(4, 2, 2.5)).toBe(1 - smoothstep(2, 4, 2.5));
});

it("A number is held within [0, 1], and mixed", () => {
  expect([-1, 0.3, 7].map(clamp01)).toEqual([0, 0.3, 1]);
  expect(mix(2, 6, 0.25)).toBe(3);
});
