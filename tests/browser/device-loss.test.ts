import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../scripts/static-server.ts";
import { differingWeights } from "../learn/repeatable-run.ts";
import { launchChromium, openPage, serveSite, type Visit } from "./harness.ts";
import type { LossOutcome, LossRequest } from "./pages/device-loss.ts";

let browser: Browser;
let site: RunningServer;
let visit: Visit;
/** What a run learns on the GPU when nothing happens to it. */
let undisturbed: LossOutcome;

beforeAll(async () => {
  browser = await launchChromium();
  site = await serveSite({ folder: "dist-test" });
  visit = await openPage(browser, `${site.url}device-loss.html`);
  undisturbed = await teachAndLose({ device: "webgpu" });
});

afterAll(async () => {
  await visit.close();
  await browser.close();
  await site.close();
});

function teachAndLose(request: LossRequest): Promise<LossOutcome> {
  return visit.page.evaluate((asked) => globalThis.teachAndLose(asked), request);
}

const LOST = `since "webgpu" failed: WebGPU PPO learner: needed its GPU device, came the news that it is lost (destroyed`;

/** How far any weight is from that of the run that nothing happened to. */
function furthest(weights: readonly number[]): number {
  return Math.max(...weights.map((weight, i) => Math.abs(weight - undisturbed.weights[i])));
}

/** A run's notices without what the browser says about the loss in its own words. */
function beginnings(notices: readonly string[]): string[] {
  return notices.map((notice) => notice.replace(/\(destroyed.*$/s, "(destroyed"));
}

describe("A run on the GPU", () => {
  it("learns in a worker without any notice", () => {
    expect(undisturbed).toMatchObject({ decisions: 640, notices: [] });
    expect(undisturbed.report).toMatchObject({ device: "webgpu", reason: "as the settings say" });
  });

  it("learns the same to the last bit in one submit for each update", async () => {
    const whole = await teachAndLose({ device: "webgpu", options: { longestSubmitMilliseconds: Infinity } });
    expect(differingWeights(whole.weights, undisturbed.weights)).toBe(0);
  });

  it("goes on with a new device whenever its device is destroyed, between updates and within, as if nothing had happened", async () => {
    // Step 50 belongs to the third rollout. Each submit holds one minibatch, so that the 18th lies in the fifth update.
    const options = { longestSubmitMilliseconds: 1e-6 };
    const run = await teachAndLose({ device: "webgpu", losses: { steps: [50], submits: [17] }, options });
    expect(beginnings(run.notices)).toEqual(
      Array(2).fill(`teach: the run goes on from its last parameters on a new "webgpu" device, ${LOST}`),
    );
    expect(run).toMatchObject({ decisions: 640, report: { device: "webgpu" } });
    expect(differingWeights(run.weights, undisturbed.weights)).toBe(0);
  });

  it("goes on with WASM where no new device can be had", async () => {
    const run = await teachAndLose({ device: "webgpu", losses: { submits: [5], forGood: true } });
    expect(beginnings(run.notices)).toEqual([`teach: the run goes on from its last parameters on "wasm", ${LOST}`]);
    expect(run).toMatchObject({ decisions: 640, report: { device: "wasm" } });
    expect(furthest(run.weights)).toBeLessThan(1e-2);
  });
});

describe("A run with TensorFlow.js on the GPU", () => {
  const lost = 'since "tfjs" failed: tfjs PPO learner: needed its GPU device, came the news that it is lost (destroyed';

  it("goes on with a new device when its device is destroyed, and learns about the same", async () => {
    // Step 50 belongs to the third rollout.
    const run = await teachAndLose({ device: "tfjs", losses: { steps: [50] } });
    expect(beginnings(run.notices)).toEqual([
      `teach: the run goes on from its last parameters on a new "tfjs" device, ${lost}`,
    ]);
    expect(run).toMatchObject({ decisions: 640, report: { device: "tfjs" } });
    expect(furthest(run.weights)).toBeLessThan(1e-2);
  });

  it("goes on with our own kernels where no new device can be had", async () => {
    const run = await teachAndLose({ device: "tfjs", losses: { steps: [50], forGood: true } });
    expect(beginnings(run.notices)).toEqual([`teach: the run goes on from its last parameters on "wasm", ${lost}`]);
    expect(run).toMatchObject({ decisions: 640, report: { device: "wasm" } });
    expect(furthest(run.weights)).toBeLessThan(1e-2);
  });
});

it('With device "auto", a run measures WASM and the GPU, both of which compute the same', async () => {
  const { decisions, report, notices } = await teachAndLose({ device: "auto" });
  expect(decisions).toBe(640);
  const measured = report.candidates.filter(({ milliseconds }) => milliseconds !== null);
  expect(measured.map(({ device }) => device)).toEqual(["wasm", "webgpu"]);
  for (const { milliseconds } of measured) expect(milliseconds).toBeGreaterThan(0);
  expect(report).toMatchObject({ asked: "auto" });
  expect(measured.find(({ device }) => device === report.device)!.milliseconds).toBe(
    Math.min(...measured.map(({ milliseconds }) => milliseconds!)),
  );
  expect(notices).toEqual([`teach: learns on "${report.device}": ${report.reason}.`]);
});
