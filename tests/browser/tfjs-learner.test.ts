import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTfjsPpoLearner } from "../../plugin/nets/ppo/tfjs-ppo-learner.ts";
import { largestDifference } from "../compute/oracle/agreement.ts";
import { loadTfjs } from "../compute/oracle/tfjs.ts";
import { PICTURE_CASES, pictureWork, type PictureCase } from "../nets/ppo/picture-cases.ts";
import { takeSteps, type Steps } from "../nets/ppo/take-steps.ts";
import type { PpoUpdateSettings } from "../../plugin/core/learner.ts";
import type { TfjsAnswer } from "./pages/tfjs-learner.worker.ts";
import { openTfjsPage, type TfjsPage } from "./tfjs-page.ts";

let page: TfjsPage;

beforeAll(async () => {
  await loadTfjs("cpu");
  page = await openTfjsPage();
});

afterAll(async () => {
  await page.close();
});

interface Pair {
  readonly gpu: TfjsAnswer & { readonly steps: Steps };
  readonly cpu: Steps;
}

async function both(one: PictureCase, rows: number, changes: Partial<PpoUpdateSettings> = {}): Promise<Pair> {
  const work = pictureWork(one, rows, changes);
  const gpu = await page.ask({ kind: "steps", role: one.role, network: one.network, ...work });
  const learner = await createTfjsPpoLearner(one.role, one.network, { backend: "cpu" });
  const cpu = await takeSteps(learner, work.parameters, work.batch, work.settings);
  learner.dispose();
  expect(gpu.uncaught).toEqual([]);
  return { gpu: { ...gpu, steps: gpu.steps! }, cpu };
}

describe("The tfjs learner on webgpu", () => {
  it.each(PICTURE_CASES.slice(2))(
    "agrees with cpu after 20 Adam steps, by one readback: $name",
    { timeout: 240_000 },
    async (one) => {
      const { gpu, cpu } = await both(one, 34, { minibatchSize: 8 }); // 4 epochs of 5 minibatches
      expect(gpu.steps.result.minibatches).toBe(20);
      expect(largestDifference(gpu.steps.state.parameters, cpu.state.parameters)).toBeLessThan(1e-5);
      expect(largestDifference(gpu.steps.state.firstMoments, cpu.state.firstMoments)).toBeLessThan(1e-5);
      expect(largestDifference(gpu.steps.state.secondMoments, cpu.state.secondMoments)).toBeLessThan(1e-5);
      for (const key of ["policyLoss", "valueLoss", "entropy", "approximateKl", "gradientNorm"] as const) {
        const difference = Math.abs(gpu.steps.result[key] - cpu.result[key]);
        expect(difference / (1 + Math.abs(cpu.result[key])), key).toBeLessThan(1e-4);
      }
      expect([gpu.leaked, gpu.calls!.readbacks]).toEqual([0, 1]);
    },
  );

  it("stops where the cpu does, and asks once an epoch", async () => {
    const { gpu, cpu } = await both(PICTURE_CASES[1], 24, { minibatchSize: 8, learningRate: 3e-3, targetKl: 3 });
    expect(cpu.result.stoppedEarly).toBe(true);
    expect(cpu.result.minibatches).toBeGreaterThan(0);
    expect([gpu.steps.result.stoppedEarly, gpu.steps.result.minibatches]).toEqual([true, cpu.result.minibatches]);
    expect(gpu.steps.state.steps).toBe(cpu.state.steps);
    expect(largestDifference(gpu.steps.state.parameters, cpu.state.parameters)).toBeLessThan(1e-5);
  });
});

describe("Adam on webgpu", () => {
  it.each([2, 6, 7, 13])("takes %i variables in two dispatches each at most, and reads nothing back", async (count) => {
    const sizes = Array.from({ length: count }, (_, i) => 5 + 90 * i);
    const { calls, leaked, uncaught } = await page.ask({ kind: "adam", sizes });
    expect(calls!.dispatches).toBe(count + Math.ceil(count / 6) + 1);
    expect(calls!.dispatches).toBeLessThanOrEqual(2 * count);
    expect([calls!.readbacks, leaked, uncaught]).toEqual([0, 0, []]);
  });
});
