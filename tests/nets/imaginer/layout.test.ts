import { describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { depthOf, drawLayout, layoutOf } from "../../../plugin/nets/imaginer/layout.ts";
import { drawPieces, LAYOUT_KINDS, PLAN, readPlan } from "../../../plugin/nets/imaginer/layout-plan.ts";

const SIZE = { height: 64, width: 128 };
const PIECES = ["cells", "bond", "boards"] as const;

const countOf = (ids: Uint16Array): number => new Set(ids).size - Number(ids.includes(0));

describe("A plan of pieces", () => {
  it("is read from what a network tells, held within what can be drawn", () => {
    const told = [0, 1, 3, 2, 2, 3, 0.2];
    expect(told).toHaveLength(PLAN);
    expect(readPlan(told)).toEqual({ kind: "bond", across: 4, down: 8, gap: 0.2 });
    expect(readPlan([9, 0, 0, 0, 40, -40, -1])).toEqual({ kind: LAYOUT_KINDS[0], across: 64, down: 1, gap: 0 });
  });

  it.each(PIECES)("is drawn with as many %s, and as much between them, as planned", (kind) => {
    const ids = drawPieces({ kind, across: 4, down: 8, gap: 0.25 }, SIZE, new Random(1))!;
    expect(countOf(ids)).toBe(16); // of 128 × 64 pixels
    expect(ids.filter((id) => id === 0).length / ids.length).toBeCloseTo(0.25, 1);
  });

  it("has no pieces where none are planned, and nothing between them where no gap is", () => {
    const plan = { across: 4, down: 8, gap: 0 };
    expect(drawPieces({ ...plan, kind: "none" }, SIZE, new Random(1))).toBeNull();
    expect(drawPieces({ ...plan, kind: "cells" }, SIZE, new Random(1))!.includes(0)).toBe(false);
  });

  it.each(PIECES)("is drawn the same by the same chance, and otherwise by another: %s", (kind) => {
    const draw = (seed: number): unknown => drawLayout({ kind, across: 4, down: 8, gap: 0.1 }, SIZE, new Random(seed));
    expect(draw(3)).toEqual(draw(3));
    expect(draw(4)).not.toEqual(draw(3));
  });

  it.each(PIECES)("goes on at the other side: %s", (kind) => {
    const ids = drawPieces({ kind, across: 5, down: 6, gap: 0 }, SIZE, new Random(2))!;
    const changes = Array.from({ length: SIZE.width }, (_, x) => {
      let sum = 0;
      for (let y = 0; y < SIZE.height; y++) {
        const line = y * SIZE.width;
        sum += Number(ids[line + x] !== ids[line + ((x + 1) % SIZE.width)]);
      }
      return sum;
    });
    expect(changes[SIZE.width - 1]).toBeLessThanOrEqual(Math.max(...changes.slice(0, -1)));
  });
});

describe("A layout", () => {
  it("says how far inside its piece each pixel lies, across the borders", () => {
    // A piece of 12 columns around the border of 32, a line of nothing beside it, and another piece.
    const ids = Uint16Array.from({ length: 32 * 32 }, (_, i) => {
      const x = i % 32;
      return x < 6 || x >= 26 ? 1 : x === 6 || x === 25 ? 0 : 2;
    });
    const depths = depthOf(ids, 32, 32);
    expect(Array.from(depths.subarray(0, 8))).toEqual([6, 5, 4, 3, 2, 1, 0, 1]);
    expect(depths[31]).toBe(6);
    expect(Math.max(...depths)).toBe(8);
  });

  it("gives each piece a number of its own", () => {
    const ids = Uint16Array.of(0, 1, 1, 2);
    const { inside, numbers } = layoutOf(ids, Uint8Array.of(0, 1, 8, 4), new Random(1));
    expect(Array.from(inside)).toEqual([0, 0.125, 1, 0.5]);
    expect(numbers[0]).toBe(0);
    expect(numbers[1]).toBe(numbers[2]);
    expect(numbers[3]).not.toBe(numbers[1]);
  });
});
