import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SeekerHook } from "../../sample-game/seeker/view/open-seeker.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { gameUrl, PATIENCE } from "./game-page.ts";
import { launchChromium, openPage, serveSite } from "./harness.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

describe("A lesson whose agents see", () => {
  let site: RunningServer;
  beforeAll(async () => {
    site = await serveSite({ folder: "dist-test" });
  });
  afterAll(async () => {
    await site.close();
  });

  it("is taught in a worker by TensorFlow.js, and the same seed gives the same policy", async () => {
    const { page, close } = await openPage(browser, `${site.url}camera-lesson.html`);
    const first = await page.evaluate(() => globalThis.cameraLessonPage.teach(3));
    const again = await page.evaluate(() => globalThis.cameraLessonPage.teach(3));
    const other = await page.evaluate(() => globalThis.cameraLessonPage.teach(4));
    expect(first.device).toBe("tfjs");
    expect(again.parameters).toEqual(first.parameters);
    expect(other.parameters).not.toEqual(first.parameters);
    await close();
  });

  it("repeats its pictures exactly, and gives the one of the decision before as a game does", async () => {
    const { page, close } = await openPage(browser, `${site.url}camera-lesson.html`);
    const three = await page.evaluate(() => globalThis.cameraLessonPage.look(5, 3));
    const again = await page.evaluate(() => globalThis.cameraLessonPage.look(5, 3));
    expect(again).toEqual(three);
    expect(three.now).not.toEqual(three.before);
    expect(new Set(three.now).size).toBeGreaterThan(10);
    // At the first decision there is no earlier picture, so it gets its own; so does the second, for which that one is the earlier.
    const one = await page.evaluate(() => globalThis.cameraLessonPage.look(5, 1));
    expect(one.now).toEqual(one.before);
    await close();
  });
});

describe("The seeker's court", () => {
  it(
    "shows the golem's picture, and the golem finds emeralds by it",
    async () => {
      const site = await serveSite();
      const { page, close } = await openPage(browser, gameUrl(site.url, "&room=seeker"));
      const reached = (count: number): Promise<unknown> =>
        page.waitForFunction(
          (wanted) => {
            const { golemYard } = globalThis as unknown as { golemYard?: Partial<SeekerHook> };
            return golemYard?.room === "seeker" && (golemYard.pictures ?? 0) > 5 && (golemYard.found ?? 0) >= wanted;
          },
          count,
          { timeout: 3 * PATIENCE },
        );
      await reached(2);
      const { hasMind, walked, found } = await page.evaluate(() => ({
        ...(globalThis as unknown as { golemYard: SeekerHook }).golemYard,
      }));
      expect(hasMind).toBe(true);
      expect(found).toBeGreaterThan(walked / 2);
      const colours = await page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>(".mind .sight")!;
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      });
      expect(colours).toBeGreaterThan(3);
      expect(await page.textContent('[data-test="score"]')).toBe(`Found ${found} of ${walked} emeralds.`);
      // The same mind goes on where the pictures are: the scene's GPU device.
      await page.click('.mind [data-value="gpu"]');
      await reached(found + 2);
      const place = await page.evaluate(() => (globalThis as unknown as { golemYard: SeekerHook }).golemYard.place);
      expect(place).toBe("gpu");
      await close();
      await site.close();
    },
    7 * PATIENCE,
  );
});
