import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AtelierHook } from "../../sample-game/atelier/view/atelier-hook.ts";
import { encodeSpecies } from "../../plugin/paint/automata/species.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { anySpecies } from "../paint/automata/any-species.ts";
import { controlsCutOff, drop, pebblePng, toastsOn, whenPainted, type TestFile } from "./atelier-page.ts";
import { gameUrl, PATIENCE } from "./game-page.ts";
import { launchChromium, openPage, serveSite } from "./harness.ts";
import { violations } from "./studio-page.ts";

const PHONE = { viewport: { width: 390, height: 844 }, touch: true };
const taught = (name: string, bytes: Uint8Array): TestFile => ({ name, type: "application/octet-stream", bytes });

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

/** @param condition - Of the Atelier's hook. */
async function until(page: Page, condition: string): Promise<void> {
  const source = `(() => { const { growth, material, isPainting } = globalThis.golemYard; return ${condition}; })()`;
  await page.waitForFunction(source, null, { timeout: 2 * PATIENCE });
}

const lookAtMaterial = (page: Page): Promise<{ name: string; fit: string | undefined; colours: number[] }> =>
  page.evaluate(() => {
    const { name, recipe, images } = (globalThis as unknown as { golemYard: AtelierHook }).golemYard.material!;
    return { name, fit: recipe.imaginerFit, colours: [...images.albedo] };
  });

const speciesOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.growth!.keys);

/** Downloads what a click saves. */
async function saved(page: Page, selector: string): Promise<{ name: string; bytes: Uint8Array }> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  return { name: download.suggestedFilename(), bytes: Uint8Array.from(await readFile(await download.path())) };
}

function expectToast(page: Page, words: RegExp): Promise<void> {
  return expect.poll(() => toastsOn(page), { timeout: PATIENCE }).toContainEqual(expect.stringMatching(words));
}

