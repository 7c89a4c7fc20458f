import { describe, expect, it } from "vitest";
import { Random } from "../../../../plugin/index.ts";
import { yardConfig } from "../../../../sample-game/yard/rules/config.ts";
import { clearance, distanceBetween, gapBetween } from "../../../../sample-game/yard/rules/geometry.ts";
import { makeYard } from "../../../../sample-game/yard/rules/layout.ts";
import { PathField, PathMap } from "../../../../sample-game/yard/rules/path-map.ts";

const yards = Array.from({ length: 60 }, (_, seed) => makeYard(new Random(seed)));

describe("makeYard", () => {
  it("lays out the same yard for the same seed", () => {
    expect(makeYard(new Random(7))).toEqual(makeYard(new Random(7)));
  });

  it("lays out another yard for another seed", () => {
    expect(makeYard(new Random(7)).obstacles[0]).not.toEqual(makeYard(new Random(8)).obstacles[0]);
  });

  it("leaves a passage between any two obstacles", () => {
    for (const { obstacles } of yards) {
      obstacles.forEach((a, i) => {
        for (const b of obstacles.slice(i + 1)) expect(gapBetween(a, b)).toBeGreaterThanOrEqual(yardConfig.passage);
      });
    }
  });

  it("puts loot and golems on free ground", () => {
    for (const { obstacles, loot, golems } of yards) {
      for (const spot of [...loot, ...golems]) {
        expect(clearance(spot, obstacles, yardConfig.side)).toBeGreaterThan(yardConfig.golem.radius);
      }
    }
  });

  it("keeps loot away from the gate and golems away from the thief", () => {
    for (const { gate, loot, golems, thief } of yards) {
      for (const piece of loot) expect(distanceBetween(piece, gate)).toBeGreaterThan(yardConfig.lootFromGate);
      for (const golem of golems) expect(distanceBetween(golem, thief)).toBeGreaterThan(yardConfig.golemFromThief);
    }
  });

  it("lets the thief in through the gate, looking into the yard", () => {
    for (const { gate, thief } of yards) {
      expect(distanceBetween(gate, thief)).toBeGreaterThan(yardConfig.gate.reach);
      expect(distanceBetween(gate, thief)).toBeLessThan(2);
      const ahead = { x: thief.x + Math.sin(thief.yaw), z: thief.z + Math.cos(thief.yaw) };
      expect(distanceBetween(ahead, { x: 0, z: 0 })).toBeLessThan(distanceBetween(thief, { x: 0, z: 0 }));
    }
  });

  it("leaves a way for golems from everywhere to everywhere", () => {
    for (const { obstacles, loot, golems, gate } of yards) {
      const field = new PathField(new PathMap(obstacles));
      field.aim(golems[0]);
      for (const length of field.lengths) expect(length).toBeLessThan(60);
      for (const spot of [...loot, gate]) expect(field.lengthFrom(spot)).toBeLessThan(60);
    }
  });
});
