import { describe, expect, it } from "vitest";
import { Random } from "../../../../plugin/index.ts";
import { yardConfig } from "../../../../sample-game/yard/rules/config.ts";
import { clearance, lineOfSight } from "../../../../sample-game/yard/rules/geometry.ts";
import { makeYard, type Obstacle } from "../../../../sample-game/yard/rules/layout.ts";
import { PathField, PathMap } from "../../../../sample-game/yard/rules/path-map.ts";

/** A wall from x = -2 to x = 2. */
const wall: Obstacle = {
  look: "ruin",
  height: 2,
  shape: "box",
  x: 0,
  z: 0,
  halfWidth: 2,
  halfDepth: 0.3,
  yaw: 0,
  sin: 0,
  cos: 1,
};

function aimedAt(x: number, z: number, obstacles: readonly Obstacle[] = [wall]): PathField {
  const field = new PathField(new PathMap(obstacles));
  field.aim({ x, z });
  return field;
}

describe("A way", () => {
  it("is straight where nothing is in between", () => {
    const next = { x: 0, z: 0 };
    expect(aimedAt(3, 5).lengthFrom({ x: -1, z: 2 }, next)).toBe(5);
    expect(next).toEqual({ x: 3, z: 5 });
  });

  it("leads around the nearer end of a wall, a golem's radius away from it", () => {
    // The berth is 0.5 + 0.05 + 0.02: corners at (2.57, ±0.87). From (1, -3) to (1, 3): √(1.57² + 2.13²) = 2.6461
    // to the first corner, 1.74 along the end, and 2.6461 back.
    const next = { x: 0, z: 0 };
    expect(aimedAt(1, 3).lengthFrom({ x: 1, z: -3 }, next)).toBeCloseTo(2 * 2.6461 + 1.74, 3);
    expect(next.x).toBeCloseTo(2.57, 9);
    expect(next.z).toBeCloseTo(-0.87, 9);
  });

  it("starts beside a wall that the walker touches", () => {
    expect(aimedAt(0, 3).lengthFrom({ x: 0, z: -0.5 })).toBeGreaterThan(5);
    expect(aimedAt(0, 3).lengthFrom({ x: 0, z: -0.5 })).toBeLessThan(8);
  });

  it("is as long there as back", () => {
    const { obstacles } = makeYard(new Random(3));
    const there = aimedAt(-8, -8, obstacles).lengthFrom({ x: 8, z: 8 });
    expect(aimedAt(8, 8, obstacles).lengthFrom({ x: -8, z: -8 })).toBeCloseTo(there, 9);
  });

  it("is free for a golem all along", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { obstacles } = makeYard(new Random(seed));
      const random = new Random(seed, 1);
      const field = aimedAt(random.between(-9, 9), random.between(-9, 9), obstacles);
      const at = { x: random.between(-9, 9), z: random.between(-9, 9) };
      field.map.settle(at);
      const next = { x: 0, z: 0 };
      for (let turn = 0; turn < 20 && Math.hypot(at.x - field.place.x, at.z - field.place.z) > 1e-9; turn++) {
        field.lengthFrom(at, next);
        expect(lineOfSight(at, next, obstacles, yardConfig.golem.radius)).toBe(true);
        expect(next).not.toEqual(at);
        at.x = next.x;
        at.z = next.z;
      }
      expect(at).toEqual(field.place);
    }
  });

  it("never gains from a detour over a node", () => {
    const { obstacles } = makeYard(new Random(11));
    const field = aimedAt(7, -7, obstacles);
    const from = { x: -7, z: 7 };
    const straight = field.lengthFrom(from);
    for (const node of field.map.nodes) {
      if (clearance(node, obstacles, yardConfig.side) < 0.56) continue;
      expect(field.lengthFrom(node) + Math.hypot(node.x - from.x, node.z - from.z)).toBeGreaterThan(
        straight - 1e-6 - (field.map.isStraight(from, node) ? 0 : Infinity),
      );
    }
  });
});
