import { describe, expect, it } from "vitest";
import { Random } from "../../../../plugin/index.ts";
import { thiefSpeed, yardConfig } from "../../../../sample-game/yard/rules/config.ts";
import { distanceBetween, type Spot } from "../../../../sample-game/yard/rules/geometry.ts";
import { AllKnowingHunter } from "../../../../sample-game/yard/rules/hunters.ts";
import type { Obstacle, YardLayout } from "../../../../sample-game/yard/rules/layout.ts";
import { PathMap } from "../../../../sample-game/yard/rules/path-map.ts";
import { Referee } from "../../../../sample-game/yard/rules/referee.ts";
import { ThiefBrain } from "../../../../sample-game/yard/rules/thief-brain.ts";
import { playFlatGame } from "./flat-yard.ts";

const wall: Obstacle = {
  look: "ruin",
  height: 2.6,
  shape: "box",
  x: 0,
  z: 0,
  halfWidth: 2.5,
  halfDepth: 0.35,
  yaw: 0,
  sin: 0,
  cos: 1,
};

function layoutWith(obstacles: readonly Obstacle[], loot: Spot): YardLayout {
  return {
    obstacles,
    gate: { side: "south", x: 0, z: -10, yaw: 0, width: 2.4 },
    loot: [loot],
    thief: { x: 0, z: -8, yaw: 0 },
    golems: [],
  };
}

/** Lets the thief decide and walk for some seconds while golems stand still. */
function walk(layout: YardLayout, from: Spot, golem: Spot, seconds: number): { thief: Spot; brain: ThiefBrain } {
  const brain = new ThiefBrain(layout, new PathMap(layout.obstacles));
  const referee = new Referee(layout, { timeLimit: Infinity });
  const thief = { x: from.x, z: from.z };
  const direction = { x: 0, z: 0 };
  for (let decision = 0; decision < seconds * yardConfig.decisionsPerSecond; decision++) {
    brain.decide(thief, [golem], referee, direction);
    thief.x += (direction.x * thiefSpeed()) / yardConfig.decisionsPerSecond;
    thief.z += (direction.z * thiefSpeed()) / yardConfig.decisionsPerSecond;
    referee.advance(1 / yardConfig.decisionsPerSecond, thief, [golem]);
  }
  return { thief, brain };
}

describe("The thief", () => {
  it("runs at 0.9 of a golem's speed", () => {
    expect(thiefSpeed() / yardConfig.golem.speed).toBeCloseTo(0.9, 12);
    expect(thiefSpeed(0)).toBeLessThan(thiefSpeed(1));
  });

  it("goes for the loot while the golem is further away from it", () => {
    const { brain } = walk(layoutWith([], { x: -3, z: -7 }), { x: 0, z: -8 }, { x: 8, z: 8 }, 0.1);
    expect(brain.intent).toBe("loot");
  });

  it("carries the loot to the gate", () => {
    const { brain } = walk(layoutWith([], { x: -2, z: -5 }), { x: -2, z: -3.5 }, { x: 8, z: 8 }, 0.6);
    expect(brain.intent).toBe("gate");
  });

  it("does not walk to loot that a golem guards", () => {
    const { brain } = walk(layoutWith([wall], { x: 7, z: 8 }), { x: 0, z: -8 }, { x: 8, z: 8 }, 0.1);
    expect(brain.intent).toBe("cover");
  });

  it("loses patience in the end", () => {
    // It needs 3.2 seconds to the loot and the golem 2.6, so its caution has to fall from 0.6 to -0.6: ten seconds at 0.12.
    const layout = layoutWith([wall], { x: -8, z: 2 });
    expect(walk(layout, { x: 0, z: -8 }, { x: 2, z: 8 }, 0.1).brain.intent).toBe("cover");
    const referee = new Referee(layout, { timeLimit: Infinity });
    const brain = new ThiefBrain(layout, new PathMap(layout.obstacles));
    const direction = { x: 0, z: 0 };
    for (let i = 0; i < 150; i++) brain.decide({ x: 0, z: -8 }, [{ x: 2, z: 8 }], referee, direction);
    expect(brain.intent).toBe("loot");
  });

  it("hides from a golem behind the wall", () => {
    const layout = layoutWith([wall], { x: 9, z: 9 });
    const golem = { x: 1, z: 7 };
    const { thief } = walk(layout, { x: 4.5, z: 0 }, golem, 3);
    const map = new PathMap(layout.obstacles);
    expect(map.isVisible({ x: 4.5, z: 0 }, golem)).toBe(true);
    expect(map.isVisible(thief, golem)).toBe(false);
  });

  it("runs away from a golem that is close", () => {
    const golem = { x: 2, z: 0 };
    const { thief } = walk(layoutWith([], { x: 9, z: 9 }), { x: 0, z: 0 }, golem, 1);
    expect(distanceBetween(thief, golem)).toBeGreaterThan(4);
  });

  it("knows how far the nearest golem has to walk", () => {
    const { brain } = walk(layoutWith([wall], { x: 9, z: 9 }), { x: 0, z: -3 }, { x: 0, z: 3 }, 0.1);
    // The berth is 0.5 + 0.05 + 0.02, so the way turns at (3.07, ±0.92).
    expect(brain.golemDistance).toBeCloseTo(2 * Math.hypot(3.07, 3 - 0.92) + 2 * 0.92, 6);
  });
});

describe("A game in the flat yard", () => {
  it("goes the same way for the same seed", () => {
    const play = (): unknown => playFlatGame(new Random(5), (_, map) => new AllKnowingHunter(map));
    expect(play()).toEqual(play());
  });
});
