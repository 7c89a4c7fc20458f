import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AtelierHook } from "../../sample-game/atelier/view/atelier-hook.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { drop, lookAt, pebblePng, toastsOn, whenPainted, type TestFile } from "./atelier-page.ts";
import { gameUrl, PATIENCE } from "./game-page.ts";
import { launchChromium, openPage, serveSite, type Visit } from "./harness.ts";

const PEBBLES: TestFile = { name: "pebbles.png", type: "image/png", bytes: pebblePng(96, 96) };

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

async function openAtelier(more = ""): Promise<Visit> {
  const visit = await openPage(browser, gameUrl(site.url, `&room=atelier${more}`));
  visit.page.setDefaultTimeout(PATIENCE);
  await whenPainted(visit.page);
  return visit;
}

/** How many pictures were drawn so far. */
function drawnOn(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.drawn);
}

describe("The Atelier in trouble", () => {
  it(
    "says that the browser's storage is full, keeps nothing by half, and goes on",
    async () => {
      const { page, close } = await openAtelier();
      const before = await lookAt(page);
      await page.evaluate(() => {
        const full = (): never => {
          throw new DOMException("No room.", "QuotaExceededError");
        };
        Object.assign(IDBObjectStore.prototype, { put: full, add: full });
      });
      await page.keyboard.press("k");
      await page.waitForSelector(".atelier-toast", { timeout: PATIENCE });
      expect(await toastsOn(page)).toEqual([
        "Kept materials: needed room in the browser's database, came a full one. Remove what is no longer needed; what was saved before is still there.",
      ]);
      expect(await page.locator(".shelf .tile").count()).toBe(0);
      expect(await lookAt(page)).toEqual(before);
      await close();
    },
    2 * PATIENCE,
  );

  it(
    "tells of a lost graphics device, and shows the same materials when it comes back",
    async () => {
      const { page, close } = await openAtelier("&renderer=webgl2");
      const before = await lookAt(page);
      const drawn = await drawnOn(page);
      await page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>("#stage")!;
        const loss = canvas.getContext("webgl2")!.getExtension("WEBGL_lose_context")!;
        loss.loseContext();
        setTimeout(() => loss.restoreContext(), 500);
      });
      await page.waitForSelector(".atelier-toast", { timeout: PATIENCE });
      expect(await toastsOn(page)).toEqual([
        "The graphics device was lost. Your materials are safe and come back with it.",
      ]);
      await page.waitForFunction(
        (count) => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.drawn > count,
        drawn,
        { timeout: PATIENCE },
      );
      expect(await lookAt(page)).toEqual(before);
      await page.click('.class-grid [data-value="brick"]');
      await page.waitForFunction(
        () => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.steps === 2,
        null,
        {
          timeout: PATIENCE,
        },
      );
      await close();
    },
    3 * PATIENCE,
  );

  it(
    "takes what was painted over out of what it copies, by pointer and by keyboard",
    async () => {
      const { page, close } = await openAtelier();
      await drop(page, PEBBLES);
      await page.waitForFunction(() => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.isPainting);
      await page.keyboard.press("Escape");
      await page.click(".picture-tools button >> nth=0");
      const sheet = page.locator("bns-mask-sheet .sheet");
      const box = (await sheet.boundingBox())!;
      await page.mouse.move(box.x + 0.2 * box.width, box.y + 0.2 * box.height);
      await page.mouse.down();
      await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.2 * box.height, { steps: 4 });
      await page.mouse.up();
      await sheet.focus();
      for (const key of ["ArrowDown", "ArrowDown", "Space"]) await page.keyboard.press(key);
      await page.click("text=Done");
      const masks = (): Promise<(string | null)[]> =>
        page.evaluate(() =>
          (globalThis as unknown as { golemYard: AtelierHook }).golemYard.wish.example.pictures.map(({ mask }) => mask),
        );
      await expect.poll(masks, { timeout: PATIENCE }).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
      await close();
    },
    3 * PATIENCE,
  );
});
