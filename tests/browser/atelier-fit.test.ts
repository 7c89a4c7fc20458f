import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AtelierHook } from "../../sample-game/atelier/view/atelier-hook.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { controlsCutOff, drop, pebblePng, toastsOn, whenPainted, type TestFile } from "./atelier-page.ts";
import { gameUrl, PATIENCE } from "./game-page.ts";
import { launchChromium, openPage, serveSite } from "./harness.ts";
import { violations } from "./studio-page.ts";

const pebbles = (name: string, width: number): TestFile => ({
  ...{ name, type: "image/png" },
  bytes: pebblePng(width, 96),
});
const PEBBLES = pebbles("pebbles.png", 96);

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

async function grow(page: Page): Promise<void> {
  await whenPainted(page);
  await page.click('.make-head [data-value="grow"]');
  await until(page, "growth?.steps > 0");
  await page.click('[data-test="pause"]');
}

/** @param condition - Of the Atelier's hook. */
async function until(page: Page, condition: string): Promise<void> {
  const source = `(() => { const { growth, material } = globalThis.golemYard; return ${condition}; })()`;
  await page.waitForFunction(source, null, { timeout: 2 * PATIENCE });
}

const materialOn = (page: Page): Promise<{ name: string; fit: string | undefined }> =>
  page.evaluate(() => {
    const { name, recipe } = (globalThis as unknown as { golemYard: AtelierHook }).golemYard.material!;
    return { name, fit: recipe.imaginerFit };
  });

/** The colours of the tile, without their transparency. */
const coloursOn = (page: Page): Promise<number[]> =>
  page.evaluate(() => [...(globalThis as unknown as { golemYard: AtelierHook }).golemYard.material!.images.albedo]);

it(
  "A picture becomes an imagined material: taught, cancelled, kept, moved by sliders, there after a reload, forgotten and taken back",
  async () => {
    const phone = { viewport: { width: 390, height: 844 }, touch: true };
    const { page, close } = await openPage(browser, gameUrl(site.url, "&room=atelier"), phone);
    page.setDefaultTimeout(2 * PATIENCE);
    await grow(page);
    await drop(page, PEBBLES);
    await page.click('.lesson-card [data-value="imagined"]');
    await page.click('.lesson-card [data-value="600"]:visible'); // it is ended by hand, long before
    await page.click('[data-test="teach-species"]');
    await until(page, "growth.lesson.preview !== null");
    expect(await violations(page)).toEqual([]);
    await page.click('[data-test="lesson-cancel"]');
    await until(page, "!growth.lesson.isTeaching && growth.lesson.taught === null && growth.lesson.preview === null");

    await page.click('[data-test="teach-species"]');
    await until(page, "growth.lesson.preview !== null");
    await page.click('[data-test="lesson-finish"]');
    await until(page, "growth.lesson.taught !== null");
    await page.fill('[data-test="lesson-name"]', "My pebbles");
    await page.click('[data-test="lesson-keep"]');
    await until(page, "growth === null && material.recipe.imaginerFit !== undefined");
    const { name, fit } = await materialOn(page);
    expect([name, fit]).toEqual(["My pebbles", expect.stringMatching(/^[0-9a-f]{64}$/)]);

    // Attributes, pieces, size and seed work on what was learned, and not on the network that it was learned from.
    await page.click('.phone-tab[data-value="adjust"]');
    await page.focus('.change-sliders [data-name="moss"]');
    await page.keyboard.press("End");
    await until(page, "material.recipe.settings.change?.moss === 1 && !material.isDraft");
    expect(await materialOn(page)).toEqual({ name, fit });
    const fitted = await coloursOn(page);
    await page.click('[aria-label="How pieces lie"] [data-value="bond"]');
    await until(page, "material.recipe.settings.pieces?.kind === 'bond' && !material.isDraft");
    await page.click('.order-row [data-value="128"]');
    await until(page, "material.recipe.width === 128 && !material.isDraft");
    expect(await materialOn(page)).toEqual({ name, fit });
    for (let back = 0; back < 2; back++) await page.keyboard.press("Control+z");
    await until(page, "material.recipe.settings.pieces === undefined && material.recipe.width === 256");
    expect(await coloursOn(page)).toEqual(fitted);
    expect(await violations(page)).toEqual([]);
    // Another way shows other pictures, and leads back.
    await page.click('.phone-tab[data-value="make"]');
    expect(await page.getAttribute('.imagine-panel [data-fit="My pebbles"]', "aria-current")).toBe("true");
    await page.click('.imagine-panel [data-value="arithmetic"]');
    await page.click('.imagine-panel [data-value="learned"]');
    await page.click('.imagine-panel [data-fit="My pebbles"]');
    await until(page, "material.recipe.imaginerFit !== undefined && material.recipe.settings.change === undefined");

    await page.reload();
    await grow(page);
    await page.click('[data-test="open-lesson"]');
    await page.click('.lesson-card [data-forget-fit="My pebbles"]');
    await page.waitForFunction(() => {
      const undo = document.querySelector<HTMLElement>(".atelier-toast .button:not(.round)");
      undo?.click(); // at once: the offer goes by itself
      return undo !== null;
    });
    await page.click('.lesson-card [data-fit="My pebbles"]');
    await until(page, "growth === null && material.recipe.imaginerFit !== undefined");
    expect((await materialOn(page)).fit).toBe(fit);
    await close();
  },
  10 * PATIENCE,
);

