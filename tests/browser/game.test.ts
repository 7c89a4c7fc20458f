import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StudioRoomHook } from "../../sample-game/studio/view/open-studio-room.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { gameUrl, keyInwards, PATIENCE, waitForWay, waitForYard } from "./game-page.ts";
import { launchChromium, openPage, serveSite, type Visit, type VisitOptions } from "./harness.ts";

const PHONE: VisitOptions = { viewport: { width: 390, height: 844 }, touch: true };

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

async function openYard(more = "", options: VisitOptions = {}): Promise<Visit> {
  const visit = await openPage(browser, gameUrl(site.url, more), options);
  await waitForYard(visit.page);
  return visit;
}

/** Middle of a golem on the page, in CSS pixels. */
async function golemOnPage(page: Page, index: number): Promise<{ x: number; y: number }> {
  return page.evaluate((golem) => globalThis.golemYard.golemOnPage(golem), index);
}

describe("Golem Yard", () => {
  it("says what to do, and plays at a click", async () => {
    const { page, close } = await openYard();
    expect(await page.textContent(".card .lead")).toContain("Carry the three gems to the gate");
    await page.click('[data-test="play"]');
    expect(await page.evaluate(() => globalThis.golemYard.phase)).toBe("play");
    expect(await page.isVisible(".card")).toBe(false);
    await close();
  });

  it("plays at Enter, and is left at Escape", async () => {
    const { page, close } = await openYard();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => globalThis.golemYard.phase === "play", null, { timeout: PATIENCE });
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => globalThis.golemYard.phase === "demo", null, { timeout: PATIENCE });
    expect(await page.isVisible(".card")).toBe(true);
    await close();
  });

  it("lets the thief run by the keyboard", async () => {
    const { page, close } = await openYard();
    await page.click('[data-test="play"]');
    const from = await page.evaluate(() => globalThis.golemYard.thief);
    await page.keyboard.down(await keyInwards(page));
    await waitForWay(page, from, 1.5);
    await close();
  });

  it("lets the thief run by a finger on a phone", async () => {
    const { page, close } = await openYard("", PHONE);
    await page.tap('[data-test="play"]');
    const from = await page.evaluate(() => globalThis.golemYard.thief);
    const aim = { KeyA: [-90, 0], KeyD: [90, 0], KeyS: [0, 90], KeyW: [0, -90] }[await keyInwards(page)]!;
    const touch = await page.context().newCDPSession(page);
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x: 180, y: 560 }] });
    const touchPoints = [{ x: 180 + aim[0], y: 560 + aim[1] }];
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints });
    await waitForWay(page, from, 1.5);
    expect(await page.isVisible(".stick")).toBe(true);
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    expect(await page.isVisible(".stick")).toBe(false);
    await close();
  });

  it.each([
    ["WebGPU", ""],
    ["WebGL2", "&renderer=webgl2"],
  ])("draws with %s and says so", async (renderer, more) => {
    const { page, close } = await openYard(more);
    await page.waitForFunction(() => globalThis.golemYard.fps > 0, null, { timeout: PATIENCE });
    expect(await page.evaluate(() => globalThis.golemYard.renderer)).toBe(renderer);
    expect(await page.textContent('[data-test="badge"]')).toContain(renderer);
    await close();
  });

  it("opens a golem's mind at a click on it", async () => {
    const { page, close } = await openYard();
    await page.click(".card .quiet"); // behind the card, golems can be seen and clicked
    await page.click(".drawer .round");
    for (let attempt = 0; attempt < 8 && !(await page.isVisible(".golem-card")); attempt++) {
      const { x, y } = await golemOnPage(page, 0); // it walks on between asking and clicking
      await page.mouse.click(x, y);
    }
    await page.waitForSelector(".senses span", { timeout: PATIENCE });
    expect(await page.textContent(".golem-card h2")).toMatch(/^Golem [12]$/);
    expect(await page.locator(".senses span").allTextContents()).toContain("thief distance");
    await page.keyboard.press("Escape");
    expect(await page.isVisible(".golem-card")).toBe(false);
    await close();
  });

  it("lets a taught golem catch a thief that stands still, and says how it went", async () => {
    const { page, close } = await openYard();
    expect(await page.evaluate(() => globalThis.golemYard.mind)).toBe("shipped");
    await page.click('[data-test="play"]');
    await page.waitForSelector(".card.bad", { timeout: 2 * PATIENCE });
    expect(await page.evaluate(() => globalThis.golemYard.outcome)).toBe("caught");
    expect(await page.textContent(".card h1")).toBe("Caught");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => globalThis.golemYard.phase === "play", null, { timeout: PATIENCE });
    await close();
  });

  it("gives golems the mind that is chosen, as many golems as are asked for", async () => {
    const { page, close } = await openYard();
    await page.click('.card [data-value="half"]');
    await page.click('.card [data-value="3"]');
    const { mind, golems } = await page.evaluate(() => globalThis.golemYard);
    expect([mind, golems.length]).toEqual(["half", 3]);
    await close();
  });

  it("opens the studio on a phone by its button, keeps its own controls out of the panel's way, and closes it by F2", async () => {
    const { page, close } = await openYard("", PHONE);
    await page.tap('[data-test="studio"]');
    const panel = page.locator("babylon-neural-studio");
    await panel.waitFor({ timeout: PATIENCE });
    await page.waitForFunction(() => document.querySelector("#stage")!.clientHeight < innerHeight);
    const covered = await page.evaluate(() => {
      const { top } = document.querySelector("babylon-neural-studio")!.getBoundingClientRect();
      const parts = [...document.querySelectorAll("#stage, .card, .room-picker button, .tools button")];
      return parts.filter((part) => part.getBoundingClientRect().bottom > top + 0.5).map(({ className }) => className);
    });
    expect(covered).toEqual([]);
    await page.keyboard.press("F2");
    await panel.waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.querySelector("#stage")!.clientHeight === innerHeight)).toBe(true);
    await close();
  });

  it("hears no key that is typed in the studio", async () => {
    const { page, close } = await openYard();
    await page.keyboard.press("F2");
    await page.getByRole("searchbox", { name: "Search the scene" }).press("Enter");
    expect(await page.evaluate(() => globalThis.golemYard.phase)).toBe("demo");
    await close();
  });

  it("asks no other host for anything", async () => {
    const context = await browser.newContext();
    const asked: string[] = [];
    context.on("request", (request) => asked.push(request.url()));
    const { page, close } = await openYard("", { context });
    await page.click('[data-test="play"]');
    expect(asked.filter((url) => !url.startsWith(site.url) && !/^(data|blob):/.test(url))).toEqual([]);
    await close();
    await context.close();
  });
});

describe("the room Studio", () => {
  const stepOf = (page: Page): Promise<number> =>
    page.evaluate(() => (globalThis as unknown as { golemYard: StudioRoomHook }).golemYard.step);

  it("opens the panel by itself, and leads on as things are made, which are there after a reload", async () => {
    const { page, close } = await openPage(browser, gameUrl(site.url, "&room=studio"));
    await page.locator('li[data-id="box"]').click({ timeout: PATIENCE });
    expect(await page.textContent('[data-test="hint"]')).toContain("Add neural controller");
    await page.getByRole("button", { name: "Add neural controller" }).click();
    await expect.poll(() => page.textContent('[data-test="hint"]')).toContain("Add sensor");
    await page.reload();
    await page.locator('li[data-id="box"]').waitFor({ timeout: PATIENCE });
    await expect.poll(() => stepOf(page)).toBe(1);
    await page.getByRole("button", { name: "Begin anew" }).click();
    await expect.poll(() => stepOf(page)).toBe(0);
    await close();
  });
});
