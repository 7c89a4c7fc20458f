import { describe, expect, it } from "vitest";
import { materialFingerprints } from "../paint/fingerprint.ts";
import { hasFirefox, launchFirefox } from "./harness-firefox.ts";
import { launchChromium, openPage, serveSite } from "./harness.ts";

const IS_READY = "'materialFingerprintsHere' in globalThis";

describe("Procedural materials and their maps", () => {
  it("have the same bytes in Chromium as in Node", async () => {
    const site = await serveSite({ folder: "dist-test" });
    const browser = await launchChromium();
    const { page, expectNoComplaints } = await openPage(browser, `${site.url}materials.html`);
    await page.waitForFunction(IS_READY);
    expect(await page.evaluate(() => materialFingerprintsHere())).toEqual(materialFingerprints());
    await browser.close();
    await site.close();
    expectNoComplaints();
  });

  it.skipIf(!hasFirefox())("have the same bytes in Firefox as in Node", async () => {
    const site = await serveSite({ folder: "dist-test", crossOriginIsolated: false });
    const firefox = await launchFirefox();
    const page = await firefox.browser.newPage();
    await page.goto(`${site.url}materials.html`);
    await page.waitForFunction(IS_READY);
    expect(await page.evaluate(() => materialFingerprintsHere())).toEqual(materialFingerprints());
    await firefox.close();
    await site.close();
  });
});