it(
  "Several pictures become one material: a bad file is named, one is chosen by keys, one removed, and the rest taught and kept",
  async () => {
    const phone = { viewport: { width: 390, height: 844 }, touch: true };
    const { page, close } = await openPage(browser, gameUrl(site.url, "&room=atelier"), phone);
    page.setDefaultTimeout(2 * PATIENCE);
    await grow(page);
    const words = { name: "notes.png", type: "image/png", bytes: Buffer.from("These are only words.") };
    await drop(page, pebbles("one.png", 96), words, pebbles("two.png", 120));
    await until(page, "growth.lesson?.pictures.length === 2");
    await expect
      .poll(() => toastsOn(page), { timeout: PATIENCE })
      .toContainEqual(expect.stringMatching(/“notes\.png”/));
    await drop(page, pebbles("three.png", 140));
    await until(page, "growth.lesson.pictures.length === 3");
    expect(await page.textContent('[data-test="lesson-count"]')).toBe("3 of 50");
    expect(await violations(page)).toEqual([]);
    expect(await controlsCutOff(page)).toBe(0);

    // A living texture has one picture, and says which.
    await page.click('.lesson-card [data-value="living"]');
    expect(await page.textContent('[data-test="lesson-use"]')).toMatch(/^A living texture learns from one picture/);
    await page.focus('.lesson-pictures [aria-label="one.png"]');
    for (const key of ["ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
    await until(page, "growth.lesson.chosen === 1");
    expect(await page.getAttribute('.lesson-pictures [aria-label="two.png"]', "aria-pressed")).toBe("true");
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Delete");
    await until(page, "growth.lesson.pictures.length === 2 && growth.lesson.chosen === 1");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Remove three.png");

    await page.click('.lesson-card [data-value="imagined"]');
    expect(await page.textContent('[data-test="lesson-use"]')).toBe("The material will be like all of them together.");
    await page.click('.lesson-card [data-value="600"]:visible'); // it is ended by hand, long before
    await page.click('[data-test="teach-species"]');
    await until(page, "growth.lesson.preview !== null && growth.lesson.losses.length > 0");
    await page.click('[data-test="lesson-finish"]');
    await until(page, "growth.lesson.taught !== null");
    await page.fill('[data-test="lesson-name"]', "Both pebbles");
    await page.click('[data-test="lesson-keep"]');
    await until(page, "growth === null && material.recipe.imaginerFit !== undefined");
    expect((await materialOn(page)).name).toBe("Both pebbles");
    await close();
  },
  10 * PATIENCE,
);

it(
  "Fifty pictures are learned from at once, more are left out with a word, and a cancelled lesson leaves them where they are",
  async () => {
    const { page, close } = await openPage(browser, gameUrl(site.url, "&room=atelier"));
    page.setDefaultTimeout(2 * PATIENCE);
    await grow(page);
    await drop(page, ...Array.from({ length: 52 }, (_, i) => pebbles(`stone ${i + 1}.png`, 64 + i)));
    await expect
      .poll(() => toastsOn(page), { timeout: 2 * PATIENCE })
      .toContain("More than 50 pictures are too many; 2 were left out.");
    expect(await page.textContent('[data-test="lesson-count"]')).toBe("50 of 50");
    expect(await controlsCutOff(page)).toBe(0);
    expect(await violations(page)).toEqual([]);

    await page.click('.lesson-card [data-value="imagined"]');
    await page.click('[data-test="teach-species"]');
    await until(page, "growth.lesson.preview !== null && growth.lesson.losses.length > 0");
    await page.click('[data-test="lesson-cancel"]');
    await until(page, "growth.lesson.isTeaching === false && growth.lesson.pictures.length === 50");
    await page.focus('.lesson-pictures [aria-label="Remove stone 50.png"]');
    await page.keyboard.press("Enter");
    await until(page, "growth.lesson.pictures.length === 49");
    await close();
  },
  10 * PATIENCE,
);
