import { getEventListeners } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Environment } from "../../plugin/core/environment.ts";
import {
  ConfigurationError,
  EnvironmentError,
  PolicyFileError,
  PolicyMismatchError,
  StorageError,
  TrainingError,
} from "../../plugin/core/errors.ts";
import type { NetworkSpec } from "../../plugin/core/network-spec.ts";
import type { Policy } from "../../plugin/core/policy.ts";
import { ppo } from "../../plugin/learn/ppo.ts";
import { cartPole } from "../../plugin/learn/tasks/cartpole.ts";
import { walk } from "../../plugin/learn/tasks/walk.ts";
import { resumeTeaching, teach, type TeachOptions } from "../../plugin/learn/teach.ts";
import type { TrainingRun } from "../../plugin/learn/training-run.ts";
import { randomPolicy } from "../compute/plain-network.ts";
import { localWorker, silentWorker, type LocalWorker } from "./local-worker.ts";
import { TINY_ROLE } from "./tiny-rollout.ts";

const NETWORK: NetworkSpec = { hidden: [8], activation: "tanh", sharedTrunk: false };
/** 20 updates of 80 decisions. */
const SETTINGS = ppo({ decisions: 1600, stepsPerRollout: 20, minibatchSize: 40, epochs: 2, network: NETWORK });
const ENDLESS = { ...SETTINGS, decisions: 1e9 };
const WALK = walk().groups.agent.role;

/** Four walkers; `before` is called ahead of each step with its number. */
function walkers(before: (step: number) => void = () => {}): Environment {
  const environment = walk({ agents: 4 });
  let steps = 0;
  return {
    ...environment,
    step: () => {
      before(steps++);
      environment.step();
    },
  };
}

/** A factory of workers on this thread, and all that it made. */
function crew(make: () => Environment = () => walkers()): { made: LocalWorker[]; makeWorker: () => LocalWorker } {
  const made: LocalWorker[] = [];
  const makeWorker = (): LocalWorker => {
    made.push(localWorker(make));
    return made.at(-1)!;
  };
  return { made, makeWorker };
}

function begin(options: TeachOptions = {}, settings = ENDLESS, make?: () => Environment): TrainingRun {
  return teach(crew(make).makeWorker, settings, options);
}

/** The weights at the end of a run of 20 updates. */
async function weights(run: TrainingRun): Promise<number[]> {
  const { policies } = await run.finished;
  return [...policies["agent"].parameters];
}

/** Waits until a run has learned from so many decisions. */
function reach(run: TrainingRun, decisions: number): Promise<void> {
  return new Promise((resolve, reject) => {
    run.finished.catch(reject);
    const observer = run.onProgressObservable.add((progress) => {
      if (progress.decisions < decisions) return;
      observer.remove();
      resolve();
    });
  });
}

/** Everything a run says, as it comes. */
function notices(run: TrainingRun): string[] {
  const heard: string[] = [];
  run.onNoticeObservable.add((text) => heard.push(text));
  return heard;
}

async function failure(run: TrainingRun): Promise<unknown> {
  return run.finished.then(
    () => expect.unreachable("it finished"),
    (error: unknown) => error,
  );
}

afterEach(() => {
  vi.useRealTimers();
});

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

