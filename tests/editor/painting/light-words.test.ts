import { describe, expect, it } from "vitest";
import { degreesOf, directionOf, sayLight } from "../../../plugin/editor/painting/light-words.ts";

describe("The light of a picture", () => {
  it("is said in words and degrees, counted from the right to the top", () => {
    expect(sayLight("find")).toBe("found by the network");
    expect(sayLight("shade")).toBe("from everywhere");
    expect(sayLight({ azimuth: 0 })).toBe("from the right, 0°");
    expect(sayLight({ azimuth: Math.PI / 2 })).toBe("from the top, 90°");
    expect(sayLight({ azimuth: -Math.PI / 4 })).toBe("from the lower right, 315°");
    expect(sayLight(directionOf(359))).toBe("from the right, 359°");
  });

  it("turns past a full turn in both directions", () => {
    expect([-5, 0, 359, 360, 725].map((degrees) => degreesOf(directionOf(degrees)))).toEqual([355, 0, 359, 0, 5]);
  });
});
