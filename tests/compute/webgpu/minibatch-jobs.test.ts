import { describe, expect, it } from "vitest";
import { countJobs, writeJobs, type Job } from "../../../plugin/compute/webgpu/minibatch-jobs.ts";
import { planNetwork } from "../../../plugin/compute/webgpu/network-plan.ts";
import { layOutRollout } from "../../../plugin/compute/webgpu/rollout-upload.ts";
import { readStatistics } from "../../../plugin/compute/webgpu/update-statistics.ts";
import { DEFAULT_NETWORK } from "../../../plugin/core/network-spec.ts";
import { AGREEMENT_SETTINGS } from "../oracle/agreement.ts";
import { randomBatch, syntheticRole } from "../oracle/random-batch.ts";

const role = syntheticRole(4, 0, [2]);
const plan = planNetwork(role, DEFAULT_NETWORK);

function jobsOf(count: number, minibatchSize: number, blockRows: number): { jobs: Job[]; words: Uint32Array } {
  const order = Uint32Array.from({ length: 2 * count }, (_, i) => i % count);
  const settings = { ...AGREEMENT_SETTINGS, minibatchSize, epochs: 2, order };
  const batch = randomBatch(role, count, 1);
  const memory = new ArrayBuffer(64 * 256);
  const parts = layOutRollout(plan, count, order.length);
  const powers = { beta1: 1, beta2: 1 };
  const jobs = writeJobs(memory, 64, { batch, settings, parts, blockRows, powers });
  expect(countJobs(count, settings, blockRows).jobs).toBe(jobs.length);
  return { jobs, words: new Uint32Array(memory) };
}

describe("The jobs of an update", () => {
  it("end each epoch with what is left of its rows", () => {
    const { jobs } = jobsOf(10, 4, 16);
    expect(jobs.map(({ rows }) => rows)).toEqual([4, 4, 2, 4, 4, 2]);
  });

  it("cut minibatches into blocks, of which the last brings the step", () => {
    const { jobs, words } = jobsOf(80, 40, 16);
    expect(jobs.slice(0, 4)).toEqual([
      { rows: 16, isLastBlock: false },
      { rows: 16, isLastBlock: false },
      { rows: 8, isLastBlock: true },
      { rows: 16, isLastBlock: false },
    ]);
    // The third word says which minibatch a block belongs to: 2 epochs × 2 minibatches × 3 blocks.
    expect(jobs.map((_, i) => words[i * 64 + 2])).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
  });
});

describe("The statistics of an update", () => {
  /** An empty entry, then minibatches with a policy loss and a verdict each. */
  const told = (...entries: [loss: number, verdict: number][]): ReturnType<typeof readStatistics> => {
    const words = new Uint32Array(8 * (entries.length + 1));
    entries.forEach(([loss, verdict], i) => {
      new Float32Array(words.buffer)[8 * (i + 1)] = loss;
      words[8 * (i + 1) + 6] = verdict;
    });
    return readStatistics(words, entries.length);
  };

  it("are means over the minibatches that were taken", () => {
    expect(told([1, 0], [2, 0], [100, 1], [100, 1])).toMatchObject({
      policyLoss: 1.5,
      minibatches: 2,
      stoppedEarly: true,
      firstBad: null,
    });
  });

  it.each([
    [2, "policy loss"],
    [3, "value loss"],
    [4, "entropy"],
    [5, "divergence"],
    [6, "clip fraction"],
    [7, "gradient norm"],
  ])("name what went bad by verdict %i", (verdict, firstBad) => {
    expect(told([1, 0], [1, verdict])).toMatchObject({ minibatches: 1, stoppedEarly: false, firstBad });
  });
});
