import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../scripts/static-server.ts";
import { launchChromium, openPage, serveSite, type Visit } from "./harness.ts";

let browser: Browser;
let site: RunningServer;
let weights: number[];

/** What a camera at night sees of the page's scene, which is mostly black. */
const NOISE = { electrons: 40 };
/** The first frame compiles a dozen shaders, and there is no GPU. */
const PATIENCE = 1_200_000;

beforeAll(async () => {
  weights = [...(await readFile(new URL("../../models/grain/grain.bnw", import.meta.url)))];
  browser = await launchChromium();
  site = await serveSite({ folder: "dist-test" });
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

async function start(wish: "webgpu" | "webgl2"): Promise<Visit> {
  const visit = await openPage(browser, `${site.url}grain.html`);
  await visit.page.evaluate((order) => globalThis.grainPage.start(...order), [wish, weights, NOISE] as const);
  return visit;
}

/** What is shown after two more frames. */
async function shown({ page }: Visit): Promise<number[]> {
  await page.evaluate(() => globalThis.grainPage.frames(2));
  return page.evaluate(() => globalThis.grainPage.shown());
}

/** Mean squared difference of colours, in bytes, of columns from `from` on and before `to`; pages draw 92 of them. */
function difference(a: readonly number[], b: readonly number[], from = 0, to = 92): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const column = Math.floor(i / 4) % 92;
    if (i % 4 === 3 || column < from || column >= to) continue;
    sum += (a[i] - b[i]) ** 2;
    count += 1;
  }
  return sum / count;
}

describe("Frames of a dim camera", () => {
  it("are cleaned on the GPU, nothing is read back, and nothing is left behind", { timeout: PATIENCE }, async () => {
    const visit = await start("webgpu");
    const { page } = visit;
    const noisy = await shown(visit);
    expect(difference(noisy, await shown(visit))).toBeGreaterThan(0); // new noise each frame
    await page.evaluate(() => globalThis.grainPage.setNoise(false));
    const clean = await shown(visit);
    await page.evaluate(() => globalThis.grainPage.setNoise(true));
    const before = await page.evaluate(() => globalThis.grainPage.counts());

    expect(await page.evaluate((noise) => globalThis.grainPage.clean(noise), NOISE)).toBe(null);
    const cleaned = await shown(visit);
    // At least 3 decibels: half of the noise's power.
    expect(difference(clean, cleaned)).toBeLessThan(0.5 * difference(clean, noisy));

    await page.evaluate(() => globalThis.grainPage.set({ divider: 0.5 }));
    const divided = await shown(visit);
    const share = (from: number, to: number): number =>
      difference(clean, divided, from, to) / difference(clean, noisy, from, to);
    expect(share(0, 46)).toBeGreaterThan(0.8);
    expect(share(46, 92)).toBeLessThan(0.6);
    await page.evaluate(() => globalThis.grainPage.set({ divider: 0 }));

    await page.evaluate(() => globalThis.grainPage.frames(3));
    const first = await page.evaluate(() => globalThis.grainPage.counts());
    await page.evaluate(() => globalThis.grainPage.frames(50));
    const last = await page.evaluate(() => globalThis.grainPage.counts());
    expect(last.calls.dispatches - first.calls.dispatches).toBeGreaterThanOrEqual(50 * 17);
    expect(last.calls).toMatchObject({
      readbacks: first.calls.readbacks,
      bytesDown: first.calls.bytesDown,
      pipelines: first.calls.pipelines,
      buffers: first.calls.buffers,
    });
    expect([last.tensors, last.bytes, last.webgpu]).toEqual([first.tensors, first.bytes, first.webgpu]);

    // Another size and back: what was kept for frames of the other size is gone.
    await page.evaluate(() => globalThis.grainPage.resize(64, 40));
    await page.evaluate(() => globalThis.grainPage.resize(92, 60));
    await page.evaluate(() => globalThis.grainPage.frames(2));
    const resized = await page.evaluate(() => globalThis.grainPage.counts());
    expect(resized.tensors).toBe(first.tensors);
    expect(resized.webgpu.buffers).toBeLessThanOrEqual(first.webgpu.buffers);

    await page.evaluate(() => globalThis.grainPage.stop());
    await page.evaluate(() => globalThis.grainPage.frames(110)); // Babylon keeps textures of other sizes for 100 frames
    const after = await page.evaluate(() => globalThis.grainPage.counts());
    expect(after.tensors).toBe(before.tensors); // those of the weights, which are the cleaner's
    expect(after.webgpu.textures).toBeLessThanOrEqual(before.webgpu.textures);
    expect(await page.evaluate(() => globalThis.grainPage.errors())).toEqual([]);
    await visit.close();
  });

  it("stay as they are without WebGPU, which is said", async () => {
    const visit = await start("webgl2");
    const { page } = visit;
    const noisy = await shown(visit);
    await page.evaluate(() => globalThis.grainPage.setNoise(false));
    const clean = await shown(visit);
    await page.evaluate(() => globalThis.grainPage.setNoise(true));
    expect(await page.evaluate((noise) => globalThis.grainPage.clean(noise), NOISE)).toBe(
      'NeuralDenoise "clean": needed a GPU device that it shares with Babylon, came none. Clean single frames by FrameCleaner.clean, or use WebGPU.',
    );
    const shownNow = await shown(visit);
    expect(difference(clean, shownNow) / difference(clean, noisy)).toBeGreaterThan(0.8);
    await page.evaluate(() => globalThis.grainPage.stop());
    expect((await shown(visit)).length).toBe(4 * 92 * 60);
    await visit.close();
  });
});
