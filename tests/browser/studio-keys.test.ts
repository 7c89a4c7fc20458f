import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunningServer } from "../../scripts/static-server.ts";
import { launchChromium, serveSite } from "./harness.ts";
import { walkByKeyboard } from "./keyboard-walk.ts";
import { makeLesson, openTab, TABS, visitStudioPage } from "./studio-page.ts";

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

/** Fills every tab: an agent with a lesson that decides, a run, a checkpoint, and an episode that a person has shown. */
async function fill(page: Page): Promise<void> {
  await makeLesson(page);
  await openTab(page, "Teach");
  await page.locator('[data-test="teach"]').click();
  await page.locator("bns-run-list label", { hasText: /run 1.*[1-9]\d* decisions/s }).waitFor();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.locator('[data-test="keep"]').click();
  await openTab(page, "Show");
  await page.getByRole("button", { name: "Play and record" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Episode 1").waitFor();
  await openTab(page, "Scene");
  await page.locator('li[data-id="box"]').click();
}

it("can be operated by the keyboard alone: the Tab key and arrows reach every control of every tab", async () => {
  const { page, close } = await visitStudioPage(browser, site);
  await fill(page);
  const faults: Record<string, unknown> = {};
  for (const tab of TABS) {
    await openTab(page, tab);
    await page.locator('[role="tabpanel"] :is(button, input):visible').first().waitFor();
    await page.locator("babylon-neural-studio .notice").waitFor({ state: "detached" }); // it goes away by itself
    const { controls, missed, pointerOnly } = await walkByKeyboard(page, "babylon-neural-studio");
    expect(controls.length, tab).toBeGreaterThan(TABS.length + 4);
    if (missed.length + pointerOnly.length > 0) faults[tab] = { missed, pointerOnly };
  }
  expect(faults).toEqual({});
  await close();
});
