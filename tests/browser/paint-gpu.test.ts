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

async function start(wish: "webgpu" | "webgl2", network: "small" | "shipped" = "small"): Promise<Visit> {
  const visit = await openPage(browser, `${site.url}paint-gpu.html`);
  await visit.page.evaluate((order) => globalThis.paintGpuPage.start(...order), [wish, network] as const);
  return visit;
}

async function finish({ page, close }: Visit): Promise<void> {
  expect(await page.evaluate(() => globalThis.paintGpuPage.errors())).toEqual([]);
  await close();
}

const LOST =
  "needed its GPU device, came the news that it is lost. Await shared.ready and paint again; what is on the walls stays.";

describe("Tensors on the GPU that Babylon draws with", () => {
  it("become the same textures as on the CPU to 1/255, oblong tiles too", async () => {
    const visit = await start("webgpu");
    for (const [name, width, height] of [
      ["brick", 96, 64],
      ["metalPlate", 40, 72],
    ] as const) {
      // prettier-ignore
      const differences = await visit.page.evaluate((order) => globalThis.paintGpuPage.hangTensors(...order), [name, width, height] as const); // prettier-ignore
      expect(typeof differences).toBe("object");
      for (const difference of Object.values(differences)) expect(difference).toBeLessThanOrEqual(1);
    }
    await finish(visit);
  });

  it("are not read back, and leave nothing behind", async () => {
    const visit = await start("webgpu");
    const { page } = visit;
    const paint = async (): Promise<void> => {
      expect(await page.evaluate(() => globalThis.paintGpuPage.paint(64))).toBe("painted");
      await page.evaluate(() => globalThis.paintGpuPage.frames(2));
    };
    for (let i = 0; i < 3; i++) await paint();
    const before = await page.evaluate(() => globalThis.paintGpuPage.counts());
    for (let i = 0; i < 6; i++) await paint();
    const after = await page.evaluate(() => globalThis.paintGpuPage.counts());
    expect(after.calls.dispatches).toBeGreaterThan(before.calls.dispatches);
    expect(after.calls).toMatchObject({ readbacks: before.calls.readbacks, bytesDown: before.calls.bytesDown });
    expect(after.textureUploads).toBe(before.textureUploads);
    for (const kept of ["tensors", "textures", "cached", "materials", "webgpu"] as const) {
      expect([kept, after[kept]]).toEqual([kept, before[kept]]);
    }
    await finish(visit);
  });

  it("of the kind of network that is shipped are not read back, either", async () => {
    const visit = await start("webgpu", "shipped");
    const { page } = visit;
    const before = await page.evaluate(() => globalThis.paintGpuPage.counts());
    expect(await page.evaluate(() => globalThis.paintGpuPage.paint(64))).toBe("painted");
    const after = await page.evaluate(() => globalThis.paintGpuPage.counts());
    expect(after.calls.dispatches - before.calls.dispatches).toBeGreaterThan(50);
    expect(after.calls).toMatchObject({ readbacks: 0, bytesDown: 0 });
    expect(after.tensors).toBe(before.tensors);
    expect(await page.evaluate(() => globalThis.paintGpuPage.isPainted())).toBe(true);
    await finish(visit);
  });

  it("of a painting that is cancelled are gone, and the wall stays as it was", async () => {
    const visit = await start("webgpu");
    const { page } = visit;
    await page.evaluate(() => globalThis.paintGpuPage.paint(64));
    await page.evaluate(() => globalThis.paintGpuPage.frames(2));
    const before = await page.evaluate(() => globalThis.paintGpuPage.counts());
    const colours = await page.evaluate(() => globalThis.paintGpuPage.colours());
    for (const moment of ["now", "soon", "late"] as const) {
      const message = await page.evaluate((when) => globalThis.paintGpuPage.paint(48, when), moment);
      expect(message).toBe("Stopped.");
      await page.evaluate(() => globalThis.paintGpuPage.frames(2));
    }
    const after = await page.evaluate(() => globalThis.paintGpuPage.counts());
    for (const kept of ["tensors", "textures", "cached", "materials"] as const) {
      expect([kept, after[kept]]).toEqual([kept, before[kept]]);
    }
    expect(await page.evaluate(() => globalThis.paintGpuPage.colours())).toEqual(colours);
    await finish(visit);
  });

  it("are painted again by themselves after the device was lost", async () => {
    const visit = await start("webgpu");
    const { page } = visit;
    await page.evaluate(() => globalThis.paintGpuPage.paint(64));
    const colours = await page.evaluate(() => globalThis.paintGpuPage.colours());
    await page.evaluate(() => globalThis.paintGpuPage.lose());
    await page.evaluate(() => globalThis.paintGpuPage.repainted());
    expect(await page.evaluate(() => globalThis.paintGpuPage.failures())).toEqual([]);
    expect(await page.evaluate(() => globalThis.paintGpuPage.colours())).toEqual(colours);
    await page.evaluate(() => globalThis.paintGpuPage.frames(3));
    await finish(visit);
  });

  it("outlive a lost device as copies where they were kept", async () => {
    const visit = await start("webgpu");
    const { page } = visit;
    await page.evaluate(() => globalThis.paintGpuPage.hangTensors("brick", 64, 64));
    await page.evaluate(() => globalThis.paintGpuPage.keep());
    const colours = await page.evaluate(() => globalThis.paintGpuPage.colours());
    await page.evaluate(() => globalThis.paintGpuPage.lose());
    expect(await page.evaluate(() => globalThis.paintGpuPage.isPainted())).toBe(true);
    expect(await page.evaluate(() => globalThis.paintGpuPage.colours())).toEqual(colours);
    await finish(visit);
  });

  it("show a plain colour and say so where nobody can bring them back", async () => {
    const visit = await start("webgpu");
    const { page } = visit;
    await page.evaluate(() => globalThis.paintGpuPage.hangTensors("brick", 64, 64));
    await page.evaluate(() => globalThis.paintGpuPage.lose());
    expect(await page.evaluate(() => globalThis.paintGpuPage.isPainted())).toBe(false);
    expect((await page.evaluate(() => globalThis.paintGpuPage.failures()))[0]).toBe(
      'NeuralTexture "brick albedo": needed a recipe or a copy in memory after the GPU was lost, came neither. Call keep() after painting on the GPU.',
    );
    await finish(visit);
  });

  it("fail to be painted while the device is lost, with the news of it", async () => {
    const visit = await start("webgpu");
    const { page } = visit;
    await page.evaluate(() => globalThis.paintGpuPage.paint(64));
    const message = await page.evaluate(() => globalThis.paintGpuPage.paintWhileLost(64));
    expect(message).toBe(`paintMaterialOnGpu "wall": ${LOST}`);
    await page.evaluate(() => globalThis.paintGpuPage.repainted());
    expect(await page.evaluate(() => globalThis.paintGpuPage.isPainted())).toBe(true);
    await page.evaluate(() => globalThis.paintGpuPage.frames(3));
    await finish(visit);
  });
});

describe("Tensors beside WebGL2", () => {
  it("become the same textures by one upload each", async () => {
    const visit = await start("webgl2");
    const differences = await visit.page.evaluate(() => globalThis.paintGpuPage.hangTensors("brick", 96, 64));
    expect(differences).toEqual({ albedo: 0, normal: 0, orm: 0 });
    await finish(visit);
  });
});
