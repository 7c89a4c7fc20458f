import { expect, it } from "vitest";
import { sayTime, spotsOf } from "../../../sample-game/atelier/rules/growth.ts";

it("Spots lie within the tile, apart from each other, and elsewhere for another seed", () => {
  for (const seed of [0, 7, 9999]) {
    const spots = spotsOf(seed);
    expect(spots.flat().every((place) => place >= 0 && place < 1)).toBe(true);
    const apart = spots.flatMap(([u, v], i) =>
      spots.slice(i + 1).map(([otherU, otherV]) => Math.hypot(round(u - otherU), round(v - otherV))),
    );
    expect(Math.min(...apart)).toBeGreaterThan(0.2);
  }
  expect(spotsOf(1)).not.toEqual(spotsOf(2));
});

it("Times are said in seconds or in minutes", () => {
  expect([30, 60, 600].map(sayTime)).toEqual(["30 s", "1 min", "10 min"]);
});

/** The shorter way around the tile. */
function round(difference: number): number {
  const way = Math.abs(difference) % 1;
  return Math.min(way, 1 - way);
}
