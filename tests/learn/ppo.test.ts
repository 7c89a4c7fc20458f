import { describe, expect, it } from "vitest";
import { createWasmPpoLearner } from "../../plugin/compute/wasm-ppo-learner.ts";
import type { AgentGroup, Environment } from "../../plugin/core/environment.ts";
import { ConfigurationError, TrainingError } from "../../plugin/core/errors.ts";
import { layOutNetwork, type NetworkSpec } from "../../plugin/core/network-spec.ts";
import { Ppo, ppo, type PpoOptions } from "../../plugin/learn/ppo.ts";
import { createRollout } from "../../plugin/learn/rollout.ts";
import { pendulum } from "../../plugin/learn/tasks/pendulum.ts";
import { walk } from "../../plugin/learn/tasks/walk.ts";
import { randomPolicy } from "../compute/plain-network.ts";
import { trainTask } from "./train-task.ts";
import { tinyRollout, TINY_ROLE } from "./tiny-rollout.ts";

const NETWORK: NetworkSpec = { hidden: [8], activation: "tanh", sharedTrunk: false };
const SMALL: PpoOptions = { decisions: 400, stepsPerRollout: 25, minibatchSize: 32, network: NETWORK };

/** A walk whose results a test may spoil. */
function spoiledWalk(spoil: (group: AgentGroup) => void): Environment {
  const environment = walk({ agents: 4 });
  return {
    ...environment,
    step: () => {
      environment.step();
      spoil(environment.groups.agent);
    },
  };
}

describe("The settings of PPO", () => {
  it("fill in every default", () => {
    const settings = ppo({ seed: 7 });
    expect(settings).toMatchObject({ algorithm: "ppo", seed: 7, decisions: 500_000, discount: 0.99 });
    expect(Object.values(settings)).not.toContain(undefined);
  });

  const whole = "a whole number above 0";
  const share = "a number in [0, 1]";
  const above = "a number above 0";
  const least = "a number of at least 0";
  const flag = "true or false";
  const options: [string, unknown, string, string][] = [
    ["decisions", 0, whole, "0"],
    ["stepsPerRollout", 1.5, whole, "1.5"],
    ["minibatchSize", -4, whole, "-4"],
    ["epochs", NaN, whole, "NaN"],
    ["discount", 1.01, share, "1.01"],
    ["gaeLambda", -0.1, share, "-0.1"],
    ["discount", "0.9", share, "0.9"],
    ["valueClipRange", 0, above, "0"],
    ["valueCoefficient", -1, above, "-1"],
    ["maxGradientNorm", NaN, above, "NaN"],
    ["targetKl", 0, above, "0"],
    ["rewardScale", 0, above, "0"],
    ["learningRate", -1e-3, least, "-0.001"],
    ["learningRate", { from: 0.5, to: -1 }, least, "-1"],
    ["clipRange", { from: NaN, to: 0 }, least, "NaN"],
    ["entropyCoefficient", Infinity, least, "Infinity"],
    ["criticWarmUp", -1, "a whole number of at least 0", "-1"],
    ["seed", NaN, "a number", "NaN"],
    ["fastMath", "yes", flag, "yes"],
    ["normaliseAdvantages", 1, flag, "1"],
  ];
  it.each(options)("refuse a bad %s: %j", (name, value, needed, came) => {
    expect(() => ppo({ [name]: value })).toThrow(
      new ConfigurationError(`ppo: ${name} needs ${needed}, came ${came}. Change it or leave it out.`),
    );
  });

  it("refuse a network that cannot be", () => {
    expect(() => ppo({ network: { ...NETWORK, hidden: [0] } })).toThrow(
      new ConfigurationError("ppo: needed hidden widths from 1 to 1024, came 0. Use e.g. [64, 64]."),
    );
  });

  it("allow no limit where a limit is optional", () => {
    const unlimited = { valueClipRange: Infinity, targetKl: Infinity, maxGradientNorm: Infinity };
    expect(ppo(unlimited)).toMatchObject(unlimited);
  });
});

