import { launchChromium, openPage, serveSite } from "../../browser/harness.ts";
import type { Clock } from "../peers/interleave.ts";
import { buildSite } from "../pages/build-page.ts";
import type { PageFigures } from "../pages/main-thread.ts";
import { readTrace, startTrace } from "../pages/task-trace.ts";

/** What the page's main thread had to do while a worker taught. */
export interface MainThreadFigures extends PageFigures {
  readonly tasks: number;
  /** Milliseconds of the longest task by the wall's clock, and of the one that took the most processor time. */
  readonly longestTask: Readonly<Record<Clock, number>>;
  /** How many tasks took more than 50 ms, by either clock. */
  readonly longTasks: Readonly<Record<Clock, number>>;
  /** Share of the time in which the main thread held a processor, in [0, 1]. */
  readonly busy: number;
  readonly complaints: readonly string[];
}

const LONG_TASK = 50;

/**
 * Opens a page in Chromium that runs golems with Havok at the screen's rate, without drawing them, teaches them in one
 * worker and takes over a policy every half second; reads from Chromium's own trace how long the main thread's tasks were.
 */
export async function measureMainThread(seconds: number): Promise<MainThreadFigures> {
  const built = await buildSite({ root: new URL("../pages/", import.meta.url), page: "main-thread.html" });
  const site = await serveSite({ folder: built.folder });
  const browser = await launchChromium();
  try {
    const visit = await openPage(browser, `${site.url}main-thread.html`);
    await visit.page.evaluate(() => globalThis.startTeaching());
    await startTrace(browser, visit.page);
    await visit.page.evaluate(() => globalThis.startCounting());
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const { page: tasks } = await readTrace(browser);
    const figures = await visit.page.evaluate(() => globalThis.stopCounting());
    const wall = tasks.map((task) => task.wall);
    const processor = tasks.map((task) => task.processor);
    const countLong = (times: readonly number[]): number => times.filter((time) => time > LONG_TASK).length;
    return {
      ...figures,
      tasks: tasks.length,
      longestTask: { wall: Math.max(...wall), processor: Math.max(...processor) },
      longTasks: { wall: countLong(wall), processor: countLong(processor) },
      busy: processor.reduce((sum, time) => sum + time, 0) / 1000 / figures.seconds,
      complaints: visit.complaints,
    };
  } finally {
    await browser.close();
    await site.close();
    await built.remove();
  }
}
