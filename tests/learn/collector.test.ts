import { describe, expect, it } from "vitest";
import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import type { AgentGroup } from "../../plugin/core/environment.ts";
import { EnvironmentError } from "../../plugin/core/errors.ts";
import type { Policy } from "../../plugin/core/policy.ts";
import { Collector } from "../../plugin/learn/collector.ts";
import { createRollout, type Rollout } from "../../plugin/learn/rollout.ts";
import { walk } from "../../plugin/learn/tasks/walk.ts";
import { blankPolicy, randomPolicy } from "../compute/plain-network.ts";
import { scriptedEnvironment, type ScriptedEnvironment } from "./scripted-environment.ts";
import { TINY_ROLE } from "./tiny-rollout.ts";

/** Its critic says ten times the observation; its mean is twice the observation, and it draws nearly exactly that. */
function tenfold(): Promise<Policy> {
  return createPolicy(
    blankPolicy(TINY_ROLE, (parameters, { actor, critic, logStd }) => {
      for (const layer of [actor[0], critic[0]]) parameters[layer.weights] = 1;
      parameters[actor[1].weights] = 2;
      parameters[critic[1].weights] = 10;
      parameters[logStd] = -30;
    }),
  );
}

async function collect(environment: ScriptedEnvironment, steps: number): Promise<Rollout> {
  const collector = new Collector(environment, "agent", await tenfold(), 1);
  const rollout = createRollout(TINY_ROLE, steps, environment.groups.agent.agents);
  collector.collect(rollout, 0);
  return rollout;
}

/** Sees the number of the step about to come, from 1 on; earns twice that. */
function counting(end: (group: AgentGroup, step: number) => void = () => {}): ScriptedEnvironment {
  return scriptedEnvironment(
    (group, step) => {
      group.rewards[0] = 2 * (step + 1);
      group.finalObservations[0] = 100 + step;
      group.observations[0] = step + 2;
      end(group, step);
    },
    { reset: (group) => group.observations.fill(1) },
  );
}

async function complaint(environment: ScriptedEnvironment, steps = 3): Promise<Error> {
  return collect(environment, steps).then(
    () => expect.unreachable("it collected"),
    (error: unknown) => error as Error,
  );
}

describe("A collector", () => {
  it("writes down what was seen, done, estimated and earned, step after step", async () => {
    const rollout = await collect(counting(), 3);
    expect([...rollout.observations]).toEqual([1, 2, 3]);
    expect([...rollout.continuous]).toEqual([2, 4, 6]);
    expect([...rollout.values]).toEqual([10, 20, 30]);
    expect([...rollout.rewards]).toEqual([2, 4, 6]);
    expect([...rollout.lastValues]).toEqual([40]);
  });

  it("asks the critic about the last sight of an episode that was cut off", async () => {
    const rollout = await collect(
      counting((group, step) => (group.truncated[0] = step === 1 ? 1 : 0)),
      3,
    );
    expect([...rollout.truncated]).toEqual([0, 1, 0]);
    expect(rollout.finalValues[1]).toBe(1010); // ten times the 101 of its last sight
    expect([...rollout.values]).toEqual([10, 20, 30]); // and leaves the ordinary estimates alone
  });

  it("logs the scores of ended episodes, however they ended", async () => {
    const rollout = await collect(
      counting((group, step) => {
        group.terminated[0] = step === 1 ? 1 : 0;
        group.truncated[0] = step === 2 ? 1 : 0;
        group.succeeded[0] = step === 1 ? 1 : 0;
      }),
      4,
    );
    const { count, returns, lengths, succeeded } = rollout.episodes;
    expect(count[0]).toBe(2);
    expect([...returns.subarray(0, 2)]).toEqual([6, 6]); // 2 + 4, then 6 alone
    expect([...lengths.subarray(0, 2)]).toEqual([2, 1]);
    expect([...succeeded.subarray(0, 2)]).toEqual([1, 0]);
  });

  it("adds up returns over several rollouts", async () => {
    const environment = counting((group, step) => (group.terminated[0] = step === 4 ? 1 : 0));
    const collector = new Collector(environment, "agent", await tenfold(), 1);
    const rollout = createRollout(TINY_ROLE, 3, 1);
    collector.collect(rollout, 0);
    expect(rollout.episodes.count[0]).toBe(0);
    collector.collect(rollout, 1);
    expect([rollout.episodes.count[0], rollout.episodes.returns[0]]).toEqual([1, 30]); // 2 + 4 + 6 + 8 + 10
    expect(environment.resets).toHaveLength(1);
  });

  it("scores nothing for a slot without an agent", async () => {
    const environment = scriptedEnvironment(
      (group, step) => {
        group.active[1] = step === 0 ? 0 : 1;
        group.rewards.fill(1);
        group.terminated.fill(step === 2 ? 1 : 0);
      },
      { agents: 2 },
    );
    const { active, episodes } = await collect(environment, 3);
    expect([...active]).toEqual([1, 1, 1, 0, 1, 1]);
    expect([...episodes.returns.subarray(0, 2)]).toEqual([3, 2]);
  });

  it("draws the same from the same seed and rollout number, and differently from any other", async () => {
    const drawn = async (seed: number, number: number): Promise<number[]> => {
      const environment = walk({ agents: 3, actions: "continuous" });
      const { role } = environment.groups.agent;
      const policy = await createPolicy(randomPolicy(role, { hidden: [4], activation: "tanh", sharedTrunk: false }));
      const rollout = createRollout(role, 5, 3);
      new Collector(environment, "agent", policy, seed).collect(rollout, number);
      return [...rollout.continuous, ...rollout.observations];
    };
    const first = await drawn(1, 4);
    expect(await drawn(1, 4)).toEqual(first);
    expect(await drawn(1, 5)).not.toEqual(first);
    expect(await drawn(2, 4)).not.toEqual(first);
  });

  it("goes on from a snapshot bit for bit, in the middle of the episodes", async () => {
    const policy = await createPolicy(
      randomPolicy(walk().groups.agent.role, { hidden: [4], activation: "tanh", sharedTrunk: false }),
    );
    const rollouts = [1, 2].map(() => createRollout(policy.role, 13, 3));
    const first = new Collector(walk({ agents: 3 }), "agent", policy, 1);
    first.collect(rollouts[0], 0);
    const snapshot = first.snapshot();
    first.collect(rollouts[0], 1);
    const second = new Collector(walk({ agents: 3 }), "agent", policy, 1);
    second.restore(snapshot);
    second.collect(rollouts[1], 1);
    expect(rollouts[1]).toEqual(rollouts[0]);
    expect(second.snapshot()).toEqual(first.snapshot());
  });

  it("has no snapshot before it began, nor of an environment that cannot tell its state", async () => {
    const policy = await tenfold();
    expect(new Collector(walk({ actions: "continuous" }), "agent", policy, 1).snapshot()).toBeNull();
    const silent = new Collector(counting(), "agent", policy, 1);
    silent.collect(createRollout(TINY_ROLE, 1, 1), 0);
    expect(silent.snapshot()).toBeNull();
  });

  it("starts fresh episodes where the environment cannot go back to a snapshot", async () => {
    const environment = counting();
    const collector = new Collector(environment, "agent", await tenfold(), 1);
    collector.restore({ environment: [1, 2, 3], returns: [5], lengths: [5] });
    collector.collect(createRollout(TINY_ROLE, 1, 1), 7);
    expect(environment.resets).toHaveLength(1);
  });

  it("refuses a snapshot of another number of agents", async () => {
    const environment = walk({ agents: 3 });
    const policy = await createPolicy(
      randomPolicy(environment.groups.agent.role, { hidden: [4], activation: "tanh", sharedTrunk: false }),
    );
    const collector = new Collector(environment, "agent", policy, 1);
    expect(() => collector.restore({ environment: [], returns: [0, 0], lengths: [0, 0] })).toThrow(
      new EnvironmentError(
        'Environment "walk": needed a state of 3 agents, came one of 2. Resume with as many agents as were saved.',
      ),
    );
  });
});

