import { buildTestPagesIfStale } from "../../../scripts/build-game.ts";
import { startWorker } from "../../../scripts/start-worker.ts";
import { gate, type Gate, type GateGroup } from "../../bench/report.ts";
import { differingWeights, makeRun, type RepeatableRun } from "../repeatable-run.ts";

const MODULE = new URL("../../fixtures/workers/task.worker.ts", import.meta.url);

type MakeWeights = (run: RepeatableRun) => Promise<ArrayLike<number>>;

/** The same seed, the same weights: twice, after a checkpoint at half, in Node and in browsers. */
export default {
  name: "determinism",
  describe: "The same seed twice, a checkpoint at half, Node against browsers: how many weights differ in any bit.",
  async run({ smoke, log }) {
    const decisions = smoke ? 5000 : 50_000;
    const gates: Gate[] = [];
    const compare = (what: string, a: ArrayLike<number>, b: ArrayLike<number>): void => {
      const differing = differingWeights(a, b);
      log(`${what}: ${differing} of ${b.length} weights differ`);
      gates.push(gate(`${what}: differing weights`, differing, "", "<=", 0));
    };
    const runs: RepeatableRun[] = [
      { task: "walk", decisions, workers: 1 },
      { task: "cartpole", decisions, workers: 1 },
      { task: "pendulum", decisions, workers: 1 },
      { task: "cartpole", decisions, workers: 2 },
    ];
    const firsts = new Map<string, ArrayLike<number>>();
    const check = async (where: string, make: MakeWeights, chosen: readonly RepeatableRun[]): Promise<void> => {
      for (const run of chosen) {
        const who = `${where}, ${run.task}, ${run.workers} worker${run.workers > 1 ? "s" : ""}`;
        const first = await make(run);
        firsts.set(`${where} ${run.task}`, first);
        compare(`${who}: the same seed twice`, await make(run), first);
        compare(`${who}: a checkpoint at half`, await make({ ...run, inHalves: true }), first);
      }
    };

    await check("Node", (run) => makeRun(() => startWorker(MODULE), run), smoke ? runs.slice(0, 1) : runs);

    await buildTestPagesIfStale(log);
    const { openInChromium, openInFirefox } = await import("../../browser/determinism-pages.ts");
    const { hasFirefox } = await import("../../browser/harness-firefox.ts");
    const chromium = await openInChromium();
    try {
      await check("Chromium", chromium.makeRun, smoke ? runs.slice(0, 1) : [runs[0], runs[3]]);
    } finally {
      await chromium.close();
    }
    compare("Node against Chromium, walk", firsts.get("Chromium walk")!, firsts.get("Node walk")!);

    // The only engine here that is not V8.
    if (!smoke && hasFirefox()) {
      const firefox = await openInFirefox();
      try {
        compare("Node against Firefox, walk", await firefox.makeRun(runs[0]), firsts.get("Node walk")!);
      } finally {
        await firefox.close();
      }
    }
    return { gates, seeds: [7], decisions };
  },
} satisfies GateGroup;
