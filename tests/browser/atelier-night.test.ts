import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AtelierHook } from "../../sample-game/atelier/view/atelier-hook.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { whenPainted } from "./atelier-page.ts";
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

async function openAtelier(renderer: "webgl2" | "webgpu", options: VisitOptions = {}): Promise<Visit> {
  const visit = await openPage(browser, gameUrl(site.url, `&room=atelier&renderer=${renderer}`), options);
  await whenPainted(visit.page);
  return visit;
}

function night(page: Page): Promise<AtelierHook["night"]> {
  return page.evaluate(() => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.night);
}

async function untilNight(page: Page, isOn: boolean, isCleaning: boolean, patience = PATIENCE): Promise<void> {
  await page.waitForFunction(
    ([on, cleaning]) => {
      const { night: now } = (globalThis as unknown as { golemYard: AtelierHook }).golemYard;
      return now.isOn === on && now.isCleaning === cleaning;
    },
    [isOn, isCleaning] as const,
    { timeout: patience },
  );
}

describe("The Atelier's night camera", () => {
  it("makes frames noisy without WebGPU, and says why they are not cleaned", { timeout: 3 * PATIENCE }, async () => {
    const visit = await openAtelier("webgl2");
    const { page } = visit;
    await page.click('[data-test="night-camera"]');
    await page.check('[data-name="night"]');
    await untilNight(page, true, false);
    await page.click('[data-name="clean"]');
    await page.waitForFunction(() => document.querySelector(".night-note")?.textContent !== "", null, {
      timeout: PATIENCE,
    });
    expect(await page.textContent(".night-note")).toBe(
      "Cleaning each frame needs WebGPU, and this browser draws without it. The frames stay noisy.",
    );
    expect(await page.isChecked('[data-name="clean"]')).toBe(false);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    expect(await night(page)).toEqual({ isOn: false, isCleaning: false });
    await visit.close();
  });

  it("cleans them to the right of a line that keys and fingers move", { timeout: 10 * PATIENCE }, async () => {
    const visit = await openAtelier("webgpu", { viewport: { width: 390, height: 844 }, touch: true });
    const { page } = visit;
    await page.keyboard.press("n");
    await untilNight(page, true, false);
    await page.tap('.phone-tabs [data-value="view"]');
    await page.tap('[data-name="clean"]');
    await untilNight(page, true, true, 8 * PATIENCE);
    const line = page.locator(".split-handle", { hasText: "Noisy" });
    await line.focus();
    const before = Number(await line.getAttribute("aria-valuenow"));
    await page.keyboard.press("ArrowRight");
    expect(Number(await line.getAttribute("aria-valuenow"))).toBeGreaterThan(before);
    await page.keyboard.press("Escape");
    await untilNight(page, false, false);
    expect(await line.isVisible()).toBe(false);
    await visit.close();
  });
});
