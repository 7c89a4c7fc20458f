import { describe, expect, it } from "vitest";
import { ConfigurationError, TrainingError, UnsupportedError } from "../../plugin/core/errors.ts";
import { decodeCheckpoint } from "../../plugin/learn/checkpoint.ts";
import type { LearnerFactories } from "../../plugin/learn/learner-factories.ts";
import type { PpoSettings } from "../../plugin/learn/ppo.ts";
import { resumeTeaching, teach, type TeachOptions } from "../../plugin/learn/teach.ts";
import type { TrainingRun } from "../../plugin/learn/training-run.ts";
import { begin, crew, ENDLESS, failure, notices, reach, SETTINGS, walkers, weights } from "./local-run.ts";
import { LOST, pretend, throwAt, UNABLE } from "./pretended-learners.ts";

function beginOn(device: PpoSettings["device"], learners: LearnerFactories, options: TeachOptions = {}): TrainingRun {
  return teach(crew(() => walkers(), learners).makeWorker, { ...SETTINGS, device }, options);
}

describe("A run says where it learns:", () => {
  it("nowhere yet, then by default on WASM", async () => {
    const run = begin({}, SETTINGS);
    expect([run.device, run.deviceReport]).toEqual([null, null]);
    const said = notices(run);
    const reports: unknown[] = [];
    run.onDeviceObservable.add((report) => reports.push(report));
    await run.finished;
    expect(run.device).toBe("wasm");
    expect(reports).toEqual([run.deviceReport]);
    expect(said).toEqual([]);
  });

  it('what "auto" has measured, also as a notice', async () => {
    const run = beginOn("auto", { webgpu: pretend("webgpu", { slow: 20 }).make });
    const said = notices(run);
    await run.finished;
    expect(run.deviceReport).toMatchObject({ device: "wasm", asked: "auto" });
    expect(run.deviceReport!.candidates.filter(({ milliseconds }) => milliseconds !== null)).toHaveLength(2);
    expect(said).toEqual([`teach: learns on "wasm": ${run.deviceReport!.reason}.`]);
    expect(run.policies["agent"].birth.device).toBe("wasm");
  });

  it('and learns there what it would have learned without "auto"', async () => {
    expect(await weights(beginOn("auto", {}))).toEqual(await weights(begin({}, SETTINGS)));
  });

  it("nowhere, if a named device cannot be had", async () => {
    const run = beginOn("webgpu", {});
    const error = (await failure(run)) as Error;
    expect(error).toBeInstanceOf(UnsupportedError);
    expect(error.message).toMatch(/^teach: needed a learner on "webgpu", came the refusal ".*"\. Leave device out, or/);
  });
});

