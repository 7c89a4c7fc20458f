import { loadavg } from "node:os";
import { longTaskGate } from "../long-task.ts";
import { gate, median, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const ROUNDS = 9;
const MOST_SECONDS = 1;

/** `npm run bench -- imagine-page`. Settings: `--set rounds=9`. */
const imaginePageBench: GateGroup = {
  name: "imagine-page",
  describe:
    "Materials of 256² imagined in a worker, on WASM, by one thread: seconds until the page has them, its longest task.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { onPage } = await import("../pages/on-page.ts");
    const rounds = Number(args.settings["rounds"] ?? (args.smoke ? 3 : ROUNDS));
    const root = new URL("../pages/", import.meta.url);
    const loadBefore = loadavg()[0];
    const { measured, chromium } = await onPage({ root, page: "imagine.html" }, async (page) => {
      await page.waitForFunction("'imaginePage' in globalThis");
      return page.evaluate((count) => globalThis.imaginePage.sit(count), rounds);
    });
    const { paintings, longestTask } = measured;
    const seconds = paintings.map((painting) => painting.seconds);
    const whole = new Set(paintings.filter(({ isComplete }) => isComplete).map(({ digest }) => digest));
    const what = "code to a stack of 256² on the page";
    return {
      gates: [
        gate("complete materials, each another one", whole.size, "", ">=", rounds),
        gate(`${what}, median`, median(seconds), "s", "<=", MOST_SECONDS),
        gate(`${what}, longest`, Math.max(...seconds), "s", "<=", MOST_SECONDS),
        longTaskGate(longestTask),
      ],
      work: "albedo, heights, roughness, metallic, normal and ORM, by Painter.paint, with its previews; warm",
      rounds,
      secondsBySource: Object.fromEntries(
        [...new Set(paintings.map(({ source }) => source))].map((source) => {
          const own = paintings.filter((painting) => painting.source === source);
          return [source, median(own.map((painting) => painting.seconds))];
        }),
      ),
      paintings: paintings.map(({ source, material, seconds: took }) => ({ source, material, seconds: took })),
      chromium,
      // How many programs wanted a core during the last minute, before and after: with more than cores, times are too long.
      load: [loadBefore, loadavg()[0]],
    };
  },
};

export default imaginePageBench;
