import type { Browser, Page } from "playwright-core";

/** One task of a thread. */
export interface Task {
  /** Microseconds on the trace's clock. */
  readonly start: number;
  /** Milliseconds. */
  readonly wall: number;
  readonly processor: number;
}

/** What Chromium did. */
export interface TaskTrace {
  /** Tasks of the page's main thread: of all main threads, the one that did most. */
  readonly page: readonly Task[];
  /** Tasks of all workers. */
  readonly workers: readonly Task[];
  /** When `performance.mark` was called, by name, in microseconds on the trace's clock. */
  readonly marks: ReadonlyMap<string, number>;
}

/** The part of a trace event that is read here, https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU. */
interface TraceEvent {
  readonly ph: string;
  readonly cat: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Microseconds by the wall's clock, and of processor time. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const MARKS = "blink.user_timing";

/** Has Chromium write down every task and every mark from now on. One trace at a time. */
export async function startTrace(browser: Browser, page: Page): Promise<void> {
  await browser.startTracing(page, { categories: ["-*", "toplevel", MARKS] });
}

/** Ends the trace, and reads it. */
export async function readTrace(browser: Browser): Promise<TaskTrace> {
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const threads = new Map<string, { readonly kind: string; readonly tasks: Task[] }>();
  const marks = new Map<string, number>();
  const nameThread = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  for (const event of traceEvents) {
    if (event.ph === "M" && event.name === "thread_name") {
      threads.set(nameThread(event), { kind: event.args.name ?? "", tasks: [] });
    }
  }
  for (const event of traceEvents) {
    const { ph, name, ts, dur = 0, tdur = 0 } = event;
    if (event.cat === MARKS) marks.set(name, ts);
    if (ph !== "X" || name !== "ThreadControllerImpl::RunTask") continue;
    threads.get(nameThread(event))?.tasks.push({ start: ts, wall: dur / 1000, processor: tdur / 1000 });
  }
  const tasksOf = (kind: string): readonly (readonly Task[])[] =>
    [...threads.values()].filter((thread) => thread.kind.startsWith(kind)).map(({ tasks }) => tasks);
  const page = [...tasksOf("CrRendererMain")].sort((a, b) => b.length - a.length)[0] ?? [];
  return { page, workers: tasksOf("DedicatedWorker").flat(), marks };
}
