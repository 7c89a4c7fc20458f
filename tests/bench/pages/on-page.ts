import type { Browser, Page } from "playwright-core";
import { launchChromium, openPage, serveSite } from "../../browser/harness.ts";
import { buildSite, type SiteSources } from "./build-page.ts";

/** What is measured on a page, and where. */
export interface PageMeasurement<T> {
  readonly measured: T;
  /** Version of Chromium. */
  readonly chromium: string;
}

/**
 * Builds a page as a release is built, opens it in Chromium, and measures there. Browser and files are gone afterwards, whatever happens.
 *
 * @throws Error with all that the page complained about.
 */
export async function onPage<T>(
  sources: SiteSources,
  measure: (page: Page, browser: Browser) => Promise<T>,
): Promise<PageMeasurement<T>> {
  const built = await buildSite(sources);
  const site = await serveSite({ folder: built.folder });
  const browser = await launchChromium();
  try {
    const visit = await openPage(browser, `${site.url}${sources.page}`);
    const measured = await measure(visit.page, browser);
    visit.expectNoComplaints();
    return { measured, chromium: browser.version() };
  } finally {
    await browser.close();
    await site.close();
    await built.remove();
  }
}
