import { afterEach, describe, expect, it } from "vitest";
import { ppo } from "../../../../plugin/learn/ppo.ts";
import type { TrainingRun } from "../../../../plugin/learn/training-run.ts";
import { drive } from "../../../../plugin/scene/actuators/drive.ts";
import { teachHere } from "../../../../plugin/scene/lesson-plan/here/teach-here.ts";
import { planEnvironment } from "../../../../plugin/scene/lesson-plan/plan-environment.ts";
import type { LessonPlan } from "../../../../plugin/scene/lesson-plan/plan.ts";
import { NeuralController } from "../../../../plugin/scene/neural-controller.ts";
import { value } from "../../../../plugin/scene/sensors/value.ts";
import { localWorker } from "../../../learn/local-worker.ts";
import { createEcho } from "../../echo-controller.ts";
import { createTestWorld, messageOf, type TestWorld } from "../../test-world.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

/** Along one line: the ball is ahead, and each metre counts. */
const PLAN: LessonPlan = {
  version: 1,
  name: "go to the ball",
  node: "cart",
  controller: "driver",
  rewards: [{ kind: "approach", weight: 1, options: { target: "ball" } }],
  ends: [{ kind: "reached", options: { target: "ball", within: 1 }, reward: 1 }],
  resets: [{ kind: "randomPose", node: "cart", options: { area: [0, -1, 0, 1], turned: false, apart: 0 } }],
  timeLimitSeconds: 3,
};

const SETTINGS = ppo({
  seed: 2,
  decisions: 1920,
  stepsPerRollout: 128,
  minibatchSize: 64,
  epochs: 8,
  learningRate: 3e-3,
  network: { hidden: [8], activation: "tanh", sharedTrunk: false },
});

/** A cart whose sensor is code, so that it cannot be packed. */
async function makeCart(): Promise<NeuralController> {
  world = await createTestWorld();
  world.node("ball", [0, 0, 5]);
  const cart = world.node("cart");
  const sensors = [value("bias", () => 1)];
  const driver = new NeuralController("driver", { sensors, actuators: [drive({ speed: 3 })] });
  cart.addBehavior(driver);
  return driver;
}

const worker = (): ReturnType<typeof localWorker> => localWorker((request) => planEnvironment(request));

/** Draws frames until the run is over, as a page does, and lets messages through in between. */
async function drawUntilOver(run: TrainingRun): Promise<void> {
  let isOver = false;
  const over = (): void => void (isOver = true);
  run.finished.then(over, over);
  for (let frame = 0; frame < 200_000 && !isOver; frame++) {
    world.frames(1);
    if (frame % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("Teaching in place", () => {
  it("teaches an agent whose sensors are code, in the scene's own frames", async () => {
    const driver = await makeCart();
    const run = teachHere(worker, world.scene, PLAN, SETTINGS);
    const returns: number[] = [];
    let terms: Readonly<Record<string, number>> = {};
    run.onProgressObservable.add(({ meanReturn, meanTerms }) => {
      returns.push(meanReturn);
      terms = meanTerms;
    });
    await drawUntilOver(run);
    const { decisions } = await run.finished;
    expect(decisions).toBe(1920);
    driver.policy = run.policies["driver"];
    // What it has learned: full speed ahead is worth 4 m and the ball. Messages come between frames at the machine's own pace, so
    // that no two runs learn alike.
    const cart = driver.attachedNode!;
    cart.position.set(0, 0, 0);
    world.frames(60);
    expect(cart.position.z).toBeGreaterThan(2);
    expect(returns.at(-1)!).toBeGreaterThan(returns[0]);
    expect(Object.keys(terms)).toEqual(["rewards[0] approach", "ends[0] reached"]);
    expect(terms["rewards[0] approach"]).toBeGreaterThan(0);
  });

  it("touches its own agent alone, and gives it back", async () => {
    const driver = await makeCart();
    const other = createEcho("other");
    const bystander = world.node("bystander", [7, 0, 7]);
    bystander.addBehavior(other.controller);
    const heuristic = (): void => {};
    driver.heuristic = heuristic;
    const run = teachHere(worker, world.scene, PLAN, { ...SETTINGS, decisions: 128 });
    await drawUntilOver(run);
    expect(driver.heuristic).toBe(heuristic);
    expect(bystander.position.asArray()).toEqual([7, 0, 7]);
    expect(world.scene.getNodeById("ball")!.isEnabled()).toBe(true);
    const { z } = driver.attachedNode!.position;
    world.frames(30);
    expect(driver.attachedNode!.position.z).toBe(z);
  });

  it("goes no faster than the scene", async () => {
    const driver = await makeCart();
    let decided = 0;
    driver.onDecisionObservable.add(() => (decided += 1));
    const run = teachHere(worker, world.scene, PLAN, { ...SETTINGS, decisions: 1e6 });
    for (let frame = 0; frame < 600; frame++) {
      world.frames(1);
      if (frame % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    // 10 s of 10 decisions; the first frames pass before the run has begun.
    expect(decided).toBeGreaterThan(50);
    expect(decided).toBeLessThanOrEqual(100);
    const before = decided;
    const stopping = run.stop();
    await drawUntilOver(run);
    // At its next decision, and not when the rollout of 128 is full.
    expect(decided - before).toBeLessThan(20);
    expect((await stopping).stopped).toBe(true);
  });

  it("fails with a clear word when the agent goes away", async () => {
    const driver = await makeCart();
    const run = teachHere(worker, world.scene, PLAN, SETTINGS);
    setTimeout(() => driver.attachedNode?.dispose(), 50);
    await drawUntilOver(run);
    await expect(run.finished).rejects.toThrow(
      'teachHere: needed the node "cart" for as long as it is taught, came its end. Stop the run before you dispose of it.',
    );
  });

  it("fails when a sensor breaks, and keeps the last policy", async () => {
    const driver = await makeCart();
    const broken = world.node("broken");
    let reads = 0;
    const sensors = [value("fuse", () => (reads++ > 300 ? Number.NaN : 1))];
    const mind = new NeuralController("driver", { sensors, actuators: [drive({ speed: 1 })] });
    broken.addBehavior(mind);
    const run = teachHere(worker, world.scene, { ...PLAN, node: "broken", resets: [] }, SETTINGS);
    await drawUntilOver(run);
    await expect(run.finished).rejects.toThrow(
      'NeuralController "driver": the observation "fuse" needs a finite number, came NaN. Mend that sensor.',
    );
    expect(run.policies["driver"]).toBeDefined();
    expect(driver.enabled).toBe(true);
  });

  it("needs the live controller", async () => {
    await makeCart();
    const plan = { ...PLAN, controller: "pilot" };
    expect(messageOf(() => teachHere(worker, world.scene, plan, SETTINGS))).toBe(
      'teachHere, lesson plan "go to the ball": needed the live controller "pilot" on the node "cart", came none. Add it to the node first.',
    );
  });
});