describe("A run's checkpoint", () => {
  it("names the device that was chosen, and the run goes on there", async () => {
    const learners = { wasm: pretend("wasm", { slow: 20 }).make, webgpu: pretend("webgpu").make };
    const half = beginOn("auto", learners, { until: 800 });
    await half.finished;
    expect(decodeCheckpoint(half.checkpoint!, "checkpoint").state.device).toBe("webgpu");
    const resumed = await resumeTeaching(crew(() => walkers(), learners).makeWorker, half.checkpoint!);
    await resumed.finished;
    expect(resumed.deviceReport).toMatchObject({ device: "webgpu", reason: "as in the checkpoint", asked: "auto" });
  });

  it("can be resumed elsewhere: where one says, or wherever it can be had", async () => {
    const { makeWorker } = crew(() => walkers(), { webgpu: pretend("webgpu").make });
    const half = teach(makeWorker, { ...SETTINGS, device: "webgpu" }, { until: 800 });
    await half.finished;
    const resume = async (device?: "auto" | "wasm"): Promise<TrainingRun> =>
      resumeTeaching(crew().makeWorker, half.checkpoint!, device ? { device } : {}); // in workers without a GPU
    expect(await failure(await resume())).toBeInstanceOf(UnsupportedError);
    const named = await resume("wasm");
    expect(await weights(named)).toEqual(await weights(begin({}, SETTINGS)));
    expect(named.deviceReport).toMatchObject({ device: "wasm", asked: "wasm" });
    const anywhere = await resume("auto");
    await anywhere.finished;
    expect(anywhere.deviceReport).toMatchObject({ device: "wasm", asked: "auto" });
    await expect(resumeTeaching(crew().makeWorker, half.checkpoint!, { device: "abacus" as never })).rejects.toThrow(
      ConfigurationError,
    );
  });

  it("can be asked for at any time, while the run runs, rests and has ended", async () => {
    const run = begin({ checkpointSeconds: 1e6 });
    await reach(run, 80);
    const decisions = (bytes: Uint8Array): number => decodeCheckpoint(bytes, "checkpoint").state.ppo.decisions;
    const running = await run.saveCheckpoint();
    expect(decisions(running)).toBeGreaterThanOrEqual(80);
    run.pause();
    await run.saveCheckpoint(); // of the rest
    const [resting, again] = await Promise.all([run.saveCheckpoint(), run.saveCheckpoint()]);
    expect(resting).toEqual(again);
    expect(decisions(resting)).toBeGreaterThanOrEqual(decisions(running));
    const saving = run.saveCheckpoint();
    const { decisions: last } = await run.stop();
    expect(decisions(await saving)).toBeLessThanOrEqual(last);
    expect(decisions(await run.saveCheckpoint())).toBe(last);
  });

  it("is still made when a worker dies that was asked for it", async () => {
    const { made, makeWorker } = crew();
    const run = teach(makeWorker, ENDLESS, { checkpointSeconds: 1e6 });
    const saving = run.saveCheckpoint();
    made[0].die("out of memory");
    expect(decodeCheckpoint(await saving, "checkpoint").state.ppo.decisions).toBeGreaterThan(0);
    await run.stop();
  });

  it("cannot be had of a run that failed before any", async () => {
    const run = begin({ checkpointSeconds: 1e6 }, SETTINGS, () => {
      throw new TrainingError("no world");
    });
    const saving = run.saveCheckpoint();
    await expect(saving).rejects.toThrow("no world");
    await expect(run.saveCheckpoint()).rejects.toThrow("no world");
  });
});

describe("A device that is lost in the middle of a run", () => {
  it("is replaced: the run says so, and learns what it would have learned anyway", async () => {
    const run = beginOn("webgpu", { webgpu: pretend("webgpu", { before: throwAt(LOST, 7) }).make });
    const said = notices(run);
    expect(await weights(run)).toEqual(await weights(begin({}, SETTINGS)));
    expect(said).toEqual([
      `teach: the run goes on from its last parameters on a new "webgpu" device, since "webgpu" failed: ${LOST.message}`,
    ]);
    expect(run.deviceReport).toMatchObject({ device: "webgpu", reason: `"webgpu" failed: ${LOST.message}` });
  });

  it("is left for WASM where there is no other", async () => {
    const gpu = pretend("webgpu", { before: throwAt(LOST, 7), making: throwAt(UNABLE, 1) });
    const run = beginOn("webgpu", { webgpu: gpu.make }, { checkpointSeconds: 0 });
    const said = notices(run);
    expect(await weights(run)).toEqual(await weights(begin({}, SETTINGS)));
    expect(said).toEqual([
      `teach: the run goes on from its last parameters on "wasm", since "webgpu" failed: ${LOST.message}`,
    ]);
    expect(run.device).toBe("wasm");
    expect(decodeCheckpoint(run.checkpoint!, "checkpoint").state.device).toBe("wasm");
  });
});

it("A limit for the GPU's time is refused unless it is above 0", () => {
  expect(() => begin({ longestSubmitMilliseconds: 0 })).toThrow(
    new ConfigurationError(
      "teach: longestSubmitMilliseconds needs a number above 0, came 0. Change it or leave it out.",
    ),
  );
});
