import { loadavg } from "node:os";
import type { Task, TaskTrace } from "../pages/task-trace.ts";
import { longTaskGate } from "../long-task.ts";
import { readInterleaveOptions } from "../peers/interleave.ts";
import { gate, median, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const MOST_SECONDS = 1;

/** `npm run bench -- imagine-page`. Settings: `--set rounds=9`, `--set clock=processor` (on a busy machine). */
const imaginePageBench: GateGroup = {
  name: "imagine-page",
  describe:
    "Materials of 256² imagined on WASM by one thread, in a worker: time until a page has them, its longest task.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { onPage } = await import("../pages/on-page.ts");
    const { readTrace, startTrace } = await import("../pages/task-trace.ts");
    const { rounds, clock } = readInterleaveOptions(args);
    const root = new URL("../pages/", import.meta.url);
    const loadBefore = loadavg()[0];
    const { measured, chromium } = await onPage({ root, page: "imagine.html" }, async (page, browser) => {
      await page.waitForFunction("'imaginePage' in globalThis");
      await startTrace(browser, page);
      const sitting = await page.evaluate((count) => globalThis.imaginePage.sit(count), rounds);
      return { ...sitting, trace: await readTrace(browser) };
    });
    const { longestTask, trace } = measured;
    const paintings = measured.paintings.map(({ source, material, seconds }, i) => {
      return { source, material, seconds: { wall: seconds, processor: processorSeconds(trace, i) } };
    });
    const seconds = paintings.map((painting) => painting.seconds[clock]);
    const whole = new Set(measured.paintings.filter(({ isComplete }) => isComplete).map(({ digest }) => digest));
    const longest = { wall: longestTask, processor: longestProcessorTask(trace, rounds) };
    const by = clock === "wall" ? "" : ", processor time";
    const what = `code to a stack of 256² on the page${by}`;
    return {
      gates: [
        gate("complete materials, each another one", whole.size, "", ">=", rounds),
        gate(`${what}, median`, median(seconds), "s", "<=", MOST_SECONDS),
        gate(`${what}, longest`, Math.max(...seconds), "s", "<=", MOST_SECONDS),
        longTaskGate(longest[clock], by),
      ],
      work: "albedo, heights, roughness, metallic, normal and ORM, by Painter.paint, with its previews; warm",
      rounds,
      clock,
      secondsBySource: Object.fromEntries(
        [...new Set(paintings.map(({ source }) => source))].map((source) => {
          const own = paintings.filter((painting) => painting.source === source);
          return [source, median(own.map((painting) => painting.seconds[clock]))];
        }),
      ),
      paintings,
      longestTask: longest,
      chromium,
      // How many programs wanted a core during the last minute, before and after: with more than cores, the wall's clock says too much.
      load: [loadBefore, loadavg()[0]],
    };
  },
};

export default imaginePageBench;

/** Seconds that the worker computed between the beginning of one painting and that of the next; NaN where the trace does not tell. */
function processorSeconds({ workers, marks }: TaskTrace, painting: number): number {
  const own = tasksBetween(workers, marks, [painting, painting + 1]);
  return own.length === 0 ? Number.NaN : own.reduce((sum, { processor }) => sum + processor, 0) / 1000;
}

/** Milliseconds of the page's task that computed longest while it was painted; NaN where the trace does not tell. */
function longestProcessorTask({ page, marks }: TaskTrace, rounds: number): number {
  const own = tasksBetween(page, marks, [0, rounds]);
  return own.length === 0 ? Number.NaN : Math.max(...own.map(({ processor }) => processor));
}

function tasksBetween(
  tasks: readonly Task[],
  marks: TaskTrace["marks"],
  paintings: readonly [first: number, next: number],
): readonly Task[] {
  const [from, to] = paintings.map((i) => marks.get(`painting ${i}`) ?? Number.NaN);
  return tasks.filter(({ start }) => start >= from && start < to);
}
