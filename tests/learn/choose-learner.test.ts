import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createWasmPpoLearner } from "../../plugin/compute/wasm-ppo-learner.ts";
import { ConfigurationError, UnsupportedError } from "../../plugin/core/errors.ts";
import type { Device, PpoUpdateResult } from "../../plugin/core/learner.ts";
import { observationSpec } from "../../plugin/core/observation-spec.ts";
import { chooseLearner, type ChosenLearner } from "../../plugin/learn/choose-learner.ts";
import type { LearnerFactories } from "../../plugin/learn/learner-factories.ts";
import { measureLearner } from "../../plugin/learn/measure-learner.ts";
import type { PpoSettings } from "../../plugin/learn/ppo.ts";
import { NETWORK, SETTINGS, WALK } from "./local-run.ts";
import { pretend, throwAt, UNABLE } from "./pretended-learners.ts";

interface Wish {
  readonly device?: PpoSettings["device"];
  readonly before?: Device;
}

/** For 80 rows in minibatches of 40, 2 epochs: 4 minibatches. */
async function choose({ device, before }: Wish, factories: LearnerFactories = {}): Promise<ChosenLearner> {
  const settings = { ...SETTINGS, device };
  const shape = { role: WALK, settings, rows: 80, longestSubmitMilliseconds: Infinity };
  return chooseLearner({ ...shape, before: before ?? null }, factories);
}

const noWebGpu =
  "WebGPU PPO learner: needed WebGPU, came a place without it. Use the WASM learner, or hand in a GPUDevice.";

beforeEach(() => {
  // Only what waits for the time lets it pass, so a busy machine makes nobody slower.
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (now += 0.01));
});

afterEach(() => void vi.restoreAllMocks());

describe("A run learns", () => {
  it("on WASM, unless its settings say otherwise", async () => {
    const { learner, report } = await choose({});
    expect(learner.device).toBe("wasm");
    expect(report).toEqual({ device: "wasm", asked: null, reason: "the default for numbers", candidates: [] });
  });

  it("from pictures with TensorFlow.js, unless its settings say otherwise", async () => {
    const images = [{ label: "sight", height: 8, width: 8, channels: 1 }];
    const role = { ...WALK, observation: observationSpec({ images }) };
    const request = { role, settings: SETTINGS, rows: 80, longestSubmitMilliseconds: Infinity, before: null };
    const { make } = pretend("tfjs"); // of numbers, which is enough to see who is asked
    const { report } = await chooseLearner(request, { tfjs: (_, network, options) => make(WALK, network, options) });
    expect(report).toEqual({ device: "tfjs", asked: null, reason: "the default for pictures", candidates: [] });
  });

  it("where its settings say", async () => {
    const { learner, report } = await choose({ device: "webgpu" }, { webgpu: pretend("webgpu").make });
    expect(learner.device).toBe("webgpu");
    expect(report).toEqual({ device: "webgpu", asked: "webgpu", reason: "as the settings say", candidates: [] });
  });

  it.each<Wish["device"]>([undefined, "wasm", "auto"])(
    "where it has learned before, if it goes on and its settings say %s",
    async (device) => {
      const { learner, report } = await choose({ device, before: "webgpu" }, { webgpu: pretend("webgpu").make });
      expect(learner.device).toBe("webgpu");
      expect(report).toMatchObject({ device: "webgpu", reason: "as in the checkpoint", candidates: [] });
    },
  );

  it.each([
    ["webgpu", noWebGpu],
    [
      "tfjs",
      'Device "tfjs": needed a worker that brings its learner along, came one without. Serve the lesson with serveLesson or serveEnvironment.',
    ],
  ] as const)("nowhere if its settings say %s and that cannot be had", async (device, refusal) => {
    const error = `teach: needed a learner on "${device}", came the refusal "${refusal}".`;
    await expect(choose({ device })).rejects.toThrow(
      new UnsupportedError(`${error} Leave device out, or take "auto".`),
    );
    await expect(choose({ before: device })).rejects.toThrow(
      new UnsupportedError(`${error} Resume with device "auto".`),
    );
  });
});

