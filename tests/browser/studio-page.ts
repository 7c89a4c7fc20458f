import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import type { RunningServer } from "../../scripts/static-server.ts";
import { openPage, type Visit, type VisitOptions } from "./harness.ts";

export const DESK = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };
/** The panel's tabs, by name. */
export const TABS = ["Scene", "Lesson", "Teach", "Understand", "Show", "Paint"];

/** Opens a small scene with the studio over it; it is closed when the test ends. @param search - Of the page's address. */
export async function visitStudioPage(
  browser: Browser,
  site: RunningServer,
  options: VisitOptions = {},
  search = "",
): Promise<Visit> {
  const visit = await openPage(browser, `${site.url}studio.html${search}`, { viewport: DESK, ...options });
  visit.page.setDefaultTimeout(60_000);
  // A test that fails leaves no page behind that would slow the next one down.
  onTestFinished(() => (options.context ? visit.page.close() : visit.context.close()));
  await whenStudioIsThere(visit.page);
  return visit;
}

/** Waits until the scene has been drawn and the panel is there, as after a reload: before the first frame nothing has a place. */
export async function whenStudioIsThere(page: Page): Promise<void> {
  await page.waitForFunction(
    "'studioPage' in globalThis && studioPage.scene.isReady() && studioPage.scene.getFrameId() > 2",
  );
}

/** Opens a tab of the panel by its name. */
export const openTab = (page: Page, name: string): Promise<void> => page.getByRole("tab", { name }).click();

/** Clicks a mesh where it is seen. */
export const clickMesh = async (page: Page, mesh: string): Promise<void> => {
  const { x, y } = await page.evaluate((id) => {
    const place = globalThis.studioPage.place(id);
    return { x: place.x, y: place.y };
  }, mesh);
  await page.mouse.click(x, y);
};

/** From an empty scene to a box with senses, and a lesson. */
export async function makeLesson(page: Page): Promise<void> {
  await clickMesh(page, "box");
  await page.getByRole("button", { name: "Add neural controller" }).click();
  await page.getByRole("button", { name: "Add sensor" }).click();
  await page.locator('button[data-kind="directionTo"]').click();
  await clickMesh(page, "ball");
  await openTab(page, "Lesson");
  await page.getByRole("button", { name: "Reach something" }).click();
  await clickMesh(page, "ball");
  await page.locator('[data-place="resets[1]"]').waitFor();
}

const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Everything that an accessibility checker finds on the page as it is now. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(await axe);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
    };
    const found = (await checker.run()).violations;
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}
