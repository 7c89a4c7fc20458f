import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodePng } from "../../plugin/paint/png.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { launchChromium, openPage, serveSite, type Visit } from "./harness.ts";
import type { Hanging, PaintLook } from "./pages/paint-material.ts";

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

/** What the canvas shows. */
interface Shot {
  /** Red, green and blue at a point of the scene, 0 to 255. */
  at(x: number, y: number, z?: number): Promise<readonly number[]>;
}

async function shoot(page: Page): Promise<Shot> {
  await page.evaluate(() => globalThis.paintMaterialPage.settle());
  const { width, channels, pixels } = decodePng(await page.locator("canvas").screenshot());
  return {
    async at(x, y, z = 0) {
      const place = await page.evaluate((point) => globalThis.paintMaterialPage.place(...point), [x, y, z] as const);
      const pixel = channels * (Math.round(place.y) * width + Math.round(place.x));
      return [...pixels.subarray(pixel, pixel + 3)];
    },
  };
}

async function start(look: PaintLook): Promise<Visit> {
  const visit = await openPage(browser, `${site.url}paint-material.html`);
  await visit.page.evaluate((wanted) => globalThis.paintMaterialPage.start(wanted), look);
  return visit;
}

async function finish({ page, close }: Visit): Promise<void> {
  expect(await page.evaluate(() => globalThis.paintMaterialPage.errors())).toEqual([]);
  await close();
}

const hang = (page: Page, what: Hanging, parallax: "none" | "offset" | "occlusion" = "none"): Promise<void> =>
  page.evaluate((order) => globalThis.paintMaterialPage.hang(...order), [what, parallax] as const);
const shine = (page: Page, ...along: [number, number, number]): Promise<void> =>
  page.evaluate((direction) => globalThis.paintMaterialPage.shine(...direction), along);

const LOOKS: readonly PaintLook[] = [
  { wish: "webgl2", isRightHanded: false },
  { wish: "webgl2", isRightHanded: true },
  { wish: "webgpu", isRightHanded: false },
  { wish: "webgpu", isRightHanded: true },
];
const named = ({ wish, isRightHanded }: PaintLook): string => `${wish}, ${isRightHanded ? "right" : "left"}-handed`;

describe.each(LOOKS.map((look) => [named(look), look] as const))("A painted wall by %s", (_, look) => {
  let visit: Visit;
  let page: Page;

  beforeAll(async () => {
    visit = await start(look);
    ({ page } = visit);
  });

  afterAll(() => finish(visit));

  it("has its picture upright", async () => {
    await hang(page, "quarters");
    const shot = await shoot(page);
    // u runs along x: red is above at its start, green above at its end, blue below.
    const [red, green, blue] = [await shot.at(-0.5, 0.5), await shot.at(0.5, 0.5), await shot.at(-0.5, -0.5)];
    expect(red.indexOf(Math.max(...red))).toBe(0);
    expect(green.indexOf(Math.max(...green))).toBe(1);
    expect(blue.indexOf(Math.max(...blue))).toBe(2);
  });

  it("is bright where its bumps face the light", async () => {
    await hang(page, "dome");
    const r = 0.42;
    for (const [x, y] of [
      [1, 0],
      [0, 1],
    ]) {
      // prettier-ignore
      await shine(page, -x, -y, 0.6); // from that side, and from the front
      const shot = await shoot(page);
      const [lit] = await shot.at(r * x, r * y);
      const [unlit] = await shot.at(-r * x, -r * y);
      const [flat] = await shot.at(0.8, 0.8);
      expect(lit).toBeGreaterThan(flat);
      expect(unlit).toBeLessThan(flat - 60);
    }
  });

  it("lets parallax turn the near side of a block to the eye, and none of its far side", async () => {
    await shine(page, 0, 0, 1);
    await page.evaluate(() => globalThis.paintMaterialPage.look(-0.9, Math.PI / 2, 3)); // from +x
    const redness = async (parallax: "none" | "offset" | "occlusion", x: number): Promise<number> => {
      await hang(page, "block", parallax);
      const [red, green] = await (await shoot(page)).at(x, 0);
      return red - green;
    };
    // The red block ends at ±0.333. Offset draws its top farther from the eye; occlusion draws the top in its place, and the
    // side below it.
    expect(await redness("none", 0.29)).toBeGreaterThan(150);
    expect(await redness("offset", 0.29)).toBeLessThan(100);
    expect(await redness("offset", -0.29)).toBeGreaterThan(150);
    expect(await redness("none", 0.38)).toBeLessThan(20);
    expect(await redness("occlusion", 0.38)).toBeGreaterThan(40);
    expect(await redness("occlusion", -0.38)).toBeLessThan(20);
  });
});

describe.each(["webgl2", "webgpu"] as const)("A material that is painted in a worker, by %s", (wish) => {
  it("hangs on the wall with mipmaps, and is painted anew at another size without a leak", async () => {
    const visit = await start({ wish, isRightHanded: false });
    const { page } = visit;
    const paint = (order: object): Promise<string> =>
      page.evaluate((wanted) => globalThis.paintMaterialPage.paint("wall", wanted), order);
    expect(await paint({ material: "brick", seed: 2, size: 64 })).toBe("painted");
    await page.evaluate(() => globalThis.paintMaterialPage.settle());
    const before = await page.evaluate(() => globalThis.paintMaterialPage.textures());
    for (const size of [32, 128, 64]) {
      expect(await paint({ material: "brick", seed: 3, size })).toBe("painted");
      await page.evaluate(() => globalThis.paintMaterialPage.settle());
    }
    expect(await page.evaluate(() => globalThis.paintMaterialPage.textures())).toBe(before);
    expect(await paint({ material: "chocolate" })).toMatch(/^Painter|^proceduralMaterial|"chocolate"/);
    expect(await page.evaluate(() => globalThis.paintMaterialPage.textures())).toBe(before);
    await finish(visit);
  });

  it("comes back after the context was lost", async () => {
    const visit = await start({ wish, isRightHanded: false });
    const { page } = visit;
    await page.evaluate(() => globalThis.paintMaterialPage.paint("wall", { material: "brick", seed: 2, size: 64 }));
    await page.evaluate(() => globalThis.paintMaterialPage.settle());
    const before = await page.evaluate(() => globalThis.paintMaterialPage.meanColour());
    await page.evaluate(() => globalThis.paintMaterialPage.lose());
    expect(await page.evaluate(() => globalThis.paintMaterialPage.meanColour())).toEqual(before);
    await page.evaluate(() => globalThis.paintMaterialPage.settle());
    await finish(visit);
  });

  it("comes back from a scene file, pixels and recipe", async () => {
    const visit = await start({ wish, isRightHanded: false });
    const { page } = visit;
    await page.evaluate(() => globalThis.paintMaterialPage.paint("wall", { material: "brick", seed: 2, size: 64 }));
    const first = await page.evaluate(() => globalThis.paintMaterialPage.meanColour());
    for (const savedAs of ["image", "recipe"] as const) {
      const loaded = await page.evaluate((how) => globalThis.paintMaterialPage.reload(how), savedAs);
      expect(loaded).toEqual({ isPaintedAtOnce: savedAs === "image", mean: first });
    }
    await finish(visit);
  });
});
