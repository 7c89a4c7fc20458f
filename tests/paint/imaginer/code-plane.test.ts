import { describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { codePlane } from "../../../plugin/paint/imaginer/code-plane.ts";

/** Corners of a cross of four numbers; the first direction is twice as long. */
const CROSS = [
  [2, 0, 0, 7],
  [-2, 0, 0, 7],
  [0, 1, 0, 7],
  [0, -1, 0, 7],
].map((numbers) => Float32Array.from(numbers));

function randomCodes(count: number, seed: number): Float32Array[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => Float32Array.from({ length: 41 }, () => random.normal()));
}

function distance([a, b]: readonly [number, number], [c, d]: readonly [number, number]): number {
  return Math.hypot(a - c, b - d);
}

describe("A plane of codes", () => {
  it("lies along the directions in which codes differ most, each from -1 to 1", () => {
    const { places, placeOf } = codePlane(CROSS);
    const rounded = places.map((place) => place.map((part) => Math.round(1e4 * part) / 1e4 + 0));
    expect(rounded).toEqual([
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]);
    // Half way from the middle: √0.5. What lies outside is held at the edge.
    expect(placeOf(Float32Array.of(1, 0, 5, 7))[0]).toBeCloseTo(0.70711, 4);
    expect(placeOf(Float32Array.of(9, 0, 0, 7))[0]).toBe(1);
  });

  it("gives each code at its own place, and between them mixes in which the nearest has most", () => {
    const codes = randomCodes(11, 4);
    const guests = randomCodes(3, 5);
    const { places, codeAt } = codePlane(codes, guests);
    [...codes, ...guests].forEach((code, i) => expect(codeAt(places[i])).toEqual(code));
    const cross = codePlane(CROSS);
    // As far from all four: their mean.
    expect(Array.from(cross.codeAt([0, 0])).map((part) => Math.round(1e5 * part) / 1e5 + 0)).toEqual([0, 0, 0, 7]);
    // Distances 0.5, 1.5 and twice √1.25: to the power of −4, 16, 0.1975 and 0.64; 2 · (16 − 0.1975) / 17.4775 = 1.8083.
    expect(cross.codeAt([0.5, 0])[0]).toBeCloseTo(1.8083, 3);
  });

  it("is the same from the same codes, whatever guests come", () => {
    const codes = randomCodes(11, 4);
    const plane = codePlane(codes);
    expect(codePlane(codes).places).toEqual(plane.places);
    expect(codePlane(codes, randomCodes(4, 9)).places.slice(0, 11)).toEqual(plane.places);
  });

  it("keeps places apart, even those of equal codes", () => {
    const codes = randomCodes(8, 1);
    const { places } = codePlane(codes, [codes[0], codes[0]]);
    places.forEach((one, i) => {
      for (const other of places.slice(0, i)) expect(distance(one, other)).toBeGreaterThan(0.3);
    });
    for (const part of places.flat()) expect(Math.abs(part)).toBeLessThanOrEqual(1);
  });

  it("says what is missing", () => {
    expect(() => codePlane(CROSS.slice(2))).toThrow(
      "codePlane: needed at least 3 codes, came 2. Give those of all classes.",
    );
    expect(() => codePlane(CROSS, [Float32Array.of(1)])).toThrow(
      "codePlane: needed codes of one length, came lengths [4,4,4,4,1]. Take codes of the same imaginer.",
    );
  });
});
