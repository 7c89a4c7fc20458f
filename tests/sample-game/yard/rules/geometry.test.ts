import { describe, expect, it } from "vitest";
import { Random } from "../../../../plugin/index.ts";
import {
  clearance,
  distanceToShape,
  gapBetween,
  headingTo,
  lineOfSight,
  pushOut,
  segmentMeets,
  wrapAngle,
  type BoxShape,
  type RoundShape,
} from "../../../../sample-game/yard/rules/geometry.ts";
import { Walkway } from "../../../../sample-game/yard/rules/walkway.ts";

function box(x: number, z: number, halfWidth = 1, halfDepth = 0.5, yaw = 0): BoxShape {
  return { shape: "box", x, z, halfWidth, halfDepth, yaw, sin: Math.sin(yaw), cos: Math.cos(yaw) };
}

function round(x: number, z: number, radius = 1): RoundShape {
  return { shape: "round", x, z, radius };
}

describe("Headings", () => {
  it("are 0 along +z and grow towards +x", () => {
    expect(headingTo({ x: 0, z: 0 }, { x: 0, z: 2 })).toBe(0);
    expect(headingTo({ x: 0, z: 0 }, { x: 2, z: 0 })).toBeCloseTo(Math.PI / 2, 12);
  });

  it("wrap into [-π, π)", () => {
    expect(wrapAngle(Math.PI)).toBeCloseTo(-Math.PI, 12);
    expect(wrapAngle(-3 * Math.PI + 0.5)).toBeCloseTo(-Math.PI + 0.5, 12);
    expect(wrapAngle(0.25)).toBeCloseTo(0.25, 12);
  });
});

describe("A line of sight", () => {
  it("ends at a box in between", () => {
    expect(lineOfSight({ x: 0, z: -3 }, { x: 0, z: 3 }, [box(0, 0)])).toBe(false);
  });

  it("passes beside a box", () => {
    expect(lineOfSight({ x: 1.1, z: -3 }, { x: 1.1, z: 3 }, [box(0, 0)])).toBe(true);
  });

  it("turns with the box", () => {
    // The box is 2 wide and 1 deep; a quarter turn makes it 1 wide, so 0.6 beside its middle is free.
    expect(lineOfSight({ x: 0.6, z: -3 }, { x: 0.6, z: 3 }, [box(0, 0)])).toBe(false);
    expect(lineOfSight({ x: 0.6, z: -3 }, { x: 0.6, z: 3 }, [box(0, 0, 1, 0.5, Math.PI / 2)])).toBe(true);
  });

  it("turns the box as Babylon turns a node: its right side goes towards -z", () => {
    // Turned by 45° the right end, 1 from the middle, is at (0.71, -0.71).
    const wall = box(0, 0, 1, 0.05, Math.PI / 4);
    expect(lineOfSight({ x: 0.4, z: -0.7 }, { x: 0.8, z: -0.3 }, [wall])).toBe(false);
    expect(lineOfSight({ x: 0.4, z: 0.7 }, { x: 0.8, z: 0.3 }, [wall])).toBe(true);
  });

  it("ends at a pillar, and only within its radius", () => {
    expect(lineOfSight({ x: 0.9, z: -3 }, { x: 0.9, z: 3 }, [round(0, 0)])).toBe(false);
    expect(lineOfSight({ x: 1.1, z: -3 }, { x: 1.1, z: 3 }, [round(0, 0)])).toBe(true);
  });

  it("reaches a place before an obstacle", () => {
    expect(lineOfSight({ x: 0, z: -3 }, { x: 0, z: -1 }, [box(0, 0), round(0, 1)])).toBe(true);
  });

  it("widens obstacles by a margin", () => {
    expect(segmentMeets({ x: 1.3, z: -3 }, { x: 1.3, z: 3 }, box(0, 0), 0.4)).toBe(true);
    expect(segmentMeets({ x: 1.5, z: -3 }, { x: 1.5, z: 3 }, box(0, 0), 0.4)).toBe(false);
  });
});

describe("A walkway", () => {
  it("answers as the line of sight does, 5,000 times", () => {
    const random = new Random(5);
    for (let i = 0; i < 5000; i++) {
      const spot = (): { x: number; z: number } => ({ x: random.between(-4, 4), z: random.between(-4, 4) });
      const shapes = [box(random.between(-2, 2), 1, 1.5, 0.4, random.between(-3, 3)), round(-1, random.between(-2, 2))];
      const margin = random.pick([0, 0.5]);
      const from = spot();
      const to = i % 10 === 0 ? from : spot();
      expect(new Walkway(shapes, margin).isFree(from, to)).toBe(lineOfSight(from, to, shapes, margin));
    }
  });
});

describe("Distances", () => {
  it("are measured to a box's side and corner", () => {
    expect(distanceToShape({ x: 3, z: 0 }, box(0, 0))).toBeCloseTo(2, 12);
    // 3 and 4 beyond the corner at (1, 0.5): a distance of 5.
    expect(distanceToShape({ x: 4, z: 4.5 }, box(0, 0))).toBeCloseTo(5, 12);
  });

  it("are negative inside", () => {
    expect(distanceToShape({ x: 0, z: 0.2 }, box(0, 0))).toBeCloseTo(-0.3, 12);
    expect(distanceToShape({ x: 0.4, z: 0 }, round(0, 0))).toBeCloseTo(-0.6, 12);
  });

  it("of free ground count the walls", () => {
    expect(clearance({ x: 0, z: 9 }, [box(0, 0)], 20)).toBeCloseTo(1, 12);
    expect(clearance({ x: 0, z: 1 }, [box(0, 0)], 20)).toBeCloseTo(0.5, 12);
  });

  it("between shapes are 0 where they cross", () => {
    expect(gapBetween(box(0, 0, 2, 0.1), box(0, 0, 0.1, 2))).toBe(0);
  });

  it("between shapes run from corner to side, whichever comes first", () => {
    // The corner of the turned square is √2 from its middle.
    const turned = box(0, 0, 1, 1, Math.PI / 4);
    expect(gapBetween(turned, box(3, 0, 1, 1))).toBeCloseTo(2 - Math.SQRT2, 12);
    expect(gapBetween(box(3, 0, 1, 1), turned)).toBeCloseTo(2 - Math.SQRT2, 12);
    expect(gapBetween(round(0, 0), box(3, 0, 1, 1))).toBeCloseTo(1, 12);
  });
});

describe("Pushing out", () => {
  it("leaves a free disc alone", () => {
    const spot = { x: 3, z: 3 };
    expect(pushOut(spot, 0.5, [box(0, 0)], 20)).toBe(false);
    expect(spot).toEqual({ x: 3, z: 3 });
  });

  it("moves a disc away from a side by what it overlaps", () => {
    const spot = { x: 0, z: 0.8 };
    expect(pushOut(spot, 0.5, [box(0, 0)], 20)).toBe(true);
    expect(spot).toEqual({ x: 0, z: 1 });
  });

  it("moves a disc out of a box by the shortest way", () => {
    const spot = { x: 0.2, z: -0.1 };
    pushOut(spot, 0.5, [box(0, 0)], 20);
    expect(spot).toEqual({ x: 0.2, z: -1 });
  });

  it("keeps a disc inside the walls", () => {
    const spot = { x: 12, z: -9.8 };
    pushOut(spot, 0.5, [], 20);
    expect(spot).toEqual({ x: 9.5, z: -9.5 });
  });
});
