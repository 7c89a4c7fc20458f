import type { RepeatableRun } from "../learn/repeatable-run.ts";
import { launchFirefox } from "./harness-firefox.ts";
import { launchChromium, openPage, serveSite } from "./harness.ts";

/** A browser that makes runs. */
export interface RunningBrowser {
  makeRun(run: RepeatableRun): Promise<number[]>;
  close(): Promise<void>;
}

/** True in a page whose module has been loaded. A text, since a compiled function may ask for helpers that pages lack. */
const IS_READY = "'makeRunHere' in globalThis";

/** Opens the page of `pages/determinism.html` in Chromium. `dist-test/` must be built. */
export async function openInChromium(): Promise<RunningBrowser> {
  const site = await serveSite({ folder: "dist-test" });
  const browser = await launchChromium();
  const { page, expectNoComplaints } = await openPage(browser, `${site.url}determinism.html`);
  await page.waitForFunction(IS_READY);
  return {
    makeRun: (run) => page.evaluate((asked) => makeRunHere(asked), run),
    async close() {
      await browser.close();
      await site.close();
      expectNoComplaints();
    },
  };
}

/** Like `openInChromium`, in Firefox, and without SharedArrayBuffer. */
export async function openInFirefox(): Promise<RunningBrowser> {
  const site = await serveSite({ folder: "dist-test", crossOriginIsolated: false });
  const firefox = await launchFirefox();
  const page = await firefox.browser.newPage();
  await page.goto(`${site.url}determinism.html`);
  await page.waitForFunction(IS_READY);
  return {
    makeRun: (run) => page.evaluate((asked) => makeRunHere(asked), run),
    async close() {
      await firefox.close();
      await site.close();
    },
  };
}
