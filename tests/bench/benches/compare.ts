import { describeMachine, gate, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";
import { judgeSpeed } from "../peers/speed-gates.ts";
import type { Comparison } from "../compare/describe-standings.ts";
import type { Crossing, Standings } from "../pages/compare.ts";

interface Shape {
  readonly width: number;
  readonly rows: number;
}

const LEARNING: readonly Shape[] = [
  { width: 64, rows: 64 },
  { width: 64, rows: 256 },
  { width: 256, rows: 256 },
];
const DECIDING: readonly number[] = [16, 64, 1024];
/** What a GPU made of software can do in minutes; `--set grid=large` is for real ones. */
const SMALL_GRID: readonly Shape[] = [32, 64, 128, 256].flatMap((width) => [64, 256].map((rows) => ({ width, rows })));
const LARGE_GRID: readonly Shape[] = [32, 64, 128, 256, 512].flatMap((width) =>
  [64, 256, 1024, 4096].map((rows) => ({ width, rows })),
);
const CROSSING_MINIBATCHES = 4;
const LARGEST_DIFFERENCE = 1e-5;

/**
 * `npm run bench -- compare`. Settings: `--set rounds=9`, `--set grid=large`, `--set remark="on a busy machine"`, and
 * `--set write=no`, which leaves `tests/bench/results.md` as it is, as a smoke run does.
 */
const compareBench: GateGroup = {
  name: "compare",
  describe:
    "Everybody against everybody in one page of Chromium, learning and deciding; writes tests/bench/results.md.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { installPeers } = await import("../peers/load-peer.ts");
    const { readInterleaveOptions } = await import("../peers/interleave.ts");
    const { buildSite } = await import("../pages/build-page.ts");
    const { launchChromium, openPage, serveSite } = await import("../../browser/harness.ts");
    installPeers(args.log);
    const { rounds, turn, warmUp } = readInterleaveOptions(args);
    const options = { rounds, turn, warmUp, proofSteps: args.smoke ? 2 : 20 };
    args.log("Building the page …");
    const built = await buildSite({ root: new URL("../pages/", import.meta.url), page: "compare.html" });
    // Without shared memory nobody starts threads.
    const site = await serveSite({ folder: built.folder, crossOriginIsolated: false });
    const browser = await launchChromium();
    try {
      const { page } = await openPage(browser, `${site.url}compare.html`);
      const learning: Record<string, Standings> = {};
      for (const { width, rows } of args.smoke ? LEARNING.slice(0, 1) : LEARNING) {
        args.log(`Learning, ${width} wide, ${rows} rows …`);
        const ask = [width, rows, options] as const;
        learning[`${width} × ${rows}`] = await page.evaluate((a) => globalThis.comparePage.learn(...a), ask);
      }
      const deciding: Record<string, Standings> = {};
      for (const agents of args.smoke ? DECIDING.slice(0, 1) : DECIDING) {
        args.log(`Deciding for ${agents} …`);
        const ask = [agents, options] as const;
        deciding[agents] = await page.evaluate((a) => globalThis.comparePage.decide(...a), ask);
      }
      const crossing: Record<string, Crossing> = {};
      const grid = args.settings["grid"] === "large" ? LARGE_GRID : SMALL_GRID;
      for (const { width, rows } of args.smoke ? grid.slice(0, 1) : grid) {
        args.log(`WASM against WebGPU, ${width} wide, ${rows} rows …`);
        const ask = [width, rows, CROSSING_MINIBATCHES, options] as const;
        crossing[`${width} × ${rows}`] = await page.evaluate((a) => globalThis.comparePage.cross(...a), ask);
      }
      const comparison: Comparison = {
        machine: describeMachine(),
        chromium: browser.version(),
        adapter: await page.evaluate(() => globalThis.comparePage.adapter()),
        rounds,
        learning,
        deciding,
        crossing,
        crossingMinibatches: CROSSING_MINIBATCHES,
        remark: args.settings["remark"] ?? "",
      };
      if (!args.smoke && args.settings["write"] !== "no") await writeResults(comparison, args);
      const uncaught = await page.evaluate(() => globalThis.comparePage.uncaught());
      return { ...judgeSpeed(args, judge(comparison)), ...comparison, uncaught };
    } finally {
      await browser.close();
      await site.close();
      await built.remove();
    }
  },
};

export default compareBench;

async function writeResults(comparison: Comparison, { log }: GateArguments): Promise<void> {
  const { writeFile } = await import("node:fs/promises");
  const { format, resolveConfig } = await import("prettier");
  const { fileURLToPath } = await import("node:url");
  const { describeComparison } = await import("../compare/describe-standings.ts");
  const file = fileURLToPath(new URL("../results.md", import.meta.url));
  const style = (await resolveConfig(file)) ?? {};
  await writeFile(file, await format(describeComparison(comparison), { ...style, parser: "markdown" }));
  log(`Wrote ${file}.`);
}

/** Ours must be right, and ask of WebGPU no more than promised; who is how fast is published. */
function judge({ learning, deciding }: Comparison): Gate[] {
  const gates: Gate[] = [];
  for (const [work, table] of Object.entries({ learning, deciding })) {
    for (const [shape, standings] of Object.entries(table)) {
      for (const [name, { difference, calls, timing }] of Object.entries(standings)) {
        if (name.startsWith("ours")) {
          const off = timing ? (difference ?? Number.NaN) : Number.NaN;
          gates.push(gate(`${work}, ${shape}: ${name} differs from tfjs-cpu by`, off, "", "<=", LARGEST_DIFFERENCE));
        }
        if (!name.startsWith("ours, webgpu") || !calls) continue;
        gates.push(gate(`${work}, ${shape}: ${name}, submits an update`, calls["submits"], "", "<=", 1));
        gates.push(gate(`${work}, ${shape}: ${name}, readbacks an update`, calls["readbacks"], "", "<=", 1));
      }
      const timed = Object.values(standings).filter(({ timing }) => timing !== null).length;
      gates.push(gate(`${work}, ${shape}: contenders that compute the same`, timed, "", ">=", 5));
    }
  }
  return gates;
}