it(
  "A material is taught from where one imagines, saved, forgotten, dropped and paints the same; its zip brings it along elsewhere",
  async () => {
    const { page, close } = await openPage(browser, gameUrl(site.url, "&room=atelier"), PHONE);
    page.setDefaultTimeout(2 * PATIENCE);
    await whenPainted(page);
    await page.click('.make-head [data-value="imagined"]');
    await page.click('.imagine-panel [data-value="learned"]');
    expect(await page.textContent(".imagine-panel .hint")).toMatch(/^Nothing has been learned here yet\./);
    expect([await violations(page), await controlsCutOff(page)]).toEqual([[], 0]);
    await page.click('[data-test="teach-imagined"]');
    await page.waitForSelector('.lesson-card [data-value="imagined"][aria-checked="true"]:visible');
    await drop(page, { name: "pebbles.png", type: "image/png", bytes: pebblePng(96, 96) });
    await until(page, "growth?.lesson?.kind === 'imagined'");
    await page.click('.lesson-card [data-value="600"]:visible'); // it is ended by hand, long before
    await page.click('[data-test="teach-species"]');
    await until(page, "growth.lesson.preview !== null");
    await page.click('[data-test="lesson-finish"]');
    await until(page, "growth.lesson.taught !== null");
    await page.fill('[data-test="lesson-name"]', "My pebbles");
    await page.click('[data-test="lesson-keep"]');
    await until(page, "growth === null && material.recipe.imaginerFit !== undefined");
    const first = await lookAtMaterial(page);

    await page.click('.phone-tab[data-value="make"]');
    expect([await violations(page), await controlsCutOff(page)]).toEqual([[], 0]);
    const file = await saved(page, '.imagine-panel [data-save-fit="My pebbles"]');
    expect(file.name).toBe("my-pebbles.bnw");
    await page.click('.imagine-panel [data-forget-fit="My pebbles"]');
    await page.waitForSelector('.imagine-panel [data-fit="My pebbles"]', { state: "detached" });
    await page.click('.make-head [data-value="class"]');
    await page.click('.class-grid [data-value="brick"]:visible');
    await until(page, "material.recipe.generator === 'procedural' && !material.isDraft && !isPainting");

    // Nothing changes by a broken file.
    const broken = [
      [
        file.bytes.subarray(0, file.bytes.length - 9),
        /“half\.bnw”: needed \d+ bytes, came \d+\. The file is cut off\./,
      ],
      [Buffer.from("Dear Sir, these are words."), /“half\.bnw”: needed a file of babylon-neural, came one that begins/],
    ] as const;
    for (const [bytes, words] of broken) {
      await drop(page, taught("half.bnw", bytes));
      await expectToast(page, words);
    }
    expect(await lookAtMaterial(page)).toMatchObject({ name: "Brick", fit: undefined });

    await drop(page, taught("pebbles from a friend.bnw", file.bytes));
    await until(page, "material.recipe.imaginerFit !== undefined && !isPainting");
    expect(await lookAtMaterial(page)).toEqual(first);
    await page.waitForSelector('.imagine-panel [data-fit="My pebbles"][aria-current="true"]');
    // It is kept once, and the file is the same.
    await drop(page, taught("again.bnw", file.bytes));
    await expectToast(page, /^Kept: My pebbles\./);
    expect(await page.locator(".imagine-panel [data-fit]").count()).toBe(1);
    expect(await saved(page, '.imagine-panel [data-save-fit="My pebbles"]')).toEqual(file);

    await page.click('.phone-tab[data-value="keep"]');
    await page.click('[data-test="export"]');
    const zip = await saved(page, '[data-test="export-zip"]');
    const shown = await lookAtMaterial(page);
    await close();

    const { page: other, close: closeOther } = await openPage(browser, gameUrl(site.url, "&room=atelier"));
    other.setDefaultTimeout(2 * PATIENCE);
    await whenPainted(other);
    await drop(other, { ...zip, type: "application/zip" });
    await until(other, "material.recipe.imaginerFit !== undefined && !isPainting");
    expect(await lookAtMaterial(other)).toMatchObject({ fit: shown.fit, colours: shown.colours });
    await other.waitForSelector('.imagine-panel [data-fit="My pebbles"][aria-current="true"]');
    // Its recipe is painted again, by what came along.
    await other.click('.order-row [data-value="128"]');
    await until(other, "material.recipe.width === 128 && !material.isDraft && !isPainting");
    expect((await lookAtMaterial(other)).fit).toBe(shown.fit);
    await closeOther();
  },
  12 * PATIENCE,
);

it(
  "A species is dropped where nothing grows, saved, forgotten and dropped again; a name that is taken gets a number",
  async () => {
    const { page, close } = await openPage(browser, gameUrl(site.url, "&room=atelier"), PHONE);
    page.setDefaultTimeout(2 * PATIENCE);
    await whenPainted(page);
    const moss = encodeSpecies(anySpecies("My moss", 1), "float32");
    await drop(page, taught("half.bnw", moss.subarray(0, 90)));
    await expectToast(page, /“half\.bnw”: needed at least \d+ bytes, came 90\. The file is cut off\./);
    await until(page, "growth === null");

    await drop(page, taught("moss.bnw", moss));
    await until(page, "growth?.species === 'kept/My moss' && growth.steps > 0");
    await page.click('[data-test="pause"]');
    expect([await violations(page), await controlsCutOff(page)]).toEqual([[], 0]);
    const file = await saved(page, '[data-test="save-species"]');
    expect(file).toEqual({ name: "my-moss.bnw", bytes: moss });

    await page.click('[data-test="forget-species"]');
    await until(page, "growth.species === 'grass'");
    await drop(page, taught("moss.bnw", file.bytes));
    await until(page, "growth.species === 'kept/My moss'");
    await drop(page, taught("moss.bnw", file.bytes), taught("other.bnw", encodeSpecies(anySpecies("My moss", 2))));
    await until(page, "growth.species === 'kept/My moss 2'");
    expect((await speciesOn(page)).filter((key) => key.startsWith("kept/"))).toEqual([
      "kept/My moss",
      "kept/My moss 2",
    ]);
    await close();
  },
  8 * PATIENCE,
);
