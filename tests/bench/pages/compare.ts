import { createWasmPpoLearner } from "../../../plugin/compute/wasm-ppo-learner.ts";
import { createWebGpuPpoLearner } from "../../../plugin/compute/webgpu/webgpu-ppo-learner.ts";
import type { PpoLearner } from "../../../plugin/core/learner.ts";
import { webGpuPage } from "../../browser/pages/webgpu-learner.ts";
import type { GpuCalls } from "../../browser/pages/count-gpu-calls.ts";
import { largestDifference } from "../../compute/oracle/agreement.ts";
import { interleave, type Contender, type InterleaveOptions, type Timing } from "../peers/interleave.ts";
import { assertAlike } from "../peers/minibatch-contenders.ts";
import { minibatchWork, placeAtStart, standingStill } from "../peers/minibatch-work.ts";
import { PAGE_DECIDERS, type PageDecider } from "../peers/page-deciders.ts";
import { PAGE_LEARNERS, prepareWork, type PageLearner } from "../peers/page-learners.ts";

/** How a contender did. */
export interface Standing {
  /** Milliseconds of the work, median of all rounds; null for who was not timed. */
  readonly timing: Timing | null;
  /** Largest difference of any number from the oracle's. */
  readonly difference: number | null;
  /** What the work asked of WebGPU, all of it; null where nothing was asked. */
  readonly calls: Readonly<Record<string, number>> | null;
  /** Why it was not timed. */
  readonly missing: string | null;
}

export type Standings = Record<string, Standing>;

/** Milliseconds of a minibatch in an update of ours, and what an update asks of WebGPU. */
export interface Crossing {
  readonly wasm: Timing;
  readonly webgpu: Timing;
  readonly calls: Readonly<Record<string, number>>;
}

/** What the bench asks of this page. */
export interface ComparePage {
  /** One PPO step on a minibatch, everybody in turns after a few steps that must end alike. */
  learn(width: number, rows: number, options: CompareOptions): Promise<Standings>;
  /** Decisions for so many agents, everybody in turns. */
  decide(agents: number, options: InterleaveOptions): Promise<Standings>;
  /** Our WASM learner (relaxed) and our WebGPU learner at updates of so many minibatches. */
  cross(width: number, rows: number, minibatches: number, options: InterleaveOptions): Promise<Crossing>;
  adapter(): Promise<string>;
  uncaught(): readonly string[];
}

/** How long to measure. */
export interface CompareOptions extends InterleaveOptions {
  /** How many steps everybody takes beforehand, to show that they do the same. */
  readonly proofSteps: number;
}

declare global {
  var comparePage: ComparePage;
}

/** A peer that is further away from the oracle does something else. */
const LARGEST_DIFFERENCE = 1e-3;

globalThis.comparePage = {
  async learn(width, rows, options) {
    const work = minibatchWork(width, rows);
    await prepareWork(work);
    const standings: Standings = {};
    const learners = new Map<string, PageLearner>();
    let oracle: { told: number[][]; parameters: Float32Array } | null = null;

    // Step 1. The same steps by everybody; who ends elsewhere is not timed.
    for (const [name, make] of Object.entries(PAGE_LEARNERS)) {
      await attempt(name, standings, async () => {
        const learner = await make(work);
        const told: number[][] = [];
        for (let step = 0; step < options.proofSteps; step++) {
          told.push(await learner.step());
          if (oracle) assertAlike(name, told[step], oracle.told[step]);
        }
        const parameters = await learner.read();
        oracle ??= { told, parameters };
        learner.holdStill();
        learners.set(name, learner);
        return largestDifference(parameters, oracle.parameters);
      });
    }

    // Step 2. In turns.
    const contenders = [...learners].map(([name, learner]) => ({ name, run: learner.batch?.run ?? learner.step }));
    await race(contenders, standings, options, (name) => learners.get(name)!.batch?.steps ?? 1);
    for (const learner of learners.values()) learner.dispose();
    return standings;
  },

  async decide(agents, options) {
    const standings: Standings = {};
    const deciders = new Map<string, PageDecider>();
    let expected: Float32Array | null = null;
    for (const [name, make] of Object.entries(PAGE_DECIDERS)) {
      await attempt(name, standings, async () => {
        const decider = await make(agents);
        const actions = (await decider.decide()).slice();
        expected ??= actions;
        deciders.set(name, decider);
        return largestDifference(actions, expected);
      });
    }
    const contenders = [...deciders].map(([name, decider]) => ({ name, run: decider.decide }));
    await race(contenders, standings, options, () => 1);
    for (const decider of deciders.values()) await decider.dispose();
    return standings;
  },

  async cross(width, rows, minibatches, options) {
    const work = minibatchWork(width, rows);
    const order = Uint32Array.from({ length: rows * minibatches }, (_, i) => i % rows);
    const settings = standingStill({ ...work.settings, epochs: minibatches, order });
    const make: Readonly<Record<string, () => Promise<PpoLearner>>> = {
      wasm: () => createWasmPpoLearner(work.role, work.network, { fastMath: true }),
      webgpu: () => createWebGpuPpoLearner(work.role, work.network),
    };
    const learners = await Promise.all(Object.values(make).map((one) => one()));
    for (const learner of learners) placeAtStart(learner, work);
    const contenders = learners.map((learner) => ({
      name: learner.device,
      run: () => learner.update(work.batch, settings),
    }));
    const timings = await interleave(contenders, options);
    const calls = await countOne(contenders[1]);
    for (const learner of learners) learner.dispose();
    return { wasm: share(timings["wasm"], minibatches), webgpu: share(timings["webgpu"], minibatches), calls: calls! };
  },

  async adapter() {
    const { vendor, architecture, description } = (await navigator.gpu.requestAdapter())!.info;
    return [vendor, architecture, description].filter((word) => word !== "").join(" ");
  },

  uncaught: () => webGpuPage.counts().uncaught,
};

/** Lets a contender prove itself; notes how far it is from the oracle, or why it takes no part. */
async function attempt(name: string, standings: Standings, prove: () => Promise<number>): Promise<void> {
  const nothing = { timing: null, difference: null, calls: null, missing: null };
  try {
    const difference = await prove();
    const missing = difference <= LARGEST_DIFFERENCE ? null : "it ends elsewhere";
    standings[name] = { ...nothing, difference, missing };
  } catch (error) {
    standings[name] = { ...nothing, missing: error instanceof Error ? error.message : String(error) };
  }
}

/** @param steps - How often a run does the work. */
async function race(
  contenders: readonly Contender[],
  standings: Standings,
  options: InterleaveOptions,
  steps: (name: string) => number,
): Promise<void> {
  const ready = contenders.filter(({ name }) => standings[name].missing === null);
  const timings = await interleave(ready, options);
  for (const contender of ready) {
    const { name } = contender;
    const calls = await countOne(contender);
    standings[name] = { ...standings[name], timing: share(timings[name], steps(name)), calls };
  }
}

function share({ milliseconds, fastest, slowest }: Timing, steps: number): Timing {
  return { milliseconds: milliseconds / steps, fastest: fastest / steps, slowest: slowest / steps };
}

/** What one run asks of WebGPU, after all others; null for nothing. */
async function countOne(contender: Contender): Promise<Record<string, number> | null> {
  const { uncaught: _, ...before } = webGpuPage.counts();
  await contender.run();
  const after = webGpuPage.counts();
  const keys = Object.keys(before) as (keyof GpuCalls)[];
  const calls = Object.fromEntries(keys.map((key) => [key, after[key] - before[key]]));
  return Object.values(calls).some((count) => count > 0) ? calls : null;
}
