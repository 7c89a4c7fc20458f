import { afterEach, describe, expect, it } from "vitest";
import { attachController } from "../../../plugin/scene/keep/attach-controller.ts";
import { watchPlan } from "../../../plugin/scene/lesson-plan/watch-plan.ts";
import { createTestWorld, messageOf, type TestWorld } from "../test-world.ts";
import { buildReachScene, REACH_PLAN, SEEKER } from "./reach-scene.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

describe("A plan that is watched in the visible scene", () => {
  it("shows what each term gives, live, and moves nothing", async () => {
    world = await createTestWorld();
    const { box, ball } = buildReachScene(world.scene);
    const controller = attachController(box, SEEKER);
    const watched = watchPlan(world.scene, REACH_PLAN);
    expect(box.position.x).toBe(-3);
    controller.heuristic = (actions) => actions.set("drive", 1);
    world.frames(60);
    // 3 m along z, from (-3, 0) to (-3, 3); the ball is at (3, 2).
    const gained = Math.hypot(6, 2) - Math.hypot(6, 1);
    expect(watched.scores[0].kind).toBe("approach");
    expect(watched.scores[0].sum).toBeCloseTo(0.2 * gained, 4);
    expect(watched.scores[1].perSecond).toBeCloseTo(-0.05, 5);
    expect(watched.isOver).toBe(false);
    ball.position.copyFrom(box.position);
    world.frames(1);
    expect(watched.isOver).toBe(true);
    watched.restart();
    expect(watched.isOver).toBe(false);
    watched.dispose();
    watched.dispose();
    world.frames(10);
    expect(watched.isOver).toBe(false);
  });

  it("needs its node", async () => {
    world = await createTestWorld();
    expect(messageOf(() => watchPlan(world.scene, REACH_PLAN))).toBe(
      'watchPlan, lesson plan "reach the ball": needed a node of the scene, came "box". Click the node that is to be taught.',
    );
  });
});
