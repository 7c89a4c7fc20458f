import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadHavok } from "../../../../plugin/headless.ts";
import { lessonEnvironment, type Environment, type Lesson, type LessonSettings } from "../../../../plugin/index.ts";
import { yardLesson, type YardWorld } from "../../../../sample-game/yard/lesson/golem.lesson.ts";
import { scoreYard } from "../../../../sample-game/yard/lesson/score.ts";
import { headingOf } from "../../../../sample-game/yard/lesson/yard-bodies.ts";
import { thiefSpeed, yardConfig } from "../../../../sample-game/yard/rules/config.ts";
import { clearance } from "../../../../sample-game/yard/rules/geometry.ts";
import { AllKnowingHunter } from "../../../../sample-game/yard/rules/hunters.ts";

let havok: Awaited<ReturnType<typeof loadHavok>>;
let environment: Environment | undefined;

beforeAll(async () => {
  havok = await loadHavok();
});

afterEach(() => environment?.dispose());

function open(seed: number, arenas = 1, settings: LessonSettings = {}): { env: Environment; worlds: YardWorld[] } {
  const worlds: YardWorld[] = [];
  const lesson: Lesson<YardWorld> = {
    ...yardLesson,
    build: (arena) => {
      const world = yardLesson.build(arena);
      worlds.push(world);
      return world;
    },
  };
  environment = lessonEnvironment(lesson, { arenas, settings, havok });
  environment.reset(seed);
  return { env: environment, worlds };
}

function act(env: Environment, drive: number, turn: number): void {
  env.groups.golem.actions.continuous.fill(drive);
  for (let i = 1; i < env.groups.golem.actions.continuous.length; i += 2) env.groups.golem.actions.continuous[i] = turn;
  env.step();
}

describe("The Yard's lesson", () => {
  it("gives a golem rays, the direction of the thief and its own motion", () => {
    const { role } = open(1).env.groups.golem;
    const part = role.observation.parts[0];
    const labels = part.kind === "vector" ? part.labels : [];
    // 13 rays with 3 numbers each, 5 of the thief, 2 of velocity, 1 of turning.
    expect(labels).toHaveLength(47);
    expect(labels).toContain("ray 0° thief");
    expect(labels).toContain("thief age");
    expect(role.action.continuous).toEqual(["drive", "turn"]);
  });

  it("starts the same game for the same seed", () => {
    const first = open(3).env.groups.golem.observations.slice();
    environment?.dispose();
    expect(open(3).env.groups.golem.observations).toEqual(first);
  });

  it("plays bit-equal games for the same seed and actions in fresh worlds", () => {
    const play = (): number[] => {
      const { env, worlds } = open(4);
      for (let i = 0; i < 60; i++) act(env, 0.8, Math.sin(i / 5));
      const { golems, thief } = worlds[0].bodies;
      env.dispose();
      return [golems[0].position.x, golems[0].position.z, thief.position.x, thief.position.z];
    };
    expect(play()).toEqual(play());
  });

  it("moves the golem at its full speed, and turns it to the right", () => {
    const { env, worlds } = open(5);
    const golem = worlds[0].bodies.golems[0];
    const yaw = headingOf(golem);
    act(env, 0, 1);
    // 3.5 rad/s for a tenth of a second.
    expect(headingOf(golem) - yaw).toBeCloseTo(yardConfig.golem.turnRate / 10, 2);
    const { x, z } = golem.position;
    act(env, 1, 0);
    expect(Math.hypot(golem.position.x - x, golem.position.z - z)).toBeCloseTo(yardConfig.golem.speed / 10, 2);
  });

  it("keeps everybody upright, on their height and out of obstacles", () => {
    const { env, worlds } = open(6, 4);
    for (let i = 0; i < 200; i++) act(env, 1, Math.sin(i / 7));
    for (const { bodies, episode } of worlds) {
      for (const [node, middle] of [
        [bodies.golems[0], yardConfig.golem.height / 2],
        [bodies.thief, yardConfig.thief.height / 2],
      ] as const) {
        expect(node.position.y).toBeCloseTo(middle, 2);
        expect(Math.abs(node.rotationQuaternion!.x) + Math.abs(node.rotationQuaternion!.z)).toBeLessThan(1e-3);
        expect(clearance(node.position, episode!.layout.obstacles, yardConfig.side)).toBeGreaterThan(0.2);
      }
    }
  });

  it("lets the thief run at its speed, and slower at a lower difficulty", () => {
    const fastest = (settings: LessonSettings): number => {
      const { env, worlds } = open(7, 1, settings);
      const { thief } = worlds[0].bodies;
      let most = 0;
      for (let i = 0; i < 30; i++) {
        const { x, z } = thief.position;
        act(env, 0, 0);
        most = Math.max(most, 10 * Math.hypot(thief.position.x - x, thief.position.z - z));
      }
      env.dispose();
      return most;
    };
    expect(fastest({})).toBeCloseTo(thiefSpeed(1), 1);
    expect(fastest({ difficulty: 0.5 })).toBeCloseTo(thiefSpeed(0.5), 1);
  });

  it("ends with success and a reward when the golem catches the thief", () => {
    const { env, worlds } = open(8);
    const { bodies, episode } = worlds[0];
    const group = env.groups.golem;
    const golem = bodies.golems[0];
    const hunter = new AllKnowingHunter(episode!.map);
    const controls = { drive: 0, turn: 0 };
    for (let i = 0; i < 400 && group.terminated[0] === 0; i++) {
      const pose = { x: golem.position.x, z: golem.position.z, yaw: headingOf(golem) };
      hunter.decide(pose, bodies.thief.position, controls);
      act(env, controls.drive, controls.turn);
    }
    expect([group.terminated[0], group.succeeded[0]]).toEqual([1, 1]);
    expect(group.rewards[0]).toBeGreaterThan(0.9);
  });

  it("pays for coming nearer and charges for time", () => {
    const { env, worlds } = open(9);
    const before = worlds[0].episode!.distance;
    act(env, 0, 0);
    const gained = before - worlds[0].episode!.distance;
    expect(env.groups.golem.rewards[0]).toBeCloseTo(0.05 * gained - 0.02 * 0.1, 5);
  });

  it("gives every episode another yard", () => {
    const { worlds } = open(10, 2);
    expect(worlds[0].episode!.layout.gate).not.toEqual(worlds[1].episode!.layout.gate);
  });
});

describe("scoreYard", () => {
  it("gives the same score for the same seed", () => {
    const play = (): unknown => scoreYard("scripted", { games: 3, seed: 2, havok });
    expect(play()).toEqual(play());
  });

  it("finds that who knows where the thief is catches it", () => {
    expect(scoreYard("allKnowing", { games: 10, havok }).catchRate).toBeGreaterThanOrEqual(0.9);
  });

  it("tells after each game how far it is", () => {
    const shares: number[] = [];
    scoreYard("allKnowing", { games: 2, havok, onProgress: (share) => shares.push(share) });
    expect(shares).toEqual([0.5, 1]);
  });
});
