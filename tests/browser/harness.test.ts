import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { launchFirefox, hasFirefox } from "./harness-firefox.ts";
import { launchChromium, openPage, serveSite } from "./harness.ts";

const folder = mkdtempSync(join(tmpdir(), "babylon-neural-site-"));
let browser: Browser;

beforeAll(async () => {
  writeFileSync(join(folder, "index.html"), "<title>fine</title><link rel=icon href=data:,>");
  writeFileSync(join(folder, "throws.html"), "<link rel=icon href=data:,><script>throw new Error('spilt')</script>");
  writeFileSync(join(folder, "misses.html"), "<link rel=icon href=data:,><script src=nowhere.js></script>");
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

describe("The browser harness", () => {
  it("opens a page that has WebGPU", async () => {
    const site = await serveSite({ folder });
    const visit = await openPage(browser, site.url);
    const adapter = await visit.page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null);
    await visit.close();
    await site.close();
    expect(adapter).toBe(true);
  });

  it("reports an uncaught error", async () => {
    const site = await serveSite({ folder });
    const visit = await openPage(browser, `${site.url}throws.html`);
    await expect(visit.close()).rejects.toThrow("spilt");
    await site.close();
  });

  it("reports a file that is not there", async () => {
    const site = await serveSite({ folder });
    const visit = await openPage(browser, `${site.url}misses.html`);
    await expect(visit.close()).rejects.toThrow("404");
    await site.close();
  });

  it("allows SharedArrayBuffer where the site is cross-origin isolated, and only there", async () => {
    const seen: boolean[] = [];
    for (const crossOriginIsolated of [true, false]) {
      const site = await serveSite({ folder, crossOriginIsolated });
      const visit = await openPage(browser, site.url);
      seen.push(await visit.page.evaluate(() => globalThis.crossOriginIsolated));
      await visit.close();
      await site.close();
    }
    expect(seen).toEqual([true, false]);
  });

  it("serves from a sub-path only, where asked to", async () => {
    const site = await serveSite({ folder, mount: "/games/yard/" });
    const inside = await fetch(site.url);
    const outside = await fetch(new URL("/index.html", site.url));
    await site.close();
    expect([inside.status, outside.status]).toEqual([200, 404]);
  });

  it.skipIf(!hasFirefox())("draws WebGL 2 in Firefox", async () => {
    const site = await serveSite({ folder });
    const firefox = await launchFirefox();
    onTestFinished(() => firefox.close());
    const page = await firefox.browser.newPage();
    await page.goto(site.url);
    const draws = await page.evaluate(() => document.createElement("canvas").getContext("webgl2") !== null);
    await site.close();
    expect(draws).toBe(true);
  });
});
