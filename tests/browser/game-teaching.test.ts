import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadHavok } from "../../plugin/headless.ts";
import { createPolicy, decodePolicy, type PolicyData } from "../../plugin/index.ts";
import { scoreYard } from "../../sample-game/yard/lesson/score.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { gameUrl, PATIENCE, waitForYard } from "./game-page.ts";
import { launchChromium, openPage, serveSite } from "./harness.ts";

const MINUTES = 60_000;
const GAMES = 50;

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

/** The golems' present mind. */
async function readMind(page: Page): Promise<PolicyData> {
  const bytes = await page.evaluate(() => Array.from(globalThis.golemYard.policyFile() ?? []));
  return decodePolicy(Uint8Array.from(bytes), "The golems' mind");
}

/** Share of 50 games that the golems' present mind wins when it takes its likeliest action. */
async function scoreMind(page: Page): Promise<number> {
  const policy = await createPolicy(await readMind(page));
  const { catchRate } = scoreYard(policy, { games: GAMES, seed: 5, havok: await loadHavok() });
  policy.dispose();
  return catchRate;
}

/** Waits until so many of the run's last 100 games ended with a catch. */
async function waitForCatchRate(page: Page, least: number): Promise<void> {
  await page.waitForFunction((rate) => globalThis.golemYard.teaching.catchRate >= rate, least, {
    timeout: 5 * MINUTES,
    polling: 500,
  });
}

/** The names of all files that the browser has stored. */
async function listStored(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open("babylon-neural");
        opening.onerror = () => reject(new Error("the database cannot be opened"));
        opening.onsuccess = () => {
          const asking = opening.result.transaction("files").objectStore("files").getAllKeys();
          asking.onsuccess = () => {
            opening.result.close();
            resolve(asking.result.map(String));
          };
        };
      }),
  );
}

describe("Golems that are taught on the page", () => {
  it(
    "catch 30 points more within five minutes, and what was kept is back after a reload",
    async () => {
      const visit = await openPage(browser, gameUrl(site.url));
      const { page } = visit;
      await waitForYard(page);

      // Step 1. Teach from random weights; the first policy of the run is the start.
      await page.click('[data-test="teach"]');
      await page.click('[data-test="teach-fresh"]');
      await page.waitForFunction(() => globalThis.golemYard.mind === "live", null, { timeout: PATIENCE });
      const before = await scoreMind(page);
      await waitForCatchRate(page, before + 0.45);
      await page.click('[data-test="teach-stop"]');
      await page.waitForFunction(() => globalThis.golemYard.teaching.state === "finished", null, { timeout: PATIENCE });
      const after = await scoreMind(page);
      expect(after - before).toBeGreaterThanOrEqual(0.3);

      // Step 2. Keep it, come back, and meet it again.
      await page.click('[data-test="teach-keep"]');
      await page.waitForFunction(() => document.querySelector(".toast.shown") !== null, null, { timeout: PATIENCE });
      const kept = await readMind(page);
      await page.reload();
      await waitForYard(page);
      await page.click('.card [data-value="kept"]');
      await page.waitForFunction(() => globalThis.golemYard.mind === "kept", null, { timeout: PATIENCE });
      expect((await readMind(page)).parameters).toEqual(kept.parameters);
      await visit.close();
    },
    10 * MINUTES,
  );

  it("rest while the run is paused, and get their old mind back when it is forgotten", async () => {
    const visit = await openPage(browser, gameUrl(site.url));
    const { page } = visit;
    await waitForYard(page);
    const mind = await page.evaluate(() => globalThis.golemYard.mind);
    await page.click('[data-test="teach"]');
    await page.click('[data-test="teach-fresh"]');
    await page.waitForFunction(() => globalThis.golemYard.teaching.decisions > 0, null, { timeout: PATIENCE });
    await page.click('[data-test="teach-pause"]');
    expect(await page.evaluate(() => globalThis.golemYard.teaching.state)).toBe("paused");
    await page.click('[data-test="teach-pause"]');
    expect(await page.evaluate(() => globalThis.golemYard.teaching.state)).toBe("running");
    await page.click('[data-test="teach-reset"]');
    await page.waitForFunction(() => globalThis.golemYard.teaching.state === "idle", null, { timeout: PATIENCE });
    expect(await page.evaluate(() => globalThis.golemYard.mind)).toBe(mind);
    await visit.close();
  });

  it("go on with the last run after a reload", async () => {
    const visit = await openPage(browser, gameUrl(site.url));
    const { page } = visit;
    await waitForYard(page);
    await page.click('[data-test="teach"]');
    await page.click('[data-test="teach-fresh"]');
    await page.waitForFunction(() => globalThis.golemYard.teaching.decisions > 0, null, { timeout: PATIENCE });
    await page.click('[data-test="teach-pause"]');
    await expect.poll(() => listStored(page), { timeout: PATIENCE }).toContain("golem-run");
    const before = await page.evaluate(() => globalThis.golemYard.teaching.decisions);

    await page.reload();
    await waitForYard(page);
    await page.click('[data-test="teach"]');
    await page.click('[data-test="teach-resume"]');
    await page.waitForFunction((least) => globalThis.golemYard.teaching.decisions > least, before, {
      timeout: PATIENCE,
    });
    await page.click('[data-test="teach-reset"]');
    await page.waitForFunction(() => globalThis.golemYard.teaching.state === "idle", null, { timeout: PATIENCE });
    expect(await page.isVisible('[data-test="teach-resume"]')).toBe(false);
    await visit.close();
  });
});
