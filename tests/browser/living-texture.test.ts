import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../scripts/static-server.ts";
import type { Dab } from "../../plugin/paint/automata/dab.ts";
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

type Wish = "webgpu" | "webgl2";

async function start(wish: Wish, begin: "everywhere" | "bare" = "everywhere"): Promise<Visit> {
  const visit = await openPage(browser, `${site.url}living.html`);
  await visit.page.evaluate((order) => globalThis.livingPage.start(...order), [wish, { start: begin }] as const);
  return visit;
}

async function finish({ page, close }: Visit): Promise<void> {
  expect(await page.evaluate(() => globalThis.livingPage.errors())).toEqual([]);
  await close();
}

const DABS: readonly Dab[] = [
  { kind: "erase", across: 0.3, down: 0.4, radius: 0.2 },
  { kind: "graft", across: 0.8, down: 0.1, radius: 0.3, share: 0.5 },
  { kind: "graft", across: 0.5, down: 0.6, radius: 0.2, share: 1 },
  { kind: "seed", across: 0.1, down: 0.9, radius: 0.1 },
];

describe.each(["webgpu", "webgl2"] as const)("A living texture on %s", (wish) => {
  it("has the numbers of a cell field to 1e-5, with the brush and two species", async () => {
    const visit = await start(wish);
    const difference = await visit.page.evaluate((dabs) => globalThis.livingPage.beside(12, dabs), DABS);
    expect(difference).toBeLessThan(1e-5);
    await finish(visit);
  });

  it("shows its colours the right way up, and heals where it was erased", async () => {
    const visit = await start(wish);
    const { page } = visit;
    await page.evaluate(() => globalThis.livingPage.grow(8));
    await page.evaluate(() => globalThis.livingPage.dab("erase", 0.5, 0.25, 0.2));
    expect((await page.evaluate(() => globalThis.livingPage.look())).living).toBeLessThan(0.9);
    const { baked, shown } = await page.evaluate(() => globalThis.livingPage.bake());
    let furthest = 0;
    for (let i = 0; i < baked.length; i++) {
      const [row, column] = [Math.floor(i / (3 * 64)), Math.floor(i / 3) % 64];
      furthest = Math.max(furthest, Math.abs(255 * baked[i] - shown[((63 - row) * 64 + column) * 4 + (i % 3)]));
    }
    expect(furthest).toBeLessThanOrEqual(1.5);
    await page.evaluate(() => globalThis.livingPage.grow(40));
    expect((await page.evaluate(() => globalThis.livingPage.look())).living).toBe(1);
    await finish(visit);
  });

  it("that is bare grows from where it was sown, and takes a graft", async () => {
    const visit = await start(wish, "bare");
    const { page } = visit;
    await page.evaluate(() => globalThis.livingPage.grow(8));
    expect((await page.evaluate(() => globalThis.livingPage.look())).living).toBe(0);
    await page.evaluate(() => globalThis.livingPage.dab("sow", 0.5, 0.5, 0.05));
    await page.evaluate(() => globalThis.livingPage.dab("graft", 0.5, 0.5, 0.3));
    await page.evaluate(() => globalThis.livingPage.grow(16));
    const { living, grafted } = await page.evaluate(() => globalThis.livingPage.look());
    expect(living).toBeGreaterThan(0.02);
    // A disc of 0.3: π · 0.09 = 0.28 of the square.
    expect(grafted).toBeCloseTo(0.28, 1);
    await finish(visit);
  });

  it("goes back to before the brush and forth again, for 64 bytes a cell that are freed", async () => {
    const visit = await start(wish);
    const { page } = visit;
    const counts = () => page.evaluate(() => globalThis.livingPage.counts());
    // The engine makes what it needs for a frame during the first few.
    for (let i = 0; i < 5; i++) await page.evaluate(() => globalThis.livingPage.grow(4));
    const before = await counts();
    const { touched, ...exact } = await page.evaluate(() => globalThis.livingPage.thereAndBack());
    // On WebGPU, 16 bytes behind the cells hold the number of the step.
    const bytes = 64 * 64 * 64 + (wish === "webgpu" ? 16 : 0);
    expect(exact).toEqual({ back: 0, forth: 0, bytes });
    expect(touched).toBeGreaterThan(0.1);
    const after = await counts();
    for (const kept of ["webgpu", "glTextures", "glBuffers", "cached"] as const) {
      expect([kept, after[kept]]).toEqual([kept, before[kept]]);
    }
    await finish(visit);
  });

  it("allocates nothing on the GPU for steps, and reads nothing back", async () => {
    const visit = await start(wish);
    const { page } = visit;
    const counts = () => page.evaluate(() => globalThis.livingPage.counts());
    // The engine makes what it needs for a frame during the first few.
    for (let i = 0; i < 5; i++) await page.evaluate(() => globalThis.livingPage.grow(4));
    const before = await counts();
    for (let i = 0; i < 5; i++) await page.evaluate(() => globalThis.livingPage.grow(4));
    const after = await counts();
    expect(after.steps - before.steps).toBe(20);
    if (wish === "webgpu") expect(after.calls.dispatches - before.calls.dispatches).toBe(20);
    expect(after.calls.readbacks).toBe(before.calls.readbacks);
    for (const kept of ["webgpu", "glTextures", "glBuffers", "cached", "textureUploads"] as const) {
      expect([kept, after[kept]]).toEqual([kept, before[kept]]);
    }
    await finish(visit);
  });

  it("is baked, saved, resized, and comes back after a lost context", async () => {
    const visit = await start(wish);
    const { page } = visit;
    expect(await page.evaluate(() => globalThis.livingPage.bakeMaterial())).toBe("64 NeuralTexture");
    // The species in a scene file has 16 bits a weight.
    expect(await page.evaluate(() => globalThis.livingPage.saveAndLoad(5))).toBeLessThan(1e-3);
    expect(await page.evaluate(() => globalThis.livingPage.resize(32))).toBe(32);
    expect(await page.evaluate(() => globalThis.livingPage.lose())).toBe(3);
    expect((await page.evaluate(() => globalThis.livingPage.look())).living).toBe(1);
    await page.evaluate(() => globalThis.livingPage.dispose());
    await finish(visit);
  });
});
