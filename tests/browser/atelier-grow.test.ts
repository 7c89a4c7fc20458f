import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AtelierHook, GrowthHook } from "../../sample-game/atelier/view/atelier-hook.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import {
  controlsCutOff,
  drop,
  hugePng,
  lookAt,
  pebblePng,
  toastsOn,
  whenPainted,
  type TestFile,
} from "./atelier-page.ts";
import { gameUrl, PATIENCE } from "./game-page.ts";
import { launchChromium, openPage, serveSite, type Visit, type VisitOptions } from "./harness.ts";
import { violations } from "./studio-page.ts";

const PNG = "image/png";
const PEBBLES: TestFile = { name: "pebbles.png", type: PNG, bytes: pebblePng(96, 96) };

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

/** Opens the Atelier where something grows. What grows stands still, since a machine without a GPU is slow at drawing it. */
async function openGrow(more = "", options: VisitOptions = {}): Promise<Visit> {
  const visit = await openPage(browser, gameUrl(site.url, `&room=atelier${more}`), options);
  visit.page.setDefaultTimeout(2 * PATIENCE);
  await whenPainted(visit.page);
  await grow(visit.page);
  return visit;
}

async function grow(page: Page): Promise<void> {
  await page.click('.make-head [data-value="grow"]');
  await until(page, ({ steps }) => steps > 0);
  await page.click('[data-test="pause"]');
}

type Seen = Omit<GrowthHook, "look">;

function growthOn(page: Page): Promise<Seen | null> {
  return page.evaluate(() => {
    const { growth } = (globalThis as unknown as { golemYard: AtelierHook }).golemYard;
    return growth && (JSON.parse(JSON.stringify(growth)) as Seen);
  });
}

/** Waits until what grows is as wished. */
async function until(page: Page, isSo: (growth: Seen) => boolean): Promise<void> {
  const source = `(() => { const { growth } = globalThis.golemYard; return growth !== null && (${isSo.toString()})(growth); })()`;
  await page.waitForFunction(source, null, { timeout: 2 * PATIENCE });
}

/** Shares of the cells that live, and that have a part of the second species. */
function cellsOn(page: Page): Promise<{ living: number; grafted: number }> {
  return page.evaluate(() => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.growth!.look());
}

/** A place of the picture where the brush meets what grows: where its ring is seen. */
async function placeOn(page: Page, places: readonly (readonly [number, number])[]): Promise<[number, number]> {
  for (const [x, y] of places) {
    await page.mouse.move(x, y);
    if (await page.isVisible(".brush-ring")) return [x, y];
  }
  throw new Error("Nothing grows at any of these places.");
}

describe.each(["webgpu", "webgl2"])("What grows in the Atelier on %s", (renderer) => {
  it(
    "is cleared and grafted by the brush on the mesh, heals, moves to another part, and is baked",
    async () => {
      const { page, close } = await openGrow(`&renderer=${renderer}`);
      const before = await lookAt(page);
      await page.click('.grow-panel [data-value="everywhere"]');
      await expect.poll(async () => (await cellsOn(page)).living, { timeout: PATIENCE }).toBe(1);

      const [x, y] = await placeOn(page, [
        [640, 290],
        [700, 300],
        [560, 280],
      ]);
      await page.mouse.down();
      await page.mouse.move(x + 20, y, { steps: 2 });
      await page.mouse.up();
      const cleared = await cellsOn(page);
      // Two discs at least of 9 % of the tile: π · 0.09² = 0.025 each, and they overlap.
      expect(cleared.living).toBeLessThan(0.975);
      expect(cleared.living).toBeGreaterThan(0.6);
      await page.click('.grow-panel [data-value="graft"]');
      await page.click('[aria-label="Graft with"] [data-value="soil"]');
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.up();
      const { grafted } = await cellsOn(page);
      expect(grafted).toBeGreaterThan(0.02);

      // Strokes are taken back and done again, by keys and by buttons; what lies on the bench stays.
      const isDisabled = (name: string): Promise<boolean> => page.isDisabled(`[data-test="${name}"]`);
      expect([await isDisabled("undo"), await isDisabled("redo")]).toEqual([false, true]);
      await page.keyboard.press("Control+z");
      expect(await cellsOn(page)).toEqual({ living: cleared.living, grafted: 0 });
      await page.click('[data-test="undo"]');
      expect(await cellsOn(page)).toEqual({ living: 1, grafted: 0 });
      expect([await isDisabled("undo"), await isDisabled("redo")]).toEqual([true, false]);
      await page.click('[data-test="redo"]');
      await page.keyboard.press("Control+Shift+z");
      expect(await cellsOn(page)).toEqual({ living: cleared.living, grafted });
      expect(await lookAt(page)).toMatchObject({ steps: before.steps, index: before.index });

      await page.click('[data-test="put-on"]');
      await page.click('.part-list [data-part="ground"]');
      expect(await lookAt(page)).toMatchObject({ target: "ground", steps: before.steps, wall: before.wall });
      // The flat view is drawn quickly.
      await page.focus("#stage");
      await page.keyboard.press("2");
      await page.click('[data-test="pause"]');
      await expect.poll(async () => (await cellsOn(page)).living, { timeout: 2 * PATIENCE }).toBe(1);
      expect((await cellsOn(page)).grafted).toBeCloseTo(grafted, 6);

      await page.click('[data-test="bake"]');
      await page.waitForFunction(
        () => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.growth === null,
        null,
        { timeout: 2 * PATIENCE },
      );
      expect(await whenPainted(page)).toMatchObject({
        generator: "photograph",
        width: 128,
        steps: 2,
        wall: before.wall,
      });
      const { name, recipe, worn } = await page.evaluate(() => {
        const { material, worn: wears } = (globalThis as unknown as { golemYard: AtelierHook }).golemYard;
        return { name: material!.name, recipe: material!.recipe, worn: wears.ground === material!.id };
      });
      expect([name, recipe.settings["edges"], worn]).toEqual(["Grass with soil", "wrap", true]);
      // What grows waits as it was.
      await page.click('.make-head [data-value="grow"]');
      await until(page, ({ species, graft }) => species === "grass" && graft === "soil");
      expect((await cellsOn(page)).grafted).toBeCloseTo(grafted, 6);
      expect(await toastsOn(page)).toEqual([]);
      await close();
    },
    8 * PATIENCE,
  );
});