describe('With device "auto", a run learns', () => {
  it("on the only device that can be had, and says what is wrong with the others", async () => {
    const { learner, report } = await choose({ device: "auto" });
    expect(learner.device).toBe("wasm");
    const tfjs = "fused kernels take this network, and loading TensorFlow.js lasts longer than it could save";
    expect(report.candidates.map(({ device, milliseconds, reason }) => ({ device, milliseconds, reason }))).toEqual([
      { device: "webgpu", milliseconds: null, reason: noWebGpu },
      { device: "tfjs", milliseconds: null, reason: tfjs },
      { device: "wasm", milliseconds: null, reason: null },
    ]);
    expect(report.reason).toBe(`"wasm" is the only one, not "webgpu" (${noWebGpu.slice(0, -1)}), not "tfjs" (${tfjs})`);
  });

  it.each<[fast: Device, slow: Device]>([
    ["wasm", "webgpu"],
    ["webgpu", "wasm"],
  ])("on the fastest: %s, if %s takes longer", async (fast, slow) => {
    const slowed = pretend(slow, { slow: 5 });
    const quick = pretend(fast);
    const { learner, report } = await choose({ device: "auto" }, { [slow]: slowed.make, [fast]: quick.make });
    expect([learner.device, report.device]).toEqual([fast, fast]);
    const time = (device: Device): number =>
      report.candidates.find((candidate) => candidate.device === device)!.milliseconds!;
    expect(time(slow)).toBeGreaterThan(15); // 4 minibatches of 5 ms
    expect(time(fast)).toBeLessThan(time(slow));
    expect(report.reason).toMatch(
      new RegExp(`^"${fast}" takes [\\d.]+ ms an update, "${slow}" \\d+ ms, not "tfjs" \\(.*\\)$`),
    );
    expect(slowed.disposed).toEqual(slowed.made);
    expect(quick.made.length - quick.disposed.length).toBe(1);
  });

  it("without trying a slow one for longer than its share of 240 ms", async () => {
    let updates = 0;
    const slow = pretend("webgpu", { slow: 50, before: () => (updates += 1) });
    const settings = { ...SETTINGS, device: "auto" as const };
    const shape = { role: WALK, settings, rows: 4000, longestSubmitMilliseconds: Infinity, before: null };
    const { learner } = await chooseLearner(shape, { webgpu: slow.make });
    expect(learner.device).toBe("wasm");
    expect(updates).toBeLessThanOrEqual(3); // one minibatch each: after 150 ms nothing more is begun
  });

  it("from the same parameters as if nothing had been measured", async () => {
    const { make } = pretend("wasm", { slow: 2 });
    const { learner } = await choose({ device: "auto" }, { wasm: make, webgpu: pretend("webgpu").make });
    expect(learner.device).toBe("webgpu");
    expect(await learner.readState()).toEqual(await (await createWasmPpoLearner(WALK, NETWORK)).readState());
  });

  it("not where something else is computed, however fast", async () => {
    const { make } = pretend("wasm", { slow: 2 });
    const other = pretend("webgpu", { exaggeration: 1.01 });
    const { learner, report } = await choose({ device: "auto" }, { wasm: make, webgpu: other.make });
    expect(learner.device).toBe("wasm");
    expect(report.reason).toMatch(/not "webgpu" \(its valueLoss is [\d.]+, and another's [\d.]+\)/);
    expect(other.disposed).toEqual(other.made);
  });

  it("not where measuring fails", async () => {
    const unable = pretend("webgpu", { before: throwAt(UNABLE, 1) });
    const { learner, report } = await choose({ device: "auto" }, { webgpu: unable.make });
    expect(learner.device).toBe("wasm");
    expect(report.candidates.find(({ device }) => device === "webgpu")!.reason).toBe(UNABLE.message);
    expect(unable.disposed).toEqual(unable.made);
  });

  it("elsewhere, if where it has learned before cannot be had any more", async () => {
    const { learner, report } = await choose({ device: "auto", before: "webgpu" });
    expect(learner.device).toBe("wasm");
    expect(report.reason).toContain(`not "webgpu" (${noWebGpu.slice(0, -1)})`);
  });

  it("nowhere if no device can be had", async () => {
    const refuse = (): never => {
      throw UNABLE;
    };
    await expect(choose({ device: "auto" }, { wasm: refuse, webgpu: refuse, tfjs: refuse })).rejects.toThrow(
      new UnsupportedError(
        `teach: needed a device that can learn this, came none: ${(["wasm", "webgpu", "tfjs"] as const).map((device) => `not "${device}" (${UNABLE.message.slice(0, -1)})`).join(", ")}. Change the network or the browser.`,
      ),
    );
  });

  it("nowhere if the network cannot be", async () => {
    const network = { ...NETWORK, hidden: [0] };
    const settings = { ...SETTINGS, device: "auto" as const, network };
    const shape = { role: WALK, settings, rows: 80, longestSubmitMilliseconds: Infinity, before: null };
    await expect(chooseLearner(shape)).rejects.toThrow(ConfigurationError);
  });
});

describe("Measuring a learner", () => {
  /** Takes 30 ms for an update, and 1 ms for each of its minibatches; notes how many rows each update had. */
  async function measure(rows: number, budget: number): Promise<{ milliseconds: number; counts: number[] }> {
    const learner = await createWasmPpoLearner(WALK, NETWORK);
    const counts: number[] = [];
    const original = learner.update.bind(learner);
    learner.update = (batch, settings) => {
      counts.push(batch.count);
      const result = original(batch, settings) as PpoUpdateResult;
      const end = performance.now() + 30 + result.minibatches;
      while (performance.now() < end);
      return result;
    };
    const { milliseconds } = await measureLearner(learner, { role: WALK, settings: SETTINGS, rows }, budget);
    return { milliseconds, counts };
  }

  it("tells what an update costs by itself from what its minibatches cost", async () => {
    // 400 rows are 10 minibatches of 40, 2 epochs of them 20: 30 + 20 × 1 = 50 ms. By the first one alone: 20 × 31 = 620 ms.
    const { milliseconds, counts } = await measure(400, 1000);
    expect(milliseconds).toBeGreaterThan(45);
    expect(milliseconds).toBeLessThan(100);
    expect(counts).toEqual([40, 40, 40, 40, 400, 400, 400]);
  });

  it("tries one minibatch at least, and begins nothing when its time is over", async () => {
    const { milliseconds, counts } = await measure(400, 1);
    expect(milliseconds).toBeGreaterThan(600);
    expect(counts).toEqual([40]);
  });

  it("takes the only, smaller minibatch of a small rollout", async () => {
    expect((await measure(30, 1)).counts).toEqual([30]);
  });
});
