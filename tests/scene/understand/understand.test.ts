import { afterEach, describe, expect, it } from "vitest";
import { createNetworkView } from "../../../plugin/compute/network-view.ts";
import { createSaliency } from "../../../plugin/compute/saliency.ts";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { explainAgent } from "../../../plugin/scene/understand/explain-agent.ts";
import { watchAgent } from "../../../plugin/scene/understand/watch-agent.ts";
import { randomPolicy } from "../../compute/plain-network.ts";
import { createEcho } from "../echo-controller.ts";
import { createFlyer, flyerPolicy, NETWORK } from "../recorder/recorded-flight.ts";
import { createTestWorld, messageOf, type TestWorld } from "../test-world.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

describe("A watched agent", () => {
  it("shows what the policy makes of its last observation, by label", async () => {
    world = await createTestWorld();
    const controller = createFlyer(world, "flyer", 1, false);
    controller.policy = await flyerPolicy(controller, 1);
    const watch = watchAgent(controller);
    await watch.ready();
    world.frames(30);
    const view = await createNetworkView(controller.policy.toData());
    view.look({ observations: controller.observation });
    expect(watch.decisions).toBe(5);
    expect(watch.observation).toEqual(controller.observation);
    expect([watch.numberLabels, watch.choiceLabels]).toEqual([
      ["drive", "turn"],
      ["jump: no", "jump: yes", "jump: twice"],
    ]);
    expect(watch.means).toEqual(view.means);
    expect(watch.deviations).toEqual(view.deviations);
    expect(watch.probabilities).toEqual(view.probabilities);
    expect(watch.estimate).toBe(view.value);
    expect(watch.layers.map(({ activations }) => activations)).toEqual(
      view.layers.map(({ activations }) => activations),
    );
    expect(watch.values).toBe(controller.values);
  });

  it("keeps the range that each observation has had", async () => {
    world = await createTestWorld();
    const sensed = [0.5, -0.25, 0.75, 0.1];
    const { controller } = createEcho("guard", { senses: () => sensed.shift() ?? 0.1 });
    world.node("guard").addBehavior(controller);
    const watch = watchAgent(controller);
    world.frames(24);
    expect([watch.least[0], watch.greatest[0]]).toEqual([-0.25, 0.75]);
    watch.resetRanges();
    world.frames(6);
    expect(watch.least[0]).toBe(Math.fround(0.1));
  });

  it("follows a policy that is taught anew, and one of another shape that takes its place", async () => {
    world = await createTestWorld();
    const controller = createFlyer(world, "flyer", 1, false);
    const policy = await flyerPolicy(controller, 1);
    controller.policy = policy;
    const watch = watchAgent(controller);
    await watch.ready();
    policy.assign(randomPolicy(controller.role, NETWORK, 7));
    world.frames(3);
    const expected = await createNetworkView(policy.toData());
    expected.look({ observations: controller.observation });
    expect(watch.estimate).toBe(expected.value);
    const wider = { ...NETWORK, hidden: [21] };
    controller.policy = await createPolicy(randomPolicy(controller.role, wider, 3));
    await watch.ready();
    world.frames(6);
    expect(watch.layers.map(({ name, activations }) => [name, activations.length])).toEqual([
      ["actor 0", 21],
      ["critic 0", 21],
    ]);
  });

  it("keeps the critic's estimates around, the newest known by its place", async () => {
    world = await createTestWorld();
    const controller = createFlyer(world, "flyer", 1, true);
    controller.policy = await flyerPolicy(controller, 1);
    const watch = watchAgent(controller, { history: 4 });
    await watch.ready();
    const seen: number[] = [];
    for (let i = 0; i < 6; i++) {
      world.frames(6);
      seen.push(watch.estimate);
    }
    expect(watch.estimateAt).toBe(1);
    expect(Array.from(watch.estimates)).toEqual([seen[4], seen[5], seen[2], seen[3]]);
  });

  it("says that a cloned policy's critic was taught nothing", async () => {
    world = await createTestWorld();
    const controller = createFlyer(world, "flyer", 1, true);
    const watch = watchAgent(controller);
    expect(watch.hasCritic).toBe(false);
    controller.policy = await flyerPolicy(controller, 1);
    expect(watch.hasCritic).toBe(true);
    const birth = { algorithm: "behaviour cloning" };
    controller.policy = await createPolicy(randomPolicy(controller.role, NETWORK, 1, { birth }));
    expect(watch.hasCritic).toBe(false);
  });

  it("shows no estimate where there is no policy, and may be disposed twice", async () => {
    world = await createTestWorld();
    const controller = createFlyer(world, "flyer", 1, true);
    controller.heuristic = (actions) => actions.set("drive", 1);
    const watch = watchAgent(controller);
    world.frames(6);
    expect(watch.decisions).toBe(1);
    expect(watch.estimate).toBeNaN();
    watch.dispose();
    watch.dispose();
    world.frames(6);
    expect(watch.decisions).toBe(1);
  });
});

describe("An explained agent", () => {
  it("tells for each sensor how much it pushed", async () => {
    world = await createTestWorld();
    const controller = createFlyer(world, "flyer", 1, true);
    controller.policy = await flyerPolicy(controller, 1);
    const explanation = explainAgent(controller, "jump: yes");
    await explanation.ready();
    world.frames(20);
    expect(explanation.update()).toBe(true);
    const saliency = await createSaliency(controller.policy.toData());
    saliency.explain(controller.observation, 3);
    const c = saliency.contributions;
    expect(explanation.contributions).toEqual(c);
    // A whim, three speeds and a distance.
    expect(explanation.sensors.map(({ name, from, to }) => [name, from, to])).toEqual([
      ["sensor 0", 0, 1],
      ["velocity 1", 1, 4],
      ["distanceTo 2", 4, 5],
    ]);
    expect(explanation.sensors[1].contribution).toBeCloseTo(c[1] + c[2] + c[3], 6);
    expect(explanation.sensors.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
  });

  it("answers another question when it is asked one", async () => {
    world = await createTestWorld();
    const controller = createFlyer(world, "flyer", 1, true);
    controller.policy = await flyerPolicy(controller, 1);
    const explanation = explainAgent(controller);
    expect(explanation.asked).toBe("drive");
    await explanation.ready();
    world.frames(10);
    explanation.update();
    const drive = explanation.contributions.slice();
    explanation.asked = "value";
    explanation.update();
    expect(explanation.contributions).not.toEqual(drive);
    expect(messageOf(() => (explanation.asked = "fly"))).toBe(
      'Explanation of "flyer": needed the name of an output, came "fly". Use one of: "drive", "turn", "jump: no", "jump: yes", "jump: twice", "value".',
    );
    expect(explanation.asked).toBe("value");
  });

  it("has nothing to tell without a policy", async () => {
    world = await createTestWorld();
    const explanation = explainAgent(createFlyer(world, "flyer", 1, true));
    await explanation.ready();
    expect(explanation.update()).toBe(false);
    explanation.dispose();
    explanation.dispose();
  });
});
