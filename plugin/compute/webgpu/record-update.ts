import { ADAM_THREADS, MOST_ADAM_GROUPS } from "./kernels/adam-kernel.ts";
import { STATISTICS_WORDS } from "./kernels/shared-code.ts";
import type { Job } from "./minibatch-jobs.ts";
import { SAMPLES, type NetworkPlan } from "./network-plan.ts";
import type { Pipelines } from "./pipelines.ts";

/** What the dispatches of an update need. */
export interface RecordingParts extends Pipelines {
  readonly plan: NetworkPlan;
  readonly bindGroup: GPUBindGroup;
  /** Bytes from one job's uniform to the next. */
  readonly stride: number;
}

/** Records some of an update's jobs as one pass: two dispatches for each block of rows, and one for each minibatch. */
export function recordJobs(
  encoder: GPUCommandEncoder,
  { plan, bindGroup, stride, network, gradient, adam }: RecordingParts,
  jobs: readonly Job[],
  from: number,
  to: number,
): void {
  const pass = encoder.beginComputePass({ label: "PPO update" });
  const halves = plan.sharedTrunk ? 1 : 2;
  const adamGroups = Math.min(MOST_ADAM_GROUPS, Math.ceil(plan.parameters / ADAM_THREADS));
  for (let index = from; index < to; index++) {
    const { rows, isLastBlock } = jobs[index];
    pass.setBindGroup(0, bindGroup, [index * stride]);
    pass.setPipeline(network);
    pass.dispatchWorkgroups(Math.ceil(rows / SAMPLES), halves);
    pass.setPipeline(gradient);
    pass.dispatchWorkgroups(plan.tiles + 1);
    if (!isLastBlock) continue;
    pass.setPipeline(adam);
    pass.dispatchWorkgroups(adamGroups);
  }
  pass.end();
}

/** Records the copy of the parameters with their moments, and of the statistics, to where the host can read them. */
export function recordReadback(
  encoder: GPUCommandEncoder,
  { parameters, statistics, readback }: Readonly<Record<"parameters" | "statistics" | "readback", GPUBuffer>>,
  plan: NetworkPlan,
  minibatches: number,
): void {
  const bytes = 12 * plan.parameters;
  encoder.copyBufferToBuffer(parameters, 0, readback, 0, bytes);
  encoder.copyBufferToBuffer(statistics, 0, readback, bytes, statisticsSize(minibatches));
}

/** Bytes of the statistics of so many minibatches, with the empty entry before them. */
export function statisticsSize(minibatches: number): number {
  return 4 * STATISTICS_WORDS * (minibatches + 1);
}