describe("The same seed gives the same weights, bit for bit,", () => {
  it.each([1, 2])("with %d workers", async (workers) => {
    const first = await weights(begin({ workers }, SETTINGS));
    expect(await weights(begin({ workers }, SETTINGS))).toEqual(first);
    expect(await weights(begin({ workers }, { ...SETTINGS, seed: 1 }))).not.toEqual(first);
  });

  it("however the run is paused and however often it reports", async () => {
    const run = begin({ policySeconds: 0, checkpointSeconds: 0 }, SETTINGS);
    run.onPolicyObservable.add(() => {
      run.pause();
      setTimeout(() => run.resume(), 2);
    });
    expect(await weights(run)).toEqual(await weights(begin({}, SETTINGS)));
  });

  it.each([
    ["walk", 1, () => walk({ agents: 4, normalise: true })],
    ["walk", 2, () => walk({ agents: 4 })],
    ["cartpole", 1, () => cartPole({ agents: 4 })],
    ["cartpole", 2, () => cartPole({ agents: 4, normalise: true })],
  ])("after resuming from a checkpoint at half: %s with %d workers", async (_task, workers, make) => {
    const whole = await weights(begin({ workers }, SETTINGS, make));
    const half = begin({ workers, checkpointSeconds: 0 }, SETTINGS, make);
    let updates = 0;
    half.onCheckpointObservable.add(() => {
      if (++updates === 10) void half.stop();
    });
    const { decisions } = await half.finished;
    expect(decisions).toBeGreaterThanOrEqual(workers * 800);
    const resumed = await resumeTeaching(crew(make).makeWorker, half.checkpoint!);
    expect(await weights(resumed)).toEqual(whole);
  });

  it("after a checkpoint that was resumed and stopped at once", async () => {
    const whole = await weights(begin({}, SETTINGS));
    const half = begin({ checkpointSeconds: 0 }, SETTINGS);
    half.onCheckpointObservable.addOnce(() => void half.stop());
    await half.finished;
    const idle = await resumeTeaching(crew().makeWorker, half.checkpoint!);
    await idle.stop();
    expect(await weights(await resumeTeaching(crew().makeWorker, idle.checkpoint!))).toEqual(whole);
  });

  it("after a worker has died", async () => {
    const { made, makeWorker } = crew();
    const run = teach(makeWorker, SETTINGS, { checkpointSeconds: 0 });
    let checkpoints = 0;
    run.onCheckpointObservable.add(() => {
      if (++checkpoints === 7) made[0].die("out of memory");
    });
    expect(await weights(run)).toEqual(await weights(begin({}, SETTINGS)));
  });
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

describe("Checkpoints", () => {
  const folder = mkdtempSync(join(tmpdir(), "checkpoints-"));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are stored where they should be, the last one before the run has finished", async () => {
    const checkpointUrl = `file:${join(folder, "run.bnc")}`;
    const half = begin({ checkpointUrl, checkpointSeconds: 0 }, SETTINGS);
    await reach(half, 80);
    const { decisions } = await half.stop();
    const resumed = await resumeTeaching(crew().makeWorker, checkpointUrl);
    const first = new Promise<Readonly<Record<string, Policy>>>((resolve) =>
      resumed.onPolicyObservable.addOnce(resolve),
    );
    expect((await first)["agent"].birth.decisions).toBe(decisions);
    await resumed.stop();
  });

  it("that cannot be stored are said so, and the run goes on", async () => {
    mkdirSync(join(folder, "run.bnc"), { recursive: true }); // a folder, not a file
    const checkpointUrl = `file:${join(folder, "run.bnc")}`;
    const run = begin({ checkpointUrl, checkpointSeconds: 0 }, SETTINGS);
    const said = notices(run);
    expect((await run.finished).decisions).toBe(1600);
    expect(new Set(said)).toEqual(
      new Set([`Storage "${checkpointUrl}": needed a file that can be reached, came a folder. Name a file in it.`]),
    );
  });

  it("can be resumed with nothing left to learn", async () => {
    const run = begin({}, SETTINGS);
    const result = await run.finished;
    const again = await resumeTeaching(crew().makeWorker, run.checkpoint!);
    expect((await again.finished).policies["agent"].parameters).toEqual(result.policies["agent"].parameters);
  });

  it("that are none are refused", async () => {
    await expect(resumeTeaching(crew().makeWorker, new Uint8Array(40))).rejects.toThrow(PolicyFileError);
    await expect(resumeTeaching(crew().makeWorker, `file:${folder}/none.bnc`)).rejects.toThrow(StorageError);
  });

  it("of another environment end the resumed run by label", async () => {
    const run = begin({}, SETTINGS);
    await run.finished;
    const resumed = await resumeTeaching(crew(() => cartPole({ agents: 4 })).makeWorker, run.checkpoint!);
    expect(await failure(resumed)).toEqual(
      new PolicyMismatchError(
        'Environment "cartpole": the policy\'s observation 0 is "goal", but the sensors give "cart position" there. List the sensors of the training in the same order, or teach again.',
      ),
    );
  });
});
