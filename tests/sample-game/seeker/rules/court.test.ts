import { describe, expect, it } from "vitest";
import { Random } from "../../../../plugin/index.ts";
import { GEMS, seekerConfig } from "../../../../sample-game/seeker/rules/config.ts";
import { distance, keepOut, layCourt, PILLARS } from "../../../../sample-game/seeker/rules/court.ts";

const { court, golem, gem, pillars } = seekerConfig;

describe("The seeker's court", () => {
  it("lays golem and gems inside, apart, and beside the pillars", () => {
    for (let seed = 0; seed < 200; seed++) {
      const { golem: start, gems, heading } = layCourt(new Random(seed));
      expect(gems).toHaveLength(GEMS.length);
      expect(Math.abs(heading)).toBeLessThanOrEqual(Math.PI);
      for (const { x, z } of [start, ...gems]) expect(Math.max(Math.abs(x), Math.abs(z))).toBeLessThan(court / 2);
      for (const spot of gems) expect(distance(spot, start)).toBeGreaterThan(gem.reach);
      for (const pillar of PILLARS) {
        expect(distance(start, pillar)).toBeGreaterThan(pillars.radius + golem.radius);
        for (const spot of gems) expect(distance(spot, pillar)).toBeGreaterThan(pillars.radius + gem.radius);
      }
    }
  });

  it("lays the same court for the same seed, and another for another", () => {
    expect(layCourt(new Random(4))).toEqual(layCourt(new Random(4)));
    expect(layCourt(new Random(4))).not.toEqual(layCourt(new Random(5)));
  });

  it("keeps golems out of walls", () => {
    const spot = { x: 9, z: -0.5 };
    expect(keepOut(spot)).toBe(true);
    expect(spot).toEqual({ x: court / 2 - golem.radius, z: -0.5 });
  });

  it("pushes golems out of pillars, to the side where they came from", () => {
    const [pillar] = PILLARS;
    const spot = { x: pillar.x + 0.1, z: pillar.z };
    expect(keepOut(spot)).toBe(true);
    expect(spot.x).toBeCloseTo(pillar.x + pillars.radius + golem.radius);
    expect(spot.z).toBe(pillar.z);
  });

  it("leaves golems alone where nothing is", () => {
    const spot = { x: 0.5, z: 0.25 };
    expect(keepOut(spot)).toBe(false);
    expect(spot).toEqual({ x: 0.5, z: 0.25 });
  });
});
