// Teaches in a worker that loses its GPU device, and tells how the run fared.
import type { DeviceReport } from "../../../plugin/learn/device-report.ts";
import { ppo, type PpoOptions } from "../../../plugin/learn/ppo.ts";
import { teach, type TeachOptions } from "../../../plugin/learn/teach.ts";
import type { DeviceLosses } from "./device-loss.worker.ts";

/** What to teach how. */
export interface LossRequest {
  readonly device: NonNullable<PpoOptions["device"]>;
  readonly losses?: DeviceLosses;
  readonly options?: TeachOptions;
}

/** How it fared. */
export interface LossOutcome {
  readonly decisions: number;
  readonly report: DeviceReport;
  readonly notices: readonly string[];
  /** A list, which travels out of the browser exactly. */
  readonly weights: readonly number[];
}

declare global {
  var teachAndLose: (request: LossRequest) => Promise<LossOutcome>;
}

/** 8 updates of 80 decisions; each takes 4 minibatches. */
globalThis.teachAndLose = async ({ device, losses = {}, options = {} }) => {
  const small = { decisions: 640, stepsPerRollout: 20, minibatchSize: 40, epochs: 2 };
  const settings = ppo({ ...small, device, network: { hidden: [8], activation: "tanh", sharedTrunk: false } });
  const makeWorker = (): Worker => new Worker(new URL("./device-loss.worker.ts", import.meta.url), { type: "module" });
  const run = teach(makeWorker, settings, { ...options, arenas: 4, settings: { ...losses } });
  const notices: string[] = [];
  run.onNoticeObservable.add((notice) => notices.push(notice));
  const { decisions, policies } = await run.finished;
  return { decisions, report: run.deviceReport!, notices, weights: Array.from(policies["agent"].parameters) };
};