describe("PPO", () => {
  it("learns the same weights from the same seed, and others from another", async () => {
    const weights = async (seed: number): Promise<Float32Array> =>
      (await trainTask(pendulum({ agents: 4 }), ppo({ ...SMALL, seed }))).ppo.policyData().parameters;
    const first = await weights(3);
    expect(await weights(3)).toEqual(first);
    expect(await weights(4)).not.toEqual(first);
  });

  it("goes on bit for bit from a stored state", async () => {
    const settings = ppo({ ...SMALL, decisions: 10_000 });
    const environment = (): Environment => pendulum({ agents: 4, normalise: true });
    const { ppo: first, collector } = await trainTask(environment(), settings, ({ decisions }) => decisions >= 300);
    const rollout = createRollout(first.learner.role, 25, 4);
    collector.collect(rollout, first.updates);
    const second = await Ppo.create(await createWasmPpoLearner(first.learner.role, NETWORK, { seed: 99 }), settings);
    second.restore(structuredClone(await first.state()));
    expect(second.policyData()).toEqual(first.policyData());
    const statistics = await first.learn([rollout]);
    expect(await second.learn([rollout])).toEqual(statistics);
    expect(await second.state()).toEqual(await first.state());
  });

  it("starts from another policy's weights and normaliser, its counts at 0", async () => {
    const policy = randomPolicy(TINY_ROLE, NETWORK, 5);
    const fresh = await Ppo.create(await createWasmPpoLearner(TINY_ROLE, NETWORK), ppo({ network: NETWORK }));
    fresh.startFrom(policy);
    const { parameters, normaliser, birth } = fresh.policyData();
    expect(parameters).toEqual(policy.parameters);
    expect(normaliser).toEqual(policy.normaliser);
    expect(birth.decisions).toBe(0);
  });

  it("teaches the critic alone while it warms up, and then both", async () => {
    const policy = randomPolicy(TINY_ROLE, NETWORK, 5);
    const settings = ppo({ network: NETWORK, criticWarmUp: 20, entropyCoefficient: 0.1 });
    const one = await Ppo.create(await createWasmPpoLearner(TINY_ROLE, NETWORK), settings);
    one.startFrom(policy);
    const { critic } = layOutNetwork(TINY_ROLE, NETWORK);
    const parts = (): Float32Array[] => {
      const { parameters } = one.policyData();
      return [parameters.slice(0, critic[0].weights), parameters.slice(critic[0].weights)];
    };
    const before = parts();
    // 10 decisions each: the second rollout is still among the first 20, the third is not.
    for (let i = 0; i < 2; i++) await one.learn([tinyRollout(10, 1, { rewards: [1, 0, 2] })]);
    const warmed = parts();
    expect(warmed[0]).toEqual(before[0]);
    expect(warmed[1]).not.toEqual(before[1]);
    await one.learn([tinyRollout(10, 1, { rewards: [1, 0, 2] })]);
    expect(parts()[0]).not.toEqual(warmed[0]);
  });

  it("lets learning rates fall to their end", async () => {
    const learner = await createWasmPpoLearner(TINY_ROLE, NETWORK);
    const settings = ppo({ network: NETWORK, decisions: 40, learningRate: { from: 1 / 64, to: 0 } });
    const one = await Ppo.create(learner, settings);
    const rates: number[] = [];
    for (let i = 0; i < 5; i++) rates.push((await one.learn([tinyRollout(10, 1, {})])).learningRate);
    expect(rates).toEqual([4, 3, 2, 1, 0].map((quarters) => quarters / 256));
  });

  it("does not learn from slots without an agent", async () => {
    const learned = async (active: number[], spare: number): Promise<Float32Array> => {
      const one = await Ppo.create(
        await createWasmPpoLearner(TINY_ROLE, NETWORK),
        ppo({ network: NETWORK, epochs: 1 }),
      );
      const rollout = tinyRollout(2, 2, { active, rewards: [1, spare, 2, spare], values: [0.5, spare, 1, spare] });
      rollout.observations.set([1, spare, 2, spare]);
      rollout.logProbabilities.fill(-1);
      await one.learn([rollout]);
      expect(one.decisions).toBe(active.reduce((sum, x) => sum + x, 0));
      return one.policyData().parameters;
    };
    const active = [1, 0, 1, 0];
    expect(await learned(active, 9)).toEqual(await learned(active, -5));
    expect(await learned([1, 1, 1, 1], 9)).not.toEqual(await learned(active, 9));
  });

  it("joins rollouts in their order", async () => {
    const learned = async (orders: number[]): Promise<Float32Array> => {
      const one = await Ppo.create(
        await createWasmPpoLearner(TINY_ROLE, NETWORK),
        ppo({ network: NETWORK, minibatchSize: 2 }),
      );
      const rollouts = [1, 2].map((reward) => tinyRollout(2, 1, { rewards: [reward, 0] }));
      await one.learn(orders.map((i) => rollouts[i]));
      return one.policyData().parameters;
    };
    expect(await learned([0, 1])).toEqual(await learned([0, 1]));
    expect(await learned([0, 1])).not.toEqual(await learned([1, 0]));
  });
});

