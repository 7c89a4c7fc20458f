// Teaches reference tasks in module workers, for tests that hold the weights against those of other runs.
import { makeRun, type RepeatableRun } from "../../learn/repeatable-run.ts";

declare global {
  /** Makes a run in workers of this page; the weights as a list, which travels out of any browser exactly. */
  var makeRunHere: (run: RepeatableRun) => Promise<number[]>;
}

const makeWorker = (): Worker =>
  new Worker(new URL("../../fixtures/workers/task.worker.ts", import.meta.url), { type: "module" });

globalThis.makeRunHere = async (run) => Array.from(await makeRun(makeWorker, run));
