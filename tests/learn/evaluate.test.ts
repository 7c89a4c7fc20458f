import { describe, expect, it } from "vitest";
import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import { ConfigurationError, EnvironmentError } from "../../plugin/core/errors.ts";
import type { Policy } from "../../plugin/core/policy.ts";
import { evaluate } from "../../plugin/learn/evaluate.ts";
import { walk } from "../../plugin/learn/tasks/walk.ts";
import { blankPolicy, randomPolicy } from "../compute/plain-network.ts";
import { scriptedEnvironment, type ScriptedEnvironment } from "./scripted-environment.ts";
import { TINY_ROLE } from "./tiny-rollout.ts";

const still = (): Promise<Policy> => createPolicy(blankPolicy(TINY_ROLE, () => {}));

/** Agent 0 ends an episode at every step, agent 1 at every third; each step is worth 1. */
function uneven(): ScriptedEnvironment {
  return scriptedEnvironment(
    (group, step) => {
      group.rewards.fill(1);
      group.terminated.set([1, step % 3 === 2 ? 1 : 0]);
      group.succeeded.set([1, 0]);
    },
    { agents: 2 },
  );
}

describe("Evaluation", () => {
  it("lets every agent play as many episodes as the others", async () => {
    const { returns, meanReturn, standardDeviation, meanLength, successRate } = await evaluate(await still(), uneven, {
      episodes: 8,
    });
    expect([...returns].sort()).toEqual([1, 1, 1, 1, 3, 3, 3, 3]);
    expect({ meanReturn, standardDeviation, meanLength, successRate }).toEqual({
      meanReturn: 2,
      standardDeviation: 1,
      meanLength: 2,
      successRate: 0.5,
    });
  });

  it("plays exactly as many episodes as asked for, where they do not divide", async () => {
    expect((await evaluate(await still(), uneven, { episodes: 5 })).returns).toHaveLength(5);
    expect((await evaluate(await still(), uneven, { episodes: 1 })).returns).toHaveLength(1);
  });

  it("makes fresh environments as often as asked, and disposes them all", async () => {
    const made: ScriptedEnvironment[] = [];
    const make = (): ScriptedEnvironment => {
      made.push(uneven());
      return made.at(-1)!;
    };
    await evaluate(await still(), make, { episodes: 8, episodesPerEnvironment: 1 });
    expect(made).toHaveLength(4);
    expect(made.every((one) => one.isDisposed())).toBe(true);
  });

  it("scores the same from the same seed, and differently from another", async () => {
    const network = { hidden: [4], activation: "tanh", sharedTrunk: false } as const;
    const policy = await createPolicy(randomPolicy(walk().groups.agent.role, network));
    const returns = async (seed: number): Promise<readonly number[]> =>
      (await evaluate(policy, () => walk({ agents: 3 }), { episodes: 9, seed, greedy: false })).returns;
    const first = await returns(1);
    expect(await returns(1)).toEqual(first);
    expect(await returns(2)).not.toEqual(first);
  });

  it("says how far it is", async () => {
    const shares: number[] = [];
    await evaluate(await still(), uneven, { episodes: 4, onProgress: (share) => shares.push(share) });
    expect(shares).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it("lets others have their turn while it plays", async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const slow = (): ScriptedEnvironment =>
      scriptedEnvironment((group) => {
        const began = performance.now();
        while (performance.now() - began < 3);
        group.terminated.fill(1);
      });
    await evaluate(await still(), slow, { episodes: 30 });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it("gives up when its signal says so, and disposes the environment", async () => {
    const stop = new AbortController();
    const endless = scriptedEnvironment((_, step) => {
      if (step === 20) stop.abort(new Error("enough"));
    });
    await expect(evaluate(await still(), () => endless, { signal: stop.signal })).rejects.toThrow(new Error("enough"));
    expect(endless.isDisposed()).toBe(true);
  });

  it.each([
    ["never ends its episode", 1],
    ["never comes", 0],
  ])("gives up on an agent that %s, and disposes the environment", async (_what, active) => {
    const endless = scriptedEnvironment((group) => group.terminated.set([1, 0]), {
      agents: 2,
      reset: (group) => group.active.set([1, active]),
    });
    await expect(evaluate(await still(), () => endless, { longestEpisode: 50 })).rejects.toThrow(
      new EnvironmentError(
        'evaluate: needed episodes that end, came agent 1 of "scripted" that went on for more than 50 steps. Terminate or truncate it, or raise longestEpisode.',
      ),
    );
    expect(endless.isDisposed()).toBe(true);
  });

  it("counts the steps of each episode anew", async () => {
    // Agent 1 ends an episode at every third step, three times.
    expect((await evaluate(await still(), uneven, { episodes: 6, longestEpisode: 3 })).returns).toHaveLength(6);
    await expect(evaluate(await still(), uneven, { episodes: 6, longestEpisode: 2 })).rejects.toThrow(EnvironmentError);
  });

  it("refuses episodes without steps", async () => {
    await expect(evaluate(await still(), uneven, { longestEpisode: 0 })).rejects.toThrow(
      new ConfigurationError(
        "evaluate: longestEpisode needs a number of at least 1, came 0. Change it or leave it out.",
      ),
    );
  });

  it("refuses no episodes", async () => {
    await expect(evaluate(await still(), uneven, { episodes: 0 })).rejects.toThrow(
      new ConfigurationError("evaluate: needed at least 1 episode, came 0. Give a whole number above 0."),
    );
  });

  it("refuses a role that the environment does not have", async () => {
    await expect(evaluate(await still(), uneven, { role: "thief" })).rejects.toThrow(
      new ConfigurationError('evaluate: needed a role of "scripted", came "thief". Use one of: "agent".'),
    );
  });

  it("refuses to guess among several roles", async () => {
    const two = (): ScriptedEnvironment => {
      const one = uneven();
      const groups = { agent: one.groups.agent, thief: one.groups.agent };
      return { ...one, groups };
    };
    await expect(evaluate(await still(), two)).rejects.toThrow(
      new ConfigurationError(
        'Environment "scripted": needed exactly 1 role, came 2 ("agent", "thief"). Teach one role at a time; script the others.',
      ),
    );
  });
});