describe("PPO stops at the first bad quantity and keeps the last good policy:", () => {
  const advice =
    "The last good policy is kept; lower the learning rate or look for wildly scaled rewards and observations.";

  /** Two good updates, and then a bad one. */
  async function spoil(
    options: PpoOptions,
    hurt: (group: AgentGroup, one: Ppo) => void,
  ): Promise<{ error: unknown; isKept: boolean }> {
    const learner = await createWasmPpoLearner(walk().groups.agent.role, NETWORK);
    const one = await Ppo.create(learner, ppo({ ...SMALL, ...options }));
    const environment = spoiledWalk((group) => hurt(group, one));
    const { collector } = await trainTask(environment, ppo({ ...SMALL, decisions: 1 }));
    const rollout = createRollout(learner.role, 25, 4);
    let good = one.policyData();
    try {
      for (let number = 0; number < 3; number++) {
        good = structuredClone(one.policyData());
        collector.collect(rollout, number);
        await one.learn([rollout]);
      }
    } catch (error) {
      const kept = one.policyData();
      return { error, isKept: JSON.stringify(kept) === JSON.stringify(good) };
    }
    return expect.unreachable("it went on");
  }

  it("rewards of 1e30 spoil the critic's loss", async () => {
    const { error, isKept } = await spoil({}, (group, one) => one.updates === 2 && group.rewards.fill(1e30));
    expect(error).toEqual(
      new TrainingError(`ppo: the value loss needs a finite number, came none after 200 decisions. ${advice}`),
    );
    expect(isKept).toBe(true);
  });

  it("steps that are far too large make the weights explode", async () => {
    const { error, isKept } = await spoil({ learningRate: 1e9 }, () => {});
    expect(error).toEqual(
      new TrainingError(`ppo: the value loss needs a finite number, came none after 0 decisions. ${advice}`),
    );
    expect(isKept).toBe(true);
  });

  it("a last step that is far too large makes the weights explode", async () => {
    const { error, isKept } = await spoil({ learningRate: 1e9, epochs: 1, minibatchSize: 1000 }, () => {});
    expect(error).toEqual(
      new TrainingError(`ppo: the size of the weights needs a finite number, came none after 0 decisions. ${advice}`),
    );
    expect(isKept).toBe(true);
  });

  it("a rollout without any agent is an error, not an endless run", async () => {
    const one = await Ppo.create(await createWasmPpoLearner(TINY_ROLE, NETWORK), ppo({ network: NETWORK }));
    await expect(one.learn([tinyRollout(2, 2, { active: [0, 0, 0, 0] })])).rejects.toThrow(
      new TrainingError(
        "ppo: needed at least 1 active agent in a rollout, came none. Set active where a slot holds an agent.",
      ),
    );
  });
});
