import type { Browser } from "playwright-core";
import { launchChromium, openPage, serveSite } from "../../browser/harness.ts";
import type { Clock } from "../peers/interleave.ts";
import { buildSite } from "../pages/build-page.ts";
import type { PageFigures } from "../pages/main-thread.ts";

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
    await browser.startTracing(visit.page, { categories: ["-*", "toplevel"] });
    await visit.page.evaluate(() => globalThis.startCounting());
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const tasks = await readTasks(browser);
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

/** One task of a thread. */
export interface Task {
  /** Milliseconds. */
  readonly wall: number;
  readonly processor: number;
}

/** The part of a trace event that is read here, https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU. */
interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the wall's clock, and of processor time. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Ends the trace. @returns The tasks of the page's main thread: of all main threads, the one that did most. */
export async function readTasks(browser: Browser): Promise<readonly Task[]> {
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const threads = new Map<string, Task[]>();
  const nameThread = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  for (const event of trace.traceEvents) {
    if (event.ph === "M" && event.name === "thread_name" && event.args.name === "CrRendererMain") {
      threads.set(nameThread(event), []);
    }
  }
  for (const event of trace.traceEvents) {
    if (event.ph !== "X" || event.name !== "ThreadControllerImpl::RunTask") continue;
    const { dur = 0, tdur = 0 } = event;
    threads.get(nameThread(event))?.push({ wall: dur / 1000, processor: tdur / 1000 });
  }
  return [...threads.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}
