import { afterEach, describe, expect, it, vi } from "vitest";
import type { Environment } from "../../plugin/core/environment.ts";
import { ConfigurationError, EnvironmentError, PolicyMismatchError, TrainingError } from "../../plugin/core/errors.ts";
import { walk } from "../../plugin/learn/tasks/walk.ts";
import { teach } from "../../plugin/learn/teach.ts";
import { randomPolicy } from "../compute/plain-network.ts";
import { begin, crew, ENDLESS, failure, NETWORK, notices, reach, SETTINGS, WALK, walkers } from "./local-run.ts";
import { localWorker, silentWorker, type LocalWorker } from "./local-worker.ts";
import { TINY_ROLE } from "./tiny-rollout.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("When something goes wrong in a lesson", () => {
  const tripped = new EnvironmentError(
    'Environment "walk": needed a step, came the error "the lesson tripped". Mend the environment.',
  );
  const tripAt =
    (when: number): ((step: number) => void) =>
    (step) => {
      if (step === when) throw new Error("the lesson tripped");
    };

  it("the run ends with its error, and keeps the newest good policy", async () => {
    const run = begin({}, SETTINGS, () => walkers(tripAt(130)));
    const said = notices(run);
    expect(await failure(run)).toEqual(tripped);
    expect(run.phase).toBe("failed");
    expect(said).toEqual([tripped.message]);
    expect(run.policies["agent"].birth.decisions).toBe(480); // 6 whole rollouts of 20 steps of 4 agents
  });

  it("at its first step, there is a policy all the same", async () => {
    const run = begin({}, SETTINGS, () => walkers(tripAt(0)));
    expect(await failure(run)).toEqual(tripped);
    expect(run.policies["agent"].birth.decisions).toBe(0);
  });

  it("in another worker than the first, the newest good policy is kept too", async () => {
    let made = 0;
    const run = begin({ workers: 2 }, SETTINGS, () => walkers(made++ === 1 ? tripAt(130) : undefined));
    expect(await failure(run)).toEqual(tripped);
    expect(run.policies["agent"].birth.decisions).toBe(960);
  });

  it("an error while it is built ends the run", async () => {
    const run = begin({}, SETTINGS, () => {
      throw new ConfigurationError('Lesson "yard": needed physics, came none. Pass havok.');
    });
    expect(await failure(run)).toEqual(new ConfigurationError('Lesson "yard": needed physics, came none. Pass havok.'));
  });

  it("rewards that no critic can learn end the run by name, and its policy still decides", async () => {
    const environment = (): Environment => {
      const own = walk({ agents: 4 });
      let steps = 0;
      return {
        ...own,
        step: () => {
          own.step();
          if (++steps > 100) own.groups.agent.rewards.fill(1e30);
        },
      };
    };
    const run = begin({}, SETTINGS, environment);
    expect(await failure(run)).toEqual(
      new TrainingError(
        "ppo: the value loss needs a finite number, came none after 400 decisions. The last good policy is kept; lower the learning rate or look for wildly scaled rewards and observations.",
      ),
    );
    expect(run.policies["agent"].birth.decisions).toBe(400);
  });

  it("a policy of another role to start from is refused by its labels", async () => {
    const run = begin({ from: randomPolicy({ ...TINY_ROLE, action: WALK.action }, NETWORK) });
    expect(await failure(run)).toEqual(
      new PolicyMismatchError(
        'Environment "walk": the policy\'s observation 0 is "place", but the sensors give "goal" there. List the sensors of the training in the same order, or teach again.',
      ),
    );
  });

  it("an observer that throws ends the run with its error", async () => {
    const run = begin();
    run.onPolicyObservable.add(() => {
      throw new Error("the guard is gone");
    });
    expect(await failure(run)).toEqual(new Error("the guard is gone"));
  });
});

describe("A worker that dies", () => {
  it("is replaced, and the run goes on from its last checkpoint and says so", async () => {
    const { made, makeWorker } = crew();
    const run = teach(makeWorker, ENDLESS, { workers: 2, checkpointSeconds: 0 });
    const said = notices(run);
    await new Promise((resolve) => run.onCheckpointObservable.addOnce(resolve));
    made[1].die("out of memory");
    made[0].die("out of memory too"); // of a crew that was replaced already
    await reach(run, 800);
    await run.stop();
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^teach: worker 1 died: out of memory\. New workers go on from decision \d+\.$/);
    expect(said[0]).not.toContain("decision 0.");
    expect(made).toHaveLength(4);
    expect(made[0].isTerminated && made[1].isTerminated).toBe(true);
  });

  it("is no longer heard once it is replaced", async () => {
    const { made, makeWorker } = crew();
    const run = teach(makeWorker, ENDLESS);
    await reach(run, 80);
    made[0].die("out of memory");
    const failure = { name: "Error", message: "an echo", stack: "" };
    made[0].onmessage!({ data: { type: "failed", failure } } as MessageEvent);
    await reach(run, 80);
    expect(run.phase).toBe("running");
    await run.stop();
  });

  it("is replaced before it has said anything, from the beginning", async () => {
    const { made, makeWorker } = crew();
    const run = teach(makeWorker, ENDLESS);
    const said = notices(run);
    made[0].die("");
    await reach(run, 80);
    await run.stop();
    expect(said).toEqual(["teach: worker 0 died: it could not be loaded. New workers go on from decision 0."]);
  });

  it("has a successor that rests if the run does", async () => {
    const { made, makeWorker } = crew();
    const run = teach(makeWorker, ENDLESS);
    await reach(run, 80);
    run.pause();
    made[0].die("out of memory");
    let steps = 0;
    run.onProgressObservable.add(() => (steps += 1));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect([run.phase, steps <= 1]).toEqual(["paused", true]);
    await run.stop();
  });

  it("ends the run when it happens again and again without anything new", async () => {
    const made: LocalWorker[] = [];
    const run = teach(() => {
      made.push(silentWorker());
      setTimeout(() => made.at(-1)!.die("endless loop"));
      return made.at(-1)!;
    }, SETTINGS);
    const said = notices(run);
    const error = new TrainingError(
      "teach: needed workers that stay alive, came 4 crews that died in a row (worker 0 died: endless loop). The last good policy is kept; look for endless loops and memory in the lesson.",
    );
    expect(await failure(run)).toEqual(error);
    expect(said).toHaveLength(4);
    expect(said[3]).toBe(error.message);
    expect(made.map((worker) => worker.isTerminated)).toEqual([true, true, true, true]);
  });

  it("ends the run when no successor can be made", async () => {
    const { made, makeWorker } = crew();
    const run = teach(() => {
      if (made.length === 1) throw new Error("no more workers");
      return makeWorker();
    }, ENDLESS);
    made[0].die("out of memory");
    expect(await failure(run)).toEqual(new Error("no more workers"));
  });

  it("counts as dead when it says nothing for too long", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const made: LocalWorker[] = [];
    const run = teach(
      () => {
        made.push(made.length === 0 ? silentWorker() : localWorker(() => walkers()));
        return made.at(-1)!;
      },
      ENDLESS,
      { silenceSeconds: 5 },
    );
    const said = notices(run);
    vi.advanceTimersByTime(5000);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(said).toEqual(["teach: the workers said nothing for 6 seconds. New workers go on from decision 0."]);
    await reach(run, 80);
    await run.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is not taken for dead while the run is paused", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const run = begin({ silenceSeconds: 5 });
    const said = notices(run);
    run.pause();
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual([]);
    await run.stop();
  });
});
