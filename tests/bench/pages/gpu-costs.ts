import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-webgpu";
import { createWebGpuPpoLearner } from "../../../plugin/compute/webgpu/webgpu-ppo-learner.ts";
import { webGpuPage } from "../../browser/pages/webgpu-learner.ts";
import { uploadMinibatch } from "../../compute/oracle/minibatch.ts";
import { PpoOracle } from "../../compute/oracle/ppo-oracle.ts";
import { minibatchWork, placeAtStart, standingStill } from "../peers/minibatch-work.ts";

/** What one minibatch costs: WebGPU calls, and milliseconds in which this thread does nothing else. */
export interface GpuCost {
  /** Of a whole update (ours) or of one step (tfjs), after warm-up. */
  readonly calls: Readonly<Record<string, number>>;
  /** Of this thread, a minibatch: from the arrays to the submitted commands. Median over the rounds. */
  readonly recording: number;
  /** Until the results are there, a minibatch. Median over the rounds. */
  readonly milliseconds: number;
}

/** How much to measure. */
export interface GpuCostOptions {
  readonly width: number;
  readonly rows: number;
  /** In one update of ours. */
  readonly minibatches: number;
  readonly rounds: number;
}

/** What both cost, and what the GPU complained of meanwhile. */
export interface GpuCosts {
  readonly ours: GpuCost;
  readonly tfjs: GpuCost;
  readonly uncaught: readonly string[];
}

let submittedAt = 0;
const submit = GPUQueue.prototype.submit;
GPUQueue.prototype.submit = function (this: GPUQueue, ...args) {
  submit.apply(this, args);
  submittedAt = performance.now();
};

/** Both take steps on the same rows, round by round in turns. Works on a page and in a worker. */
export async function measureGpuCosts({ width, rows, minibatches, rounds }: GpuCostOptions): Promise<GpuCosts> {
  const work = minibatchWork(width, rows);
  const order = Uint32Array.from({ length: rows * minibatches }, (_, i) => i % rows);
  const settings = standingStill({ ...work.settings, epochs: minibatches, order });
  const learner = await createWebGpuPpoLearner(work.role, work.network);
  placeAtStart(learner, work);
  await tf.setBackend("webgpu");
  await tf.ready();
  const oracle = new PpoOracle(work.role, work.network, work.parameters);
  const firstRows = Array.from({ length: rows }, (_, row) => row);
  const minibatch = uploadMinibatch(work.role, work.batch, firstRows);

  const ours = async (): Promise<Sample> => {
    const start = performance.now();
    await learner.update(work.batch, settings);
    return share(start, submittedAt, minibatches);
  };
  const theirs = async (): Promise<Sample> => {
    const start = performance.now();
    oracle.step(minibatch, settings);
    const recorded = performance.now();
    await oracle.network.logStd.data();
    return share(start, recorded, 1);
  };
  const samples = { ours: [] as Sample[], theirs: [] as Sample[] };
  for (let i = 0; i < 2; i++) {
    await ours();
    await theirs();
  }
  for (let round = 0; round < rounds; round++) {
    samples.ours.push(await count(ours));
    samples.theirs.push(await count(theirs));
  }
  learner.dispose();
  oracle.dispose();
  tf.dispose(Object.values(minibatch) as tf.Tensor[]);
  const { uncaught } = webGpuPage.counts();
  return { ours: summarise(samples.ours), tfjs: summarise(samples.theirs), uncaught };
}

interface Sample {
  readonly recording: number;
  readonly milliseconds: number;
  readonly calls: Readonly<Record<string, number>>;
}

function share(start: number, recorded: number, minibatches: number): Sample {
  const milliseconds = (performance.now() - start) / minibatches;
  return { recording: (recorded - start) / minibatches, milliseconds, calls: {} };
}

async function count(work: () => Promise<Sample>): Promise<Sample> {
  const { uncaught: _, ...before } = webGpuPage.counts();
  const sample = await work();
  const after = webGpuPage.counts();
  const keys = Object.keys(before) as (keyof typeof before)[];
  return { ...sample, calls: Object.fromEntries(keys.map((key) => [key, after[key] - before[key]])) };
}

/** Of an odd number of values. */
function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function summarise(samples: readonly Sample[]): GpuCost {
  return {
    calls: samples[samples.length - 1].calls,
    recording: middle(samples.map(({ recording }) => recording)),
    milliseconds: middle(samples.map(({ milliseconds }) => milliseconds)),
  };
}
