import { describe, expect, it } from "vitest";
import { Random } from "../../../../plugin/core/random.ts";
import { depthOf, drawLayout, layoutOf } from "../../../../plugin/nets/imaginer/pieces/layout.ts";
import {
  drawPieces,
  LAYOUT_KINDS,
  pieceMultiples,
  PLAN,
  readPlan,
} from "../../../../plugin/nets/imaginer/pieces/layout-plan.ts";

const SIZE = { height: 64, width: 128 };
const PIECES = ["cells", "bond", "boards"] as const;
const OTHERS = ["plates", "weave", "twill", "grain", "veins"] as const;

const countOf = (ids: Uint16Array): number => new Set(ids).size - Number(ids.includes(0));

describe("A plan of pieces", () => {
  it("is read from what a network tells, held within what can be drawn", () => {
    const kinds = (best: number): number[] => LAYOUT_KINDS.map((_, kind) => (kind === best ? 3 : 1 - kind));
    const told = [...kinds(2), 2, 3, 0.2];
    expect(told).toHaveLength(PLAN);
    expect(readPlan(told)).toEqual({ kind: "bond", across: 4, down: 8, gap: 0.2 });
    expect(readPlan([...kinds(0), 40, -40, -1])).toEqual({ kind: LAYOUT_KINDS[0], across: 64, down: 1, gap: 0 });
  });

  it.each(PIECES)("is drawn with as many %s, and as much between them, as planned", (kind) => {
    const { ids, numbers } = drawPieces({ kind, across: 4, down: 8, gap: 0.25 }, SIZE, new Random(1))!;
    expect(countOf(ids)).toBe(16); // of 128 × 64 pixels
    expect(ids.filter((id) => id === 0).length / ids.length).toBeCloseTo(0.25, 1);
    expect(numbers).toBeNull();
  });

  it("has rivets along the sides of plates", () => {
    const { ids } = drawPieces({ kind: "plates", across: 2, down: 4, gap: 0.05 }, SIZE, new Random(1))!;
    const [plates, rivets] = [ids.filter((id) => id >= 1 && id <= 4), ids.filter((id) => id > 4)];
    expect(new Set(plates)).toEqual(new Set([1, 2, 3, 4]));
    expect(new Set(rivets)).toEqual(new Set([5, 6, 7, 8]));
    expect(rivets.length / ids.length).toBeLessThan(0.05);
  });

  it.each(["weave", "twill"] as const)("lets as many upright threads lie on top as level ones: %s", (kind) => {
    const { ids, numbers } = drawPieces({ kind, across: 8, down: 16, gap: 0.1 }, SIZE, new Random(1))!;
    expect(countOf(ids)).toBe(8 + 8); // of 128 × 64 pixels
    const upright = numbers!.filter((number) => number > 0).length;
    const level = numbers!.filter((number) => number < 0).length;
    expect(upright / level).toBeCloseTo(1, 1);
    ids.forEach((id, i) => {
      expect(Math.sign(numbers![i])).toBe(id === 0 ? 0 : id <= 8 ? 1 : -1);
    });
  });

  it("lets rings of wood run across, each from its early wood to its late wood", () => {
    const { ids, numbers } = drawPieces({ kind: "grain", across: 1, down: 16, gap: 0 }, SIZE, new Random(4))!;
    expect(countOf(ids)).toBe(8);
    let [rises, turns] = [0, 0];
    for (let i = SIZE.width; i < ids.length; i++) {
      const before = numbers![i - SIZE.width];
      if (ids[i] === ids[i - SIZE.width]) rises += Number(numbers![i] > before);
      else turns += Number(numbers![i] < before);
    }
    expect((rises + turns) / (ids.length - SIZE.width)).toBeGreaterThan(0.8); // rings bend around knots
  });

  it("lets veins take what the gap says", () => {
    const { ids } = drawPieces({ kind: "veins", across: 2, down: 2, gap: 0.1 }, SIZE, new Random(1))!;
    expect(new Set(ids)).toEqual(new Set([0, 1]));
    expect(ids.filter((id) => id === 0).length / ids.length).toBeCloseTo(0.1, 2);
  });

  it("rounds what would not tile", () => {
    const count = (kind: "bond" | "twill", across: number, down: number): number =>
      countOf(drawPieces({ kind, across, down, gap: 0 }, SIZE, new Random(1))!.ids);
    expect(pieceMultiples("bond")).toEqual({ across: 1, down: 2 });
    expect(count("bond", 4, 10)).toBe(4 * 6); // five rows of 128 × 64 pixels
    expect(count("twill", 9, 16)).toBe(8 + 8);
  });

  it("has no pieces where none are planned, and nothing between them where no gap is", () => {
    const plan = { across: 4, down: 8, gap: 0 };
    expect(drawPieces({ ...plan, kind: "none" }, SIZE, new Random(1))).toBeNull();
    expect(drawPieces({ ...plan, kind: "cells" }, SIZE, new Random(1))!.ids.includes(0)).toBe(false);
  });

  it.each([...PIECES, ...OTHERS])("is drawn the same by the same chance, and otherwise by another: %s", (kind) => {
    const draw = (seed: number): unknown => drawLayout({ kind, across: 4, down: 8, gap: 0.1 }, SIZE, new Random(seed));
    expect(draw(3)).toEqual(draw(3));
    expect(draw(4)).not.toEqual(draw(3));
  });

  it.each([...PIECES, ...OTHERS])("goes on at the other side: %s", (kind) => {
    const { ids } = drawPieces({ kind, across: 5, down: 6, gap: 0.1 }, SIZE, new Random(2))!;
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
    const { inside, numbers } = layoutOf({ ids, numbers: null }, Uint8Array.of(0, 1, 8, 4), new Random(1));
    expect(Array.from(inside)).toEqual([0, 0.125, 1, 0.5]);
    expect(numbers[0]).toBe(0);
    expect(numbers[1]).toBe(numbers[2]);
    expect(numbers[3]).not.toBe(numbers[1]);
  });
});
