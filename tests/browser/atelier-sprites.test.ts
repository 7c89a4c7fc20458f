import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodePng } from "../../plugin/paint.ts";
import type { AtelierHook, SpritingHook } from "../../sample-game/atelier/view/atelier-hook.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { controlsCutOff, drop, pebblePng, toastsOn } from "./atelier-page.ts";
import { gameUrl, PATIENCE } from "./game-page.ts";
import { launchChromium, openPage, serveSite, type Visit, type VisitOptions } from "./harness.ts";
import { violations } from "./studio-page.ts";

let browser: Browser;
let site: RunningServer;

beforeAll(async () => {
  browser = await launchChromium();
  site = await serveSite();
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

const SHEET = '[data-test="sprite-sheet"]';
const CODES = '[data-test="sprite-codes"]';

/** Opens the Atelier; the material that it begins with may still be painted. */
async function openAtelier(options: VisitOptions): Promise<Visit> {
  const visit = await openPage(browser, gameUrl(site.url, "&room=atelier&renderer=webgl2"), options);
  visit.page.setDefaultTimeout(2 * PATIENCE);
  await visit.page.waitForFunction(
    () => (globalThis as unknown as { golemYard?: AtelierHook }).golemYard?.room === "atelier",
  );
  return visit;
}

/** What a test sees of shields; pixels as checksums. */
interface Spriting {
  readonly network: string;
  readonly seed: number;
  readonly tool: string;
  /** Names of A, B and C. */
  readonly places: readonly (string | null)[];
  readonly index: number;
  readonly at: number;
  readonly sheet: readonly number[];
  readonly codes: readonly number[];
  readonly pixels: readonly number[];
  readonly outline: string | null;
}

/** Waits until nothing is being imagined and something is so, and looks. */
async function when(page: Page, isSo: (spriting: SpritingHook) => boolean = () => true): Promise<Spriting> {
  const source = `(() => { const { spriting } = globalThis.golemYard; return spriting !== null && !spriting.isWorking && (${isSo.toString()})(spriting); })()`;
  await page.waitForFunction(source);
  return page.evaluate(() => {
    const { spriting } = (globalThis as unknown as { golemYard: AtelierHook }).golemYard;
    const { step, sheet, result, index, at, look } = spriting!;
    const [all, codes, pixels] = [sheet.map(({ sprite }) => sprite), result?.codes ?? [], result?.pixels ?? []].map(
      (sprites) =>
        sprites.map((sprite) => sprite.pixels.reduce((sum, value) => (Math.imul(sum, 31) + 255 * value) | 0, 0)),
    );
    const { network, seed, tool, places } = step;
    return {
      ...{ network, seed, tool, index, at, codes, pixels, sheet: all, outline: look?.outline ?? null },
      places: [places.A, places.B, places.C].map((shield) => shield?.name ?? null),
    };
  });
}

/** Saves a file as a user would, and reads it. */
async function saved(page: Page, test: string): Promise<{ name: string; size: readonly number[] }> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-test="${test}"]`)]);
  const { width, height, channels } = decodePng(await readFile(await download.path()));
  return { name: download.suggestedFilename(), size: [width, height, channels] };
}

describe("Shields in the Atelier", () => {
  it(
    "are imagined in a worker once somebody wants them, walked between by keys, taken back, and saved",
    async () => {
      const { page, close } = await openAtelier({ viewport: { width: 1280, height: 800 } });
      const came = (): Promise<string[]> =>
        page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
      expect((await came()).filter((name) => /sprite/.test(name))).toEqual([]);
      await page.click('.make-head [data-value="sprites"]');
      const first = await when(page);
      expect((await came()).some((name) => /sprite-desk/.test(name))).toBe(true);
      expect(page.workers().filter((worker) => /sprites\.worker/.test(worker.url()))).toHaveLength(1);
      expect([first.network, first.seed, new Set(first.sheet).size]).toEqual(["vae", 7, 32]);
      expect(await page.isDisabled('[data-test="sprite-save"]')).toBe(true);
      expect(await page.$eval(`${SHEET} img`, (face) => getComputedStyle(face).imageRendering)).toBe("pixelated");
      expect(await violations(page)).toEqual([]);

      // Two shields by keys: the first, and the one below its right neighbour.
      await page.focus(`${SHEET} button:nth-child(1)`);
      await page.keyboard.press("Enter");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      const walk = await when(page, ({ result }) => result !== null);
      expect(walk.places).toEqual(["Shield 1 of 7", "Shield 10 of 7", null]);
      expect([walk.codes.length, walk.pixels.length, walk.at]).toEqual([7, 7, 3]);
      expect([walk.codes[0], walk.codes[6]]).toEqual([first.sheet[0], first.sheet[9]]);
      expect([walk.pixels[0], walk.pixels[6]]).toEqual([first.sheet[0], first.sheet[9]]);
      expect(walk.codes[3]).not.toBe(walk.pixels[3]);
      await page.focus(`${CODES} [aria-checked="true"]`);
      await page.keyboard.press("ArrowRight");
      expect((await when(page)).at).toBe(4);
      await page.keyboard.down("c");
      expect(await page.isVisible(".sprite-big img + img")).toBe(true);
      await page.keyboard.up("c");
      expect(await page.isVisible(".sprite-big img + img")).toBe(false);
      expect(await violations(page)).toEqual([]);

      expect(await saved(page, "sprite-save")).toEqual({ name: "shield-7.png", size: [32, 32, 4] });
      expect(await saved(page, "sprite-save-way")).toEqual({ name: "shields-way-7.png", size: [224, 32, 4] });
      expect(await saved(page, "sprite-save-sheet")).toEqual({ name: "shields-7.png", size: [256, 128, 4] });

      // Another sheet: chosen shields stay, unless another network is asked.
      await page.click('[data-test="sprite-dice"]');
      const other = await when(page, ({ step }) => step.seed !== 7);
      expect([other.places, other.codes]).toEqual([walk.places, walk.codes]);
      expect(other.sheet.some((each) => first.sheet.includes(each))).toBe(false);
      await page.click('[data-test="sprite-lock"]');
      await page.keyboard.press("d");
      expect([await page.isDisabled('[data-test="sprite-dice"]'), (await when(page)).seed]).toEqual([true, other.seed]);
      await page.click('.sprite-from [data-value="gan"]');
      const gan = await when(page, ({ step }) => step.network === "gan");
      expect([gan.places, new Set(gan.sheet).size, gan.seed]).toEqual([[null, null, null], 32, other.seed]);
      expect(await page.isDisabled('.sprite-tools [data-value="change"]')).toBe(true);
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      expect((await when(page, ({ step }) => step.seed === 7)).sheet).toEqual(first.sheet);
      await page.keyboard.press("Control+Shift+z");
      expect((await when(page, ({ step }) => step.seed !== 7)).sheet).toEqual(other.sheet);

      // The yard comes back, and shields wait.
      await page.click('.make-head [data-value="class"]');
      expect(await page.isVisible(SHEET)).toBe(false);
      await page.click('.make-head [data-value="sprites"]');
      expect((await when(page)).codes).toEqual(walk.codes);
      await close();
    },
    10 * PATIENCE,
  );

  it(
    "change, are added and come from pictures on a phone under a finger, with no control cut off; a network that is missing is tried again",
    async () => {
      const phone = { width: 390, height: 844 };
      const context = await browser.newContext({ viewport: phone, hasTouch: true });
      await context.route("**/models/sprites/vae.bnw", (route) => route.fulfill({ status: 404, body: "" }));
      const { page, close } = await openAtelier({ context, allow: [/404/] });
      await page.tap('.make-head [data-value="sprites"]');
      await page.waitForSelector('[data-test="sprite-again"]:visible');
      expect(await page.textContent(".sprite-panel .mend-lack span")).toMatch(
        /vae\.bnw": needed a file there, came HTTP 404/,
      );
      await context.unroute("**/models/sprites/vae.bnw");
      await page.tap('[data-test="sprite-again"]');
      const sheet = await when(page, (spriting) => spriting.sheet.length === 32);
      expect([await controlsCutOff(page), await controlsCutOff(page, ".sprite-board button")]).toEqual([0, 0]);

      await page.tap('.sprite-tools [data-value="change"]');
      await page.tap(`${SHEET} button:nth-child(7)`);
      const asItIs = await when(page, ({ look }) => look !== null);
      expect([asItIs.at, asItIs.codes[6]]).toEqual([6, sheet.sheet[6]]);
      await page.tap('.phone-tab[data-value="adjust"]');
      const wanted = asItIs.outline === "kite" ? "round" : "kite";
      await page.tap(`.shield-sliders [data-value="${wanted}"]`);
      const changed = await when(page, ({ step }) => step.wish.outline !== undefined);
      expect([changed.codes[0], changed.codes[6] === asItIs.codes[6]]).toEqual([sheet.sheet[6], false]);
      await page.fill('.shield-sliders [data-name="tincture-0"]', "#2040ff");
      const coloured = await when(page, ({ step }) => step.wish.tinctures !== undefined);
      expect(coloured.codes[6]).not.toBe(changed.codes[6]);
      expect([await controlsCutOff(page), await violations(page)]).toEqual([0, []]);
      await page.tap('[data-test="sprite-reset"]');
      expect((await when(page, ({ step }) => step.wish.outline === undefined)).codes).toEqual(asItIs.codes);

      await page.tap('.phone-tab[data-value="make"]');
      await page.tap('.sprite-tools [data-value="sum"]');
      await page.tap(`${SHEET} button:nth-child(2)`);
      await page.tap(`${SHEET} button:nth-child(3)`);
      const sum = await when(page, ({ result }) => result !== null);
      expect(sum.places).toEqual(["Shield 7 of 7", "Shield 2 of 7", "Shield 3 of 7"]);
      expect(sheet.sheet).not.toContain(sum.codes[6]);
      expect(sum.codes[6]).not.toBe(sum.pixels[6]);
      await page.tap(`${CODES} [data-value="2"]`);
      expect((await when(page)).at).toBe(2);

      await drop(page, { name: "notes.png", type: "image/png", bytes: Buffer.from("These are only words.") });
      await expect
        .poll(() => toastsOn(page), { timeout: PATIENCE })
        .toContainEqual(expect.stringMatching(/“notes\.png”: needed a PNG/));
      await drop(page, { name: "pebbles.png", type: "image/png", bytes: pebblePng(48, 40, 0) });
      const own = await when(page, ({ step }) => step.own.length === 1);
      expect(own.places[0]).toBe("pebbles.png");
      expect(await page.isVisible('[data-test="sprite-own-sheet"] button')).toBe(true);
      expect([await controlsCutOff(page), await controlsCutOff(page, ".sprite-board button")]).toEqual([0, 0]);
      await page.tap('[data-test="undo"]');
      expect((await when(page, ({ step }) => step.own.length === 0)).codes).toEqual(sum.codes);
      await close();
      await context.close();
    },
    10 * PATIENCE,
  );
});
