import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../scripts/static-server.ts";
import { fitShortly, teachShortly, type ShortLesson } from "../nets/short-lessons.ts";
import { launchChromium, openPage, serveSite } from "./harness.ts";
import type { GpuLesson } from "./pages/net-lessons.ts";

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

/** A hundred shaders are compiled, and there is no GPU. */
const PATIENCE = 1_200_000;
/** Of losses around 1: the GPU adds in another order, and equal ranks may fall otherwise. */
const LOSS = 1e-3;

async function onGpu(kind: "automaton" | "fit"): Promise<GpuLesson> {
  const { page, close } = await openPage(browser, `${site.url}net-lessons.html`);
  await page.waitForFunction("'lessonPage' in globalThis");
  const lesson = await page.evaluate((asked) => globalThis.lessonPage.teach(asked), kind);
  await close();
  return lesson;
}

function expectAlike(gpu: GpuLesson, wasm: ShortLesson, far: number): void {
  expect(gpu).toMatchObject({ backend: "webgpu", uncaught: [], left: 0 });
  expect(gpu.dispatches).toBeGreaterThan(0);
  expect(gpu.losses.length).toBe(wasm.losses.length);
  gpu.losses.forEach((loss, i) => expect(Math.abs(loss - wasm.losses[i]), `loss ${i}`).toBeLessThan(LOSS));
  const furthest = gpu.numbers.map((number, i) => Math.abs(number - wasm.numbers[i]));
  expect(Math.max(...furthest)).toBeLessThan(far);
}

describe("On webgpu, three steps come to what they come to on wasm", { timeout: PATIENCE }, () => {
  it("of a living texture's lesson", async () => {
    // Each step moves a number by some 5e-5 at most: the rate, 0.002, is a twentieth of itself in the first steps.
    expectAlike(await onGpu("automaton"), await teachShortly("wasm"), 2e-4);
  });

  it("of an imaginer's fit", async () => {
    expectAlike(await onGpu("fit"), await fitShortly("wasm"), 1e-2);
  });
});
