import { afterEach, describe, expect, it } from "vitest";
import { REWARD_FORMS } from "../../../plugin/scene/lesson-plan/reward-registry.ts";
import { createTestWorld, face, type TestWorld } from "../test-world.ts";
import { amounts } from "./try-rules.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

const stay = (): void => {};

describe("approach", () => {
  it("gives metres that were gained, and takes those that were lost", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    world.node("ball", [0, 0, 10]);
    const to = (z: number) => () => agent.position.set(0, 0, z);
    // 10 m away at first, then 7, 7, 8.
    expect(amounts(agent, "approach", { target: "ball" }, [to(3), stay, to(2)])).toEqual([3, 0, -1]);
  });

  it("gives nothing for a target that comes back", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const ball = world.node("ball", [0, 0, 10]);
    const moves = [() => ball.setEnabled(false), () => ball.setEnabled(true), () => agent.position.set(0, 0, 1)];
    expect(amounts(agent, "approach", { target: "ball" }, moves)).toEqual([0, 0, 1]);
  });
});

describe("reach", () => {
  it("gives 1 once", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    world.node("ball", [0, 0, 10]);
    const to = (z: number) => () => agent.position.set(0, 0, z);
    expect(amounts(agent, "reach", { target: "ball", within: 2 }, [to(7), to(8), to(0), to(9)])).toEqual([0, 1, 0, 0]);
  });
});

describe("keepDistance", () => {
  it("gives 1 a second at the wanted distance, and less beside it", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    world.node("ball", [0, 0, 10]);
    const to = (z: number) => () => agent.position.set(0, 0, z);
    const options = { target: "ball", distance: 4, tolerance: 2 };
    // 4, 5 and 10 m away: 1, 1 - 1/2 and nothing, for 0.1 s.
    expect(amounts(agent, "keepDistance", options, [to(6), to(5), to(0)])).toEqual([0.1, 0.05, 0]);
  });
});

describe("face", () => {
  it("gives the cosine of the angle to the target each second", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    world.node("ball", [0, 5, 10]);
    const turned = (yaw: number) => () => face(agent, yaw);
    const moves = [stay, turned(Math.PI / 2), turned(Math.PI), turned(Math.PI / 3)];
    expect(amounts(agent, "face", { target: "ball" }, moves)).toEqual([0.1, 0, -0.1, 0.05]);
  });
});

describe("stayUpright", () => {
  it("gives the cosine of the tilt each second", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const tilted = (tilt: number) => () => agent.rotation.set(tilt, 0, 0);
    expect(amounts(agent, "stayUpright", {}, [stay, tilted(Math.PI / 3), tilted(Math.PI)])).toEqual([0.1, 0.05, -0.1]);
  });
});

describe("moveForward", () => {
  it("gives metres along the agent's own forward axis", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    face(agent, Math.PI / 2); // forward is +X
    const to = (x: number, z: number) => () => agent.position.set(x, 0, z);
    expect(amounts(agent, "moveForward", {}, [to(2, 0), to(2, 5), to(1, 5)])).toEqual([2, 0, -1]);
  });
});

describe("holdSpeed", () => {
  it("gives 1 a second at the wanted speed, and less beside it", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const by = (x: number) => () => void (agent.position.x += x);
    const options = { speed: 2, tolerance: 2 };
    // 0.2, 0.1 and 0 m in 0.1 s are 2, 1 and 0 m/s: 1, 1 - 1/2 and nothing.
    expect(amounts(agent, "holdSpeed", options, [by(0.2), by(0.1), by(0)])).toEqual([0.1, 0.05, 0]);
  });
});

describe("avoidContact", () => {
  it("takes 1 a second while boxes without physics overlap, by tags", async () => {
    world = await createTestWorld();
    const agent = world.box("agent");
    world.box("floor", { size: [20, 1, 20] });
    world.box("wall", { at: [3, 0, 0], tags: "wall" });
    const to = (x: number) => () => agent.position.set(x, 0, 0);
    expect(amounts(agent, "avoidContact", { with: ["wall"] }, [stay, to(2.2), to(0)])).toEqual([0, -0.1, 0]);
    expect(amounts(agent, "avoidContact", {}, [stay])).toEqual([-0.1]);
  });

  it("takes by the collisions of a physics body", async () => {
    world = await createTestWorld({ physics: true, gravity: 10 });
    const agent = world.box("agent", { mass: 1, at: [0, 0.6, 0] });
    world.box("floor", { at: [0, -0.5, 0], size: [20, 1, 20], tags: "floor" });
    const falls = (): void => world.frames(30);
    expect(amounts(agent, "avoidContact", { with: ["floor"] }, [stay, falls])).toEqual([0, -0.1]);
    expect(amounts(agent, "avoidContact", { with: ["wall"] }, [falls])).toEqual([0]);
  });
});

describe("collect", () => {
  it("gives 1 for each tagged thing, which is gone until the next episode", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const gem = world.box("gem 1", { at: [5, 0, 0], tags: "gem" });
    world.box("gem 2", { at: [5, 0, 1], tags: "gem" });
    world.box("stone", { at: [5, 0, 0] });
    const to = (x: number) => () => agent.position.set(x, 0, 0);
    let wasThere = true;
    const look = (): void => void (wasThere = gem.isEnabled());
    expect(amounts(agent, "collect", { tag: "gem", within: 2 }, [stay, to(4), look])).toEqual([0, 2, 0]);
    expect(wasThere).toBe(false);
    expect(gem.isEnabled()).toBe(true);
  });
});

describe("survive, time and effort", () => {
  it("count seconds", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    expect(amounts(agent, "survive", {}, [stay])).toEqual([0.1]);
    expect(amounts(agent, "time", {}, [stay])).toEqual([-0.1]);
    // A mean square of 0.25 for 0.1 s.
    expect(amounts(agent, "effort", {}, [stay], 0.25)).toEqual([-0.025]);
  });
});

describe("The palette of rewards", () => {
  it("has what the editor promises", () => {
    const kinds = ["approach", "reach", "keepDistance", "face", "stayUpright", "moveForward", "holdSpeed"];
    const others = ["avoidContact", "collect", "survive", "effort", "time"];
    expect(REWARD_FORMS.map(({ kind }) => kind)).toEqual([...kinds, ...others]);
  });
});
