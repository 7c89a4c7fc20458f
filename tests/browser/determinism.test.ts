import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorker } from "../../scripts/start-worker.ts";
import { differingWeights, makeRun, type RepeatableRun } from "../learn/repeatable-run.ts";
import { openInChromium, openInFirefox, type RunningBrowser } from "./determinism-pages.ts";
import { hasFirefox } from "./harness-firefox.ts";

const WALK: RepeatableRun = { task: "walk", decisions: 4096, workers: 1 };
const MODULE = new URL("../fixtures/workers/task.worker.ts", import.meta.url);

let chromium: RunningBrowser;
let whole: number[];

beforeAll(async () => {
  chromium = await openInChromium();
  whole = await chromium.makeRun(WALK);
});
afterAll(() => chromium.close());

describe("A run in a worker of Chromium", () => {
  it("gives the same weights twice", async () => {
    expect(whole.length).toBeGreaterThan(8000);
    expect(differingWeights(await chromium.makeRun(WALK), whole)).toBe(0);
  });

  it("gives other weights for another number of decisions, so that the comparison can fail", async () => {
    const other = await chromium.makeRun({ ...WALK, decisions: 2048 });
    expect(differingWeights(other, whole)).toBeGreaterThan(8000);
  });

  it("gives the same weights after a checkpoint at half", async () => {
    expect(differingWeights(await chromium.makeRun({ ...WALK, inHalves: true }), whole)).toBe(0);
  });

  it("gives the same weights twice with two workers and shared memory", async () => {
    const run: RepeatableRun = { ...WALK, task: "cartpole", workers: 2 };
    expect(differingWeights(await chromium.makeRun(run), await chromium.makeRun(run))).toBe(0);
  });

  it("gives the weights that Node gives", async () => {
    expect(differingWeights(await makeRun(() => startWorker(MODULE), WALK), whole)).toBe(0);
  });
});

describe.skipIf(!hasFirefox())("A run in two workers of Firefox, without shared memory,", () => {
  it("gives the weights that Node gives with shared memory", async () => {
    const run: RepeatableRun = { ...WALK, workers: 2 };
    const firefox = await openInFirefox();
    const weights = await firefox.makeRun(run);
    await firefox.close();
    expect(differingWeights(weights, await makeRun(() => startWorker(MODULE), run))).toBe(0);
  });
});
