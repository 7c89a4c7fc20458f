import { describe, expect, it, onTestFinished } from "vitest";
import { gameUrl, PATIENCE } from "./game-page.ts";
import { hasFirefox, launchFirefox } from "./harness-firefox.ts";
import { serveSite } from "./harness.ts";

describe.skipIf(!hasFirefox())("Golem Yard in Firefox", () => {
  it("lets the thief run by the keyboard, drawn with WebGL2", async () => {
    const site = await serveSite();
    const firefox = await launchFirefox();
    onTestFinished(async () => {
      await firefox.close();
      await site.close();
    });
    const page = await firefox.browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(gameUrl(site.url));
    const isOpen = (): boolean => "golemYard" in globalThis && globalThis.golemYard.games > 0;
    await page.waitForFunction(isOpen, { timeout: PATIENCE });
    await page.click('[data-test="play"]');
    const { x, z } = await page.evaluate(() => globalThis.golemYard.thief);
    const across = Math.abs(x) > Math.abs(z);
    await page.keyboard.down(across ? (x > 0 ? "KeyA" : "KeyD") : z > 0 ? "KeyS" : "KeyW");
    const hasRun = (fromX: number, fromZ: number): boolean =>
      Math.hypot(globalThis.golemYard.thief.x - fromX, globalThis.golemYard.thief.z - fromZ) >= 1.5;
    await page.waitForFunction(hasRun, { timeout: PATIENCE }, x, z);
    expect(await page.evaluate(() => globalThis.golemYard.renderer)).toBe("WebGL2");
    expect(errors).toEqual([]);
  });
});
