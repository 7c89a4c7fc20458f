import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../scripts/static-server.ts";
import { launchChromium, openPage, serveSite, type Visit, type VisitOptions } from "./harness.ts";
import { clickMesh, DESK, makeLesson, openTab, PHONE, TABS, violations, visitStudioPage } from "./studio-page.ts";

/** Milliseconds that a slow machine without a GPU may take for a run to be taught. */
const LESSON = 240_000;

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

const visitStudio = (options?: VisitOptions, search?: string): Promise<Visit> =>
  visitStudioPage(browser, site, options, search);

/** What a node keeps, as JSON. */
const kept = (page: Page, mesh: string): Promise<string> =>
  page.evaluate((id) => JSON.stringify(globalThis.studioPage.scene.getMeshById(id)!.metadata), mesh);

describe("the studio", () => {
  it(
    "leads from an empty scene to a box that reaches the ball in a game that only loads the scene",
    async () => {
      const { page, close } = await visitStudio();
      await makeLesson(page);
      await openTab(page, "Teach");
      await page.locator('[data-test="teach"]').click();
      await page.locator("bns-run-list label", { hasText: /run 1.*[1-9]\d* decisions/s }).waitFor({ timeout: LESSON });
      await page.locator('[data-test="keep"]').click({ timeout: LESSON });
      expect(await page.locator("bns-term-table th").allTextContents()).toEqual([
        "Approach ball · +0.1 per m",
        "Time −0.05 per s",
        "Reached ball · +1 once",
      ]);
      await page.getByText("has it when the scene is loaded again").waitFor();
      const file = await page.evaluate(() => globalThis.studioPage.save());
      await close();

      const game = await openPage(browser, `${site.url}studio-load.html`);
      await game.page.waitForFunction("'playSavedScene' in globalThis");
      const play = await game.page.evaluate((text) => globalThis.playSavedScene(text, 100), file);
      await game.close();
      expect(play.problems).toEqual([]);
      expect(play.controllers).toEqual(["box"]);
      expect(play.reached).toBeGreaterThanOrEqual(0.9);
    },
    2 * LESSON,
  );

  it("takes every edit back, and does it again, by keys", async () => {
    const { page, close } = await visitStudio();
    expect(await kept(page, "box")).toBe("null");
    await makeLesson(page);
    const after = await kept(page, "box");
    await page.getByRole("tab", { name: "Scene" }).focus();
    for (let edit = 0; edit < 5; edit++) await page.keyboard.press("Control+z");
    expect(await kept(page, "box")).toBe("null");
    for (let edit = 0; edit < 5; edit++) await page.keyboard.press("Control+Shift+z");
    expect(await kept(page, "box")).toBe(after);
    await close();
  });

  it("can be used by keyboard alone: choose, attach, add a sensor and aim it", async () => {
    const { page, close } = await visitStudio();
    const search = page.getByRole("searchbox", { name: "Search the scene" });
    for (let tabs = 0; tabs < 12; tabs++) {
      await page.keyboard.press("Tab");
      if (await search.evaluate((input) => input.matches(":focus"))) break;
    }
    await page.keyboard.press("Tab"); // into the tree
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    for (let tabs = 0; tabs < 3; tabs++) {
      await page.keyboard.press("Tab");
      const focused = page.getByRole("button", { name: "Add neural controller" });
      if (await focused.evaluate((button) => button.matches(":focus")).catch(() => false)) break;
    }
    await page.keyboard.press("Enter");
    const add = page.getByRole("button", { name: "Add sensor" });
    await add.focus();
    await page.keyboard.press("Enter");
    await page.locator('button[data-kind="distanceTo"]').focus();
    await page.keyboard.press("Enter");
    await page.locator('li[data-id="ball"]').focus();
    await page.keyboard.press("Enter");
    await page.locator('[data-part="sensors-1"]').waitFor();
    expect(await kept(page, "box")).toContain('"target":"ball"');
    await close();
  });

  it("lets a person on a phone choose things by name, and show an agent what to do by keys under a finger", async () => {
    const { page, close } = await visitStudio({ viewport: PHONE, touch: true });
    await page.locator('li[data-id="box"]').click();
    await page.getByRole("button", { name: "Add neural controller" }).click();
    await page.getByRole("button", { name: "Add sensor" }).click();
    await page.locator('button[data-kind="directionTo"]').click();
    await page.getByRole("combobox", { name: "Choose it by its name" }).selectOption({ label: "ball" });
    await page.locator('[data-part="sensors-1"]').waitFor();
    expect(await kept(page, "box")).toContain('"target":"ball"');
    await openTab(page, "Show");
    await page.getByRole("button", { name: "Play and record" }).click();
    const z = (): Promise<number> => page.evaluate(() => globalThis.studioPage.scene.getMeshById("box")!.position.z);
    const before = await z();
    await page.getByRole("button", { name: "W", exact: true }).hover();
    await page.mouse.down();
    await expect.poll(z, { timeout: 60_000 }).toBeGreaterThan(before + 1); // it looks along z
    await page.mouse.up();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Episode 1").waitFor();
    await close();
  });

  it("says before a run what would keep an agent from learning, and mends it at a click", async () => {
    const { page, close } = await visitStudio();
    await makeLesson(page);
    const first = page.locator('[data-place="resets[0]"]');
    await first.getByRole("button", { name: /^Remove/ }).click();
    await page.locator('[data-place="resets[1]"]').waitFor({ state: "detached" });
    await first.getByRole("button", { name: /^Remove/ }).click();
    await first.waitFor({ state: "detached" });
    await openTab(page, "Teach");
    expect(await page.getByRole("tabpanel").evaluate((panel) => panel.scrollTop)).toBe(0);
    await page.locator('[data-test="check"]').click();
    await page.getByText("Every episode begins in the same way.").waitFor();
    await page.getByRole("button", { name: "Put things elsewhere at each start" }).click();
    await openTab(page, "Lesson");
    await page.locator('[data-place="resets[1]"]').waitFor();
    await page.keyboard.press("Control+z");
    await first.waitFor({ state: "detached" });
    await close();
  });

  it("makes a decision of the past again, to the last bit, and goes on where it was", async () => {
    const { page, close } = await visitStudio();
    await makeLesson(page);
    await page.evaluate(() => globalThis.studioPage.giveUntaughtPolicies());
    await openTab(page, "Understand");
    await page.getByRole("region", { name: "What it does" }).waitFor();
    const slider = page.getByRole("slider", { name: "Seconds ago" });
    const recorded = (): Promise<number> => slider.evaluate((input: HTMLInputElement) => Number(input.max));
    await expect.poll(recorded, { timeout: 60_000 }).toBeGreaterThan(1.5);
    await slider.fill("0.5");
    await page.getByText("Decided again: the same").waitFor();
    const x = (): Promise<number> => page.evaluate(() => globalThis.studioPage.scene.getMeshById("box")!.position.x);
    const then = await x();
    await page.waitForTimeout(300);
    expect(await x()).toBe(then);
    await page.getByRole("button", { name: "Live" }).click();
    await page.getByText("Decided again").waitFor({ state: "detached", timeout: 60_000 });
    await close();
  });

  it("shows what an agent expects all over the floor, and takes the map away again", async () => {
    const { page, close } = await visitStudio();
    await makeLesson(page);
    await page.evaluate(() => globalThis.studioPage.giveUntaughtPolicies());
    await openTab(page, "Understand");
    const maps = (): Promise<number> =>
      page.evaluate(() => globalThis.studioPage.scene.meshes.filter(({ name }) => name === "value map").length);
    await page.getByRole("checkbox", { name: "Show it all over the floor" }).check();
    await page.locator("bns-value-legend i").waitFor();
    expect(await maps()).toBe(1);
    await page.getByRole("checkbox", { name: "Show it all over the floor" }).uncheck();
    expect(await maps()).toBe(0);
    await page.getByRole("checkbox", { name: "Show it all over the floor" }).check();
    await page.locator('button[aria-label="Close the studio"]').click();
    expect(await maps()).toBe(0);
    await close();
  });

  it(
    "learns by heart what a person shows, and lets its critic learn first when it is taught on",
    { timeout: 2 * LESSON },
    async () => {
      const { page, close } = await visitStudio();
      await makeLesson(page);
      await openTab(page, "Show");
      await page.getByRole("button", { name: "Play and record" }).click();
      await page.keyboard.down("KeyW");
      await page.waitForTimeout(4000);
      await page.keyboard.up("KeyW");
      await page.getByRole("button", { name: "Stop" }).click();
      await page.getByRole("button", { name: "Learn from it" }).click();
      await page.getByText("does now what you showed").waitFor({ timeout: LESSON });
      await openTab(page, "Teach");
      await page.getByRole("checkbox", { name: "Go on from what it knows" }).check();
      const words = await page.locator('[data-test="critic-first"]').innerText();
      expect(words).toContain("for the first 8000 decisions only its critic learns");
      await close();
    },
  );

  it("clones in a worker to the same bits, with no task of 50 ms on the page", { retry: 2 }, async () => {
    const { page, close } = await visitStudio({}, "?closed");
    const trial = await page.evaluate(() => globalThis.studioPage.tryCloning(8000));
    expect(trial.isSame).toBe(true);
    expect(trial.reports).toBeGreaterThan(0);
    expect(trial.longestTask).toBe(0);
    await close();
  });

  it("gives up picking at Escape, and adds nothing", async () => {
    const { page, close } = await visitStudio();
    await clickMesh(page, "box");
    await page.getByRole("button", { name: "Add neural controller" }).click();
    const before = await kept(page, "box");
    await page.getByRole("button", { name: "Add sensor" }).click();
    await page.locator('button[data-kind="directionTo"]').click();
    await page.getByRole("button", { name: /^Cancel/ }).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.getByRole("button", { name: /^Cancel/ }).count()).toBe(0);
    expect(await kept(page, "box")).toBe(before);
    await close();
  });

  it("remembers its dock, size, colours and tab after a reload", async () => {
    const { page, close } = await visitStudio();
    await page.getByRole("button", { name: /^Docked right/ }).click();
    await page.getByRole("button", { name: /^Docked bottom/ }).click();
    await page.getByRole("button", { name: /^Colours: system/ }).click();
    await page.getByRole("separator", { name: "Size of the panel" }).focus();
    await page.keyboard.press("Shift+ArrowRight");
    await openTab(page, "Lesson");
    await page.reload();
    const panel = page.locator("babylon-neural-studio");
    await panel.waitFor();
    expect(await panel.getAttribute("dock")).toBe("left");
    expect(await panel.getAttribute("theme")).toBe("light");
    expect(await panel.evaluate((element) => element.getBoundingClientRect().width)).toBe(444); // 380 + 64
    expect(await page.getByRole("tab", { name: "Lesson" }).getAttribute("aria-selected")).toBe("true");
    await close();
  });

  it("leaves no listener, element or line behind when it is closed", async () => {
    const { page, close } = await visitStudio({}, "?closed");
    const before = await page.evaluate(() => [
      globalThis.studioPage.observers(),
      globalThis.studioPage.scene.meshes.length,
    ]);
    await page.evaluate(() => globalThis.studioPage.open());
    await page.getByRole("tab", { name: "Understand" }).click();
    await page.locator('button[aria-label="Close the studio"]').click();
    expect(await page.locator("babylon-neural-studio").count()).toBe(0);
    const after = await page.evaluate(() => [
      globalThis.studioPage.observers(),
      globalThis.studioPage.scene.meshes.length,
    ]);
    expect(after).toEqual(before);
    await close();
  });

  it.each([
    ["on a desk, in the light", DESK, "light"],
    ["on a phone, in the dark", PHONE, "dark"],
  ] as const)("has no fault that an accessibility checker finds %s", async (_where, viewport, colorScheme) => {
    const context = await browser.newContext({ viewport, colorScheme });
    const { page, close } = await visitStudio({ context });
    const found: string[] = [];
    await page.locator('li[data-id="box"]').click();
    for (const tab of TABS) {
      await openTab(page, tab);
      found.push(...(await violations(page)).map((words) => `${tab}, empty: ${words}`));
    }
    await openTab(page, "Scene");
    await page.getByRole("button", { name: "Add neural controller" }).click();
    await page.getByRole("button", { name: "Add sensor" }).click();
    found.push(...(await violations(page)).map((words) => `palette: ${words}`));
    await page.locator('button[data-kind="rayFan"]').click();
    await openTab(page, "Lesson");
    await page.getByRole("button", { name: "Begin from nothing" }).click();
    for (const tab of TABS) {
      await openTab(page, tab);
      found.push(...(await violations(page)).map((words) => `${tab}: ${words}`));
    }
    expect(found).toEqual([]);
    await close();
    await context.close();
  });
});
