import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NetworkSpec } from "../../plugin/core/network-spec.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { launchChromium, openPage, serveSite, type Visit } from "./harness.ts";
import type { AgentRequest, Decided } from "./pages/camera.ts";
import type { ReadCounts } from "./pages/count-reads.ts";

const network: NetworkSpec = { hidden: [32, 16], activation: "tanh", sharedTrunk: false };

let browser: Browser;
let site: RunningServer;

beforeAll(async () => {
  browser = await launchChromium();
  site = await serveSite({ folder: "dist-test" });
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Three agents that look into different directions. */
function agentsWith(camera: AgentRequest["camera"] = {}): AgentRequest[] {
  return [0, Math.PI, 0.4].map((turned, index) => ({ camera, turned, numbers: [index, -0.5] }));
}

async function start(agents: readonly AgentRequest[]): Promise<Visit> {
  const visit = await openPage(browser, `${site.url}camera.html`);
  const error = await visit.page.evaluate((ask) => globalThis.cameraPage.start("webgpu", ask), agents);
  expect(error).toBeNull();
  return visit;
}

async function play({ page }: Visit, kind: "gpu" | "wasm", spec = network, greedy = true): Promise<Decided> {
  const error = await page.evaluate((ask) => globalThis.cameraPage.decideBy(...ask), [kind, spec, greedy] as const);
  expect(error).toBeNull();
  return goOn({ page });
}

async function goOn({ page }: Pick<Visit, "page">, frames = 20): Promise<Decided> {
  await page.evaluate((count) => globalThis.cameraPage.frames(count), frames);
  return page.evaluate(() => globalThis.cameraPage.decided());
}

async function finish({ page, close }: Visit): Promise<void> {
  expect(await page.evaluate(() => globalThis.cameraPage.errors())).toEqual([]);
  await close();
}

describe("A policy on the scene's GPU device", () => {
  const nature = [
    { filters: 8, size: 8, stride: 4 },
    { filters: 16, size: 4, stride: 2 },
    { filters: 16, size: 2, stride: 1 },
  ];
  it.each<[string, AgentRequest["camera"], NetworkSpec]>([
    ["in colour", {}, network],
    ["in grey, three pictures deep, not square", { width: 36, height: 40, channels: 1, stack: 3 }, network],
    [
      "with a shared trunk and three convolutions",
      { width: 44 },
      { ...network, sharedTrunk: true, convolutions: nature },
    ],
    ["with SiLU", { width: 12, channels: 1 }, { ...network, hidden: [24], activation: "silu" }],
  ])("decides as the WASM policy does, %s", async (_name, camera, spec) => {
    const visit = await start(agentsWith(camera));
    const gpu = await play(visit, "gpu", spec);
    const wasm = await play(visit, "wasm", spec);
    expect(gpu.actions).toHaveLength(3);
    gpu.actions.forEach(([number, choice], agent) => {
      expect(Math.abs(number - wasm.actions[agent][0])).toBeLessThan(1e-4);
      expect(choice).toBe(wasm.actions[agent][1]);
    });
    // They see different things, so they do different things.
    expect(new Set(gpu.actions.map(([number]) => number.toFixed(4))).size).toBe(3);
    await finish(visit);
  });

  it("decides as the WASM policy does, by two cameras and a picture that no camera makes", async () => {
    const visit = await start(agentsWith().map((agent) => ({ ...agent, seesMore: true })));
    const gpu = await play(visit, "gpu");
    const wasm = await play(visit, "wasm");
    gpu.actions.forEach(([number, choice], agent) => {
      expect(Math.abs(number - wasm.actions[agent][0])).toBeLessThan(1e-4);
      expect(choice).toBe(wasm.actions[agent][1]);
    });
    await finish(visit);
  });

  it("reads back 4 bytes per action value, by one readback for all agents, and waits for nothing", async () => {
    const visit = await start(agentsWith());
    await play(visit, "gpu");
    const count = (): Promise<ReadCounts> => visit.page.evaluate(() => globalThis.cameraPage.counts());
    const [before, began] = [await count(), await goOn(visit, 0)];
    const ended = await goOn(visit, 30);
    const after = await count();
    expect(ended.decisions - began.decisions).toBe(30);
    const { begun, left } = ended.rounds!;
    expect(begun + left).toBeGreaterThanOrEqual(30);
    const readbacks = after.readbacks - before.readbacks;
    expect(readbacks).toBeLessThanOrEqual(30);
    expect(readbacks).toBeGreaterThan(10);
    expect((after.bytes - before.bytes) / readbacks).toBe(3 * 2 * 4); // agents × values × bytes
    expect(after.waits).toBe(0);
    await finish(visit);
  });

  it("draws actions where it is not greedy, as often as their probabilities say", async () => {
    const visit = await start(agentsWith().slice(0, 1));
    await play(visit, "gpu", network, false);
    const gpu = (await goOn(visit, 220)).history.slice(-200);
    await play(visit, "wasm", network, false);
    const wasm = (await goOn(visit, 220)).history.slice(-200);
    const share = (history: number[][], choice: number): number =>
      history.filter((values) => values[1] === choice).length / history.length;
    // The standard deviation of a share of 200 draws is at most 0.035, that of a difference 0.05.
    for (const choice of [0, 1, 2]) expect(Math.abs(share(gpu, choice) - share(wasm, choice))).toBeLessThan(0.2);
    const moments = (history: number[][]): [number, number] => {
      const mean = history.reduce((sum, [value]) => sum + value, 0) / history.length;
      return [mean, Math.sqrt(history.reduce((sum, [value]) => sum + (value - mean) ** 2, 0) / history.length)];
    };
    const [[gpuMean, gpuSpread], [wasmMean, wasmSpread]] = [moments(gpu), moments(wasm)];
    expect(Math.abs(gpuMean - wasmMean)).toBeLessThan(0.4 * wasmSpread); // 4 standard deviations of the difference
    expect(gpuSpread / wasmSpread).toBeGreaterThan(0.75);
    expect(gpuSpread / wasmSpread).toBeLessThan(1.33);
    await finish(visit);
  });

  it("goes on after the device was destroyed while it played, and so do the scene and the pictures of others", async () => {
    const visit = await start(agentsWith());
    const before = await play(visit, "gpu");
    await visit.page.evaluate(() => globalThis.cameraPage.destroyWhilePlaying());
    const after = await goOn(visit, 40);
    expect(after.isReady).toBe(true);
    expect(after.decisions).toBeGreaterThan(before.decisions + 40);
    expect(after.rounds!.begun).toBeGreaterThan(before.rounds!.begun + 20);
    after.actions.forEach(([number, choice], agent) => {
      expect(Math.abs(number - before.actions[agent][0])).toBeLessThan(1e-4);
      expect(choice).toBe(before.actions[agent][1]);
    });
    // Pictures in ordinary memory come again too.
    const wasm = await play(visit, "wasm");
    expect(Math.abs(wasm.actions[0][0] - before.actions[0][0])).toBeLessThan(1e-4);
    await finish(visit);
  });

  it("says that it needs WebGPU", async () => {
    const visit = await openPage(browser, `${site.url}camera.html`);
    await visit.page.evaluate((ask) => globalThis.cameraPage.start("webgl2", ask), agentsWith());
    const message = await visit.page.evaluate((ask) => globalThis.cameraPage.decideBy("gpu", ask), network);
    expect(message).toBe(
      "GPU policy: needed a WebGPUEngine, came a WebGL engine. Make one where navigator.gpu is there; elsewhere use the WASM policy and learner, which need none.",
    );
    await visit.close();
  });
});
