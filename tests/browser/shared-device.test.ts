import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../scripts/static-server.ts";
import { launchChromium, openPage, serveSite, type Visit } from "./harness.ts";

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

async function share(): Promise<Visit> {
  const visit = await openPage(browser, `${site.url}shared-device.html`);
  expect(await visit.page.evaluate(() => globalThis.sharedDevicePage.share("webgpu"))).toBeNull();
  return visit;
}

describe("One GPU device for Babylon and TensorFlow.js", () => {
  it("computes tensors on the engine's device, beside a scene that is drawn", async () => {
    const { page, close } = await share();
    expect(await page.evaluate(() => globalThis.sharedDevicePage.isSame())).toBe(true);
    await page.evaluate(() => globalThis.sharedDevicePage.frames(3));
    const values = await page.evaluate(() => globalThis.sharedDevicePage.square([[1, 2], [3, 4]])); // prettier-ignore
    expect(values).toEqual([7, 10, 15, 22]); // 1·1 + 2·3, 1·2 + 2·4, …
    await page.evaluate(() => globalThis.sharedDevicePage.frames(3));
    await close();
  });

  it("hands what Babylon computes to TensorFlow.js without a copy, in order", async () => {
    const { page, close } = await share();
    for (const factor of [3, 5]) {
      const values = await page.evaluate((by) => globalThis.sharedDevicePage.babylonToTensor(4, by), factor);
      expect(values).toEqual([0, 2 * factor, 4 * factor, 6 * factor]);
    }
    await close();
  });

  it("keeps variables when the device is lost, and computes with them on its successor", async () => {
    const { page, close } = await share();
    await page.evaluate(() => globalThis.sharedDevicePage.keep([1, 2, 3]));
    await page.evaluate(() => globalThis.sharedDevicePage.keep([4, 5, 6]));
    expect(await page.evaluate(() => globalThis.sharedDevicePage.doubled())).toEqual([8, 10, 12]);
    for (const times of [1, 2]) {
      const told = await page.evaluate(() => globalThis.sharedDevicePage.lose());
      expect(told).toEqual({ lost: times, restored: times });
      expect(await page.evaluate(() => globalThis.sharedDevicePage.isSame())).toBe(true);
      expect(await page.evaluate(() => globalThis.sharedDevicePage.doubled())).toEqual([8, 10, 12]);
      await page.evaluate(() => globalThis.sharedDevicePage.frames(3));
    }
    await close();
  });

  it("lends it to the WebGPU learner while the scene is drawn", async () => {
    const { page, close } = await share();
    const { moved, frames } = await page.evaluate(() => globalThis.sharedDevicePage.learnBeside());
    expect(moved).toBeGreaterThan(1e-4);
    expect(frames).toBeGreaterThan(0);
    await close();
  });

  it("can be disposed twice, and gives TensorFlow.js its own device back", async () => {
    const { page, close } = await share();
    await page.evaluate(() => globalThis.sharedDevicePage.keep([1, 2]));
    await page.evaluate(() => globalThis.sharedDevicePage.dispose());
    const values = await page.evaluate(async () => {
      await globalThis.sharedDevicePage.ready();
      return globalThis.sharedDevicePage.square([[2]]);
    });
    expect(values).toEqual([4]);
    expect(await page.evaluate(() => globalThis.sharedDevicePage.tensors())).toBe(0);
    expect(await page.evaluate(() => globalThis.sharedDevicePage.isSame())).toBe(false);
    await close();
  });

  it("is shared by one engine only", async () => {
    const { page, close } = await share();
    expect(await page.evaluate(() => globalThis.sharedDevicePage.shareAgain())).toBe(
      "shareDevice: needed the only engine that shares its device, came it twice. Dispose of the first sharing, or use it.",
    );
    await close();
  });

  it("needs WebGPU", async () => {
    const { page, close } = await openPage(browser, `${site.url}shared-device.html`);
    expect(await page.evaluate(() => globalThis.sharedDevicePage.share("webgl2"))).toBe(
      "shareDevice: needed a WebGPUEngine, came a WebGL engine. Make one where navigator.gpu is there; elsewhere use the WASM policy and learner, which need none.",
    );
    await close();
  });
});
