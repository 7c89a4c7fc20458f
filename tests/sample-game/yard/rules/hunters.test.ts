import { describe, expect, it } from "vitest";
import { Random } from "../../../../plugin/index.ts";
import { yardConfig } from "../../../../sample-game/yard/rules/config.ts";
import {
  AllKnowingHunter,
  canSee,
  ScriptedHunter,
  steerTowards,
  type GolemControls,
  type Hunter,
} from "../../../../sample-game/yard/rules/hunters.ts";
import type { Obstacle, YardLayout } from "../../../../sample-game/yard/rules/layout.ts";
import { PathMap } from "../../../../sample-game/yard/rules/path-map.ts";
import { playFlatGame } from "./flat-yard.ts";

const pillar: Obstacle = { look: "pillar", height: 3, shape: "round", x: 0, z: 3, radius: 0.8 };

function decide(hunter: Hunter, golem: { x: number; z: number; yaw: number }, thief: { x: number; z: number }) {
  const controls: GolemControls = { drive: 0, turn: 0 };
  hunter.decide(golem, thief, controls);
  return controls;
}

/** Share of 60 games in which the hunter catches the thief. */
function catchRate(makeHunter: (layout: YardLayout, map: PathMap, random: Random) => Hunter): number {
  let catches = 0;
  for (let seed = 0; seed < 60; seed++) {
    if (playFlatGame(new Random(seed, 3), makeHunter).outcome === "caught") catches++;
  }
  return catches / 60;
}

describe("Steering", () => {
  it("drives straight at a place ahead", () => {
    const controls = { drive: 0, turn: 0 };
    steerTowards({ x: 0, z: 0, yaw: 0 }, { x: 0, z: 5 }, controls);
    expect(controls).toEqual({ drive: 1, turn: 0 });
  });

  it("turns on the spot towards a place behind", () => {
    const controls = { drive: 0, turn: 0 };
    steerTowards({ x: 0, z: 0, yaw: 0 }, { x: 1, z: -1 }, controls);
    expect(controls).toEqual({ drive: 0, turn: 1 });
  });
});

describe("A golem's sight", () => {
  it("ends at obstacles and at its range", () => {
    const { sight } = yardConfig.golem;
    expect(canSee({ x: 0, z: 0 }, { x: 0, z: 6 }, [])).toBe(true);
    expect(canSee({ x: 0, z: 0 }, { x: 0, z: 6 }, [pillar])).toBe(false);
    expect(canSee({ x: 0, z: 0 }, { x: 0, z: sight + 0.1 }, [])).toBe(false);
  });
});

describe("The scripted hunter", () => {
  it("drives at the place where it saw the thief last", () => {
    const hunter = new ScriptedHunter([pillar]);
    decide(hunter, { x: 0, z: 0, yaw: 0 }, { x: 3, z: 3 });
    const controls = decide(hunter, { x: 0, z: 0, yaw: Math.PI / 4 }, { x: 0, z: 6 });
    expect(controls.drive).toBeCloseTo(1, 9);
    expect(controls.turn).toBeCloseTo(0, 9);
  });

  it("looks about while it has seen nobody", () => {
    expect(decide(new ScriptedHunter([pillar]), { x: 0, z: 0, yaw: 0 }, { x: 0, z: 6 })).toEqual({
      drive: 0.5,
      turn: 0.3,
    });
  });
});

describe("The all-knowing hunter", () => {
  it("drives around what is in between", () => {
    const controls = decide(new AllKnowingHunter(new PathMap([pillar])), { x: 0, z: 0, yaw: 0 }, { x: 0.1, z: 6 });
    expect(Math.abs(controls.turn)).toBeGreaterThan(0.5);
  });
});

describe("In the flat yard", () => {
  it("chance catches hardly anybody", () => {
    const rate = catchRate((_layout, _map, random) => ({
      decide(_golem, _thief, controls) {
        controls.drive = random.between(-1, 1);
        controls.turn = random.between(-1, 1);
      },
    }));
    expect(rate).toBeLessThanOrEqual(0.15);
  });

  it("the scripted hunter catches about every second thief", () => {
    const rate = catchRate((layout) => new ScriptedHunter(layout.obstacles));
    expect(rate).toBeGreaterThan(0.35);
    expect(rate).toBeLessThan(0.65);
  });

  it("who knows where the thief is catches it", () => {
    expect(catchRate((_, map) => new AllKnowingHunter(map))).toBeGreaterThanOrEqual(0.95);
  });
});