describe("A collector names what is wrong with the environment", () => {
  const role = TINY_ROLE;

  it.each([
    ["now", (group: AgentGroup, step: number) => (group.observations[1] = step === 1 ? NaN : 0)],
    ["after the last step", (group: AgentGroup, step: number) => (group.observations[1] = step === 2 ? NaN : 0)],
    [
      "at the end of an episode",
      (group: AgentGroup, step: number) => {
        group.truncated[1] = step === 1 ? 1 : 0;
        group.finalObservations[1] = NaN;
      },
    ],
  ])("an observation that is no number, %s", async (_when, step) => {
    const error = await complaint(scriptedEnvironment(step, { agents: 2, role }));
    expect(error).toEqual(
      new EnvironmentError(
        'Environment "scripted": the observation "place" of agent 1 needs a finite number, came NaN. Mend that sensor.',
      ),
    );
  });

  it("but not what an empty slot sees", async () => {
    const environment = scriptedEnvironment(
      (group) => {
        group.active[1] = 0;
        group.observations[1] = NaN;
      },
      { agents: 2 },
    );
    await expect(collect(environment, 3)).resolves.toBeDefined();
  });

  it("a reward that is no number", async () => {
    const error = await complaint(scriptedEnvironment((group, step) => (group.rewards[0] = step === 1 ? Infinity : 1)));
    expect(error).toEqual(
      new EnvironmentError(
        'Environment "scripted": the reward of agent 0 needs a finite number, came Infinity. Mend the lesson\'s rewards.',
      ),
    );
  });

  it("a step that throws, with the error as its cause", async () => {
    const cause = new TypeError("no such thief");
    const error = await complaint(
      scriptedEnvironment(() => {
        throw cause;
      }),
    );
    expect(error).toEqual(
      new EnvironmentError(
        'Environment "scripted": needed a step, came the error "no such thief". Mend the environment.',
        { cause },
      ),
    );
  });

  it("a reset that throws", async () => {
    const reset = (): never => {
      throw new Error("no yard");
    };
    const error = await complaint(scriptedEnvironment(() => {}, { reset }));
    expect(error.message).toBe(
      'Environment "scripted": needed a reset, came the error "no yard". Mend the environment.',
    );
  });

  it("an error of the environment's own, as it is", async () => {
    const own = new EnvironmentError('Lesson "yard": needed a thief, came none. Build one.');
    const error = await complaint(
      scriptedEnvironment(() => {
        throw own;
      }),
    );
    expect(error).toBe(own);
  });
});
