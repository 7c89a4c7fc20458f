import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { hasFirefox, launchFirefox } from "./harness-firefox.ts";
import { launchChromium, openPage, serveSite } from "./harness.ts";

const root = resolve(import.meta.dirname, "../..");
const OPENS_WITHIN = 90_000;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

/** Runs on the page: null while the game loads, then `"open"`, or why it could not open. */
function readState(): string | null {
  const loading = document.querySelector("#loading");
  if (!loading) return "open";
  return loading.classList.contains("failed") ? loading.textContent : null;
}

/** Everything below a folder, sorted. */
function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }).sort() : [];
}

describe("The built site", () => {
  it("holds all models", () => {
    expect(list(resolve(root, "dist/models"))).toEqual(list(resolve(root, "models")));
  });

  it.each([
    ["where SharedArrayBuffer is allowed", {}],
    ["from a sub-path of a host that sends no special headers", { crossOriginIsolated: false, mount: "/games/yard/" }],
  ])("opens without complaints %s", async (_where, options) => {
    const site = await serveSite(options);
    const visit = await openPage(browser, site.url);
    const state = await visit.page.waitForFunction(readState, null, { timeout: OPENS_WITHIN });
    expect(await state.jsonValue()).toBe("open");
    await visit.close();
    await site.close();
  });

  it.skipIf(!hasFirefox())("opens in Firefox without errors", async () => {
    const site = await serveSite();
    const firefox = await launchFirefox();
    onTestFinished(() => firefox.close());
    const page = await firefox.browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(site.url);
    const state = await page.waitForFunction(readState, { timeout: OPENS_WITHIN });
    expect(await state.jsonValue()).toBe("open");
    await site.close();
    expect(errors).toEqual([]);
  });
});
