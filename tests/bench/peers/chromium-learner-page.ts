import { createWasmPpoLearner } from "../../../plugin/compute/wasm-ppo-learner.ts";
import { interleave, type InterleaveOptions, type Timing } from "./interleave.ts";
import { minibatchWork, placeAtStart, standingStill } from "./minibatch-work.ts";

declare global {
  /** Called from outside the page. */
  var timeLearners: (width: number, rows: number, options: InterleaveOptions) => Promise<Record<string, Timing>>;
}

globalThis.timeLearners = async (width, rows, options) => {
  const work = minibatchWork(width, rows);
  const settings = standingStill(work.settings);
  const contenders = [];
  for (const fastMath of [false, true]) {
    const learner = await createWasmPpoLearner(work.role, work.network, { fastMath });
    placeAtStart(learner, work);
    const run = (): unknown => learner.update(work.batch, settings);
    contenders.push({ name: fastMath ? "relaxed" : "strict", run });
  }
  return interleave(contenders, options);
};
