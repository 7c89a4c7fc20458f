import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { PolicyFileError, PolicyMismatchError, StorageError } from "../../plugin/core/errors.ts";
import type { Policy } from "../../plugin/core/policy.ts";
import { cartPole } from "../../plugin/learn/tasks/cartpole.ts";
import { walk } from "../../plugin/learn/tasks/walk.ts";
import { resumeTeaching, teach } from "../../plugin/learn/teach.ts";
import { begin, crew, failure, notices, reach, SETTINGS, weights } from "./local-run.ts";

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
