import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { ConfigurationError } from "../../plugin/core/errors.ts";
import type { NetworkSpec } from "../../plugin/core/network-spec.ts";
import type { Policy } from "../../plugin/core/policy.ts";
import { teach } from "../../plugin/learn/teach.ts";
import { randomPolicy } from "../compute/plain-network.ts";
import { begin, crew, NETWORK, reach, SETTINGS, WALK } from "./local-run.ts";

describe("A run", () => {
  it("learns from as many decisions as it was told, and says how it goes", async () => {
    const run = begin({}, SETTINGS);
    const last = vi.fn();
    run.onProgressObservable.add(last);
    const result = await run.finished;
    expect(result).toMatchObject({ decisions: 1600, stopped: false });
    expect(run.phase).toBe("finished");
    const progress = last.mock.lastCall![0] as Record<string, number>;
    expect(progress).toMatchObject({ decisions: 1600, totalDecisions: 1600, updates: 20 });
    expect(progress["episodes"]).toBeGreaterThan(20);
    expect(progress["meanLength"]).toBeGreaterThan(4);
    expect(progress["decisionsPerSecond"]).toBeGreaterThan(0);
  });

  it("improves one and the same policy object, up to the result", async () => {
    const run = begin({ policySeconds: 0 }, SETTINGS);
    const seen = new Set<Policy>();
    const decisions: number[] = [];
    run.onPolicyObservable.add(({ agent }) => {
      seen.add(agent);
      decisions.push(agent.birth.decisions!);
    });
    const { policies } = await run.finished;
    expect(seen.size).toBe(1);
    expect(decisions[0]).toBe(0);
    expect(decisions.at(-1)).toBe(1600);
    expect(decisions.length).toBeGreaterThan(15);
    expect(run.policies["agent"].toData()).toEqual(policies["agent"]);
  });

  it("rests while it is paused, with a checkpoint in hand, and goes on", async () => {
    const run = begin({ policySeconds: 0 });
    await reach(run, 400);
    const rest = new Promise((resolve) => run.onCheckpointObservable.addOnce(resolve));
    run.pause();
    expect(run.phase).toBe("paused");
    await rest;
    let steps = 0;
    run.onPolicyObservable.add(() => (steps += 1));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(steps).toBe(0);
    run.resume();
    expect(run.phase).toBe("running");
    await reach(run, 400);
    await run.stop();
  });

  it("ends with what it has when it is stopped, while it runs or rests", async () => {
    const running = begin();
    await reach(running, 400);
    const { stopped, decisions, policies } = await running.stop();
    expect(stopped).toBe(true);
    expect(decisions).toBeGreaterThanOrEqual(400);
    expect(policies["agent"].birth.decisions).toBe(decisions);
    const resting = begin();
    resting.pause();
    expect((await resting.stop()).stopped).toBe(true);
    expect(await resting.stop()).toBe(await resting.finished);
  });

  it("may be stopped before its worker is ready", async () => {
    expect(await begin().stop()).toMatchObject({ decisions: 0, stopped: true });
  });

  it("was not stopped if it had learned everything anyway", async () => {
    const run = begin({}, SETTINGS);
    run.onProgressObservable.add(({ decisions }) => {
      if (decisions === 1600) void run.stop();
    });
    expect((await run.finished).stopped).toBe(false);
  });

  it("stops on a signal, also on one that was given before, and forgets the signal", async () => {
    const late = new AbortController();
    const run = begin({ signal: late.signal });
    await reach(run, 80);
    expect(getEventListeners(late.signal, "abort")).toHaveLength(1);
    late.abort();
    expect((await run.finished).stopped).toBe(true);
    expect((await begin({ signal: AbortSignal.abort() }).finished).stopped).toBe(true);
    const unused = new AbortController();
    await begin({ signal: unused.signal }, SETTINGS).finished;
    expect(getEventListeners(unused.signal, "abort")).toHaveLength(0);
  });

  it("starts from a policy that it is given", async () => {
    const from = randomPolicy(WALK, NETWORK, 3);
    const { policies } = await begin({ from }).stop();
    expect(policies["agent"].parameters).toEqual(from.parameters);
  });

  it("terminates its workers when it ends", async () => {
    const { made, makeWorker } = crew();
    await teach(makeWorker, SETTINGS, { workers: 2 }).finished;
    expect(made.map((worker) => worker.isTerminated)).toEqual([true, true]);
  });
});

describe("Options of teach that cannot work are refused before any worker is made:", () => {
  const never = (): never => expect.unreachable("a worker was made");

  it.each([
    ["workers", 0, "a whole number above 0"],
    ["arenas", 1.5, "a whole number above 0"],
    ["policySeconds", -1, "a number of at least 0"],
    ["checkpointSeconds", NaN, "a number of at least 0"],
    ["silenceSeconds", -0.1, "a number of at least 0"],
  ])("%s of %d", (name, value, needed) => {
    expect(() => teach(never, SETTINGS, { [name]: value })).toThrow(
      new ConfigurationError(`teach: ${name} needs ${needed}, came ${value}. Change it or leave it out.`),
    );
  });

  it("a policy with another network to start from", () => {
    const from = randomPolicy(WALK, { ...NETWORK, hidden: [9] });
    expect(() => teach(never, SETTINGS, { from })).toThrow(
      new ConfigurationError(
        'teach: needed a policy with the network {"hidden":[8],"activation":"tanh","sharedTrunk":false} to start from, came one with {"hidden":[9],"activation":"tanh","sharedTrunk":false}. Pass ppo({ network: policy.network }).',
      ),
    );
  });

  it("but not the same network, written in another order", async () => {
    const network: NetworkSpec = { sharedTrunk: false, activation: "tanh", hidden: [8] };
    const run = begin({ from: randomPolicy(WALK, network) });
    await expect(run.stop()).resolves.toBeDefined();
  });
});