describe("A species", () => {
  it(
    "is taught from a picture for a minute, goes as it came when cancelled, is kept under a name, and grows after a reload",
    async () => {
      const { page, close } = await openGrow();
      for (const [file, message] of [
        [{ name: "notes.png", type: PNG, bytes: Buffer.from("These are only words.") }, /“notes\.png”: needed a PNG/],
        [{ name: "sea.png", type: PNG, bytes: hugePng(60_000) }, /“sea\.png”: needed at most 16384 pixels a side/],
      ] as const) {
        await drop(page, file);
        await expect.poll(() => toastsOn(page), { timeout: PATIENCE }).toContainEqual(expect.stringMatching(message));
        expect((await growthOn(page))!.lesson).toBeNull();
      }

      await drop(page, PEBBLES);
      await page.click('[data-test="teach-species"]');
      await until(page, ({ lesson, species }) => lesson?.preview != null && species === "lesson");
      await page.click('[data-test="lesson-cancel"]');
      await until(page, ({ lesson }) => lesson?.isTeaching === false);
      const back = (await growthOn(page))!;
      expect([back.species, back.keys.includes("lesson"), back.lesson!.taught]).toEqual(["grass", false, null]);

      await page.click('.lesson-card [data-value="60"]:visible');
      const from = Date.now();
      await page.click('[data-test="teach-species"]');
      await until(page, ({ lesson }) => lesson?.taught != null); // the minute ends it
      expect(Date.now() - from).toBeGreaterThan(55_000);
      await page.fill('[data-test="lesson-name"]', "My pebbles");
      await page.click('[data-test="lesson-keep"]');
      await until(page, ({ species, lesson }) => species === "kept/My pebbles" && lesson === null);

      await page.reload();
      await whenPainted(page);
      await grow(page);
      await page.click('[aria-label="Species"] [data-value="kept/My pebbles"]');
      await page.focus("#stage");
      await page.keyboard.press("2"); // drawn quickly
      const { steps } = (await growthOn(page))!;
      await page.click('[data-test="pause"]');
      await page.waitForFunction(
        (earlier) => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.growth!.steps > earlier + 8,
        steps,
      );
      await page.click('[data-test="pause"]');

      await page.click('[data-test="forget-species"]');
      await page.waitForFunction(() => {
        const undo = document.querySelector<HTMLElement>(".atelier-toast .button:not(.round)");
        undo?.click(); // at once: the offer goes by itself
        return undo !== null;
      });
      await until(page, ({ species }) => species === "kept/My pebbles");
      await close();
    },
    10 * PATIENCE,
  );

  it(
    "grows on a phone, under a finger and by keys, with no control cut off and no barrier",
    async () => {
      const { page, close } = await openGrow("&renderer=webgl2", {
        viewport: { width: 390, height: 844 },
        touch: true,
      });
      await page.click('[data-test="open-lesson"]');
      await drop(page, PEBBLES);
      await until(page, ({ lesson }) => lesson !== null);
      // A name of 24 letters is seen whole.
      await page.fill('[data-test="lesson-name"]', "Pebbles from the brook 2");
      const hidden = await page.$eval('[data-test="lesson-name"]', (field) => field.scrollWidth - field.clientWidth);
      expect(hidden).toBe(0);
      for (const tab of ["make", "adjust"]) {
        await page.click(`.phone-tab[data-value="${tab}"]`);
        const cut = await controlsCutOff(page);
        expect([tab, cut]).toEqual([tab, 0]);
        expect([tab, await violations(page)]).toEqual([tab, []]);
      }
      await page.click('.grow-panel [data-value="everywhere"]');
      await expect.poll(async () => (await cellsOn(page)).living, { timeout: PATIENCE }).toBe(1);
      const [x, y] = await placeOn(page, [
        [195, 220],
        [195, 200],
        [120, 230],
        [260, 200],
      ]);
      await page.touchscreen.tap(x, y);
      const { living } = await cellsOn(page);
      expect(living).toBeLessThan(1);
      await page.focus("#stage");
      // The first arrow finds what grows.
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Space");
      expect((await cellsOn(page)).living).toBeLessThan(living);
      await page.tap('[data-test="undo"]');
      await page.tap('[data-test="undo"]');
      expect((await cellsOn(page)).living).toBe(1);
      await close();
    },
    6 * PATIENCE,
  );
});
