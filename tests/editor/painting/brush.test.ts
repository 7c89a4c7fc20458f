import { describe, expect, it } from "vitest";
import { filledMask, isUniform, stroke } from "../../../plugin/editor/painting/brush.ts";

describe("The brush", () => {
  it("covers what lies within its radius of the line, and nothing far from it", () => {
    const mask = filledMask(20, 10, 0);
    stroke(mask, { x: 4, y: 5 }, { x: 16, y: 5 }, 2, 1);
    expect(mask.values[5 * 20 + 10]).toBe(1);
    expect(mask.values[9 * 20 + 10]).toBe(0);
    expect(mask.values[5 * 20 + 0]).toBe(0);
  });

  it("takes away what it has painted", () => {
    const mask = filledMask(8, 8, 1);
    stroke(mask, { x: 4, y: 4 }, { x: 4, y: 4 }, 2, 0);
    expect(isUniform(mask, 1)).toBe(false);
    stroke(mask, { x: 4, y: 4 }, { x: 4, y: 4 }, 6, 1);
    expect(isUniform(mask, 1)).toBe(true);
  });

  it("may leave the sheet", () => {
    const mask = filledMask(8, 8, 0);
    stroke(mask, { x: -20, y: -20 }, { x: 40, y: 40 }, 1, 1);
    expect(mask.values[0]).toBe(1);
    expect(mask.values[63]).toBe(1);
  });
});
