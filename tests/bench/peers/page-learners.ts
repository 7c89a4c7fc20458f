import * as jax from "@jax-js/jax";
import { createWasmPpoLearner } from "../../../plugin/compute/wasm-ppo-learner.ts";
import { createWebGpuPpoLearner } from "../../../plugin/compute/webgpu/webgpu-ppo-learner.ts";
import { layOutNetwork } from "../../../plugin/core/network-spec.ts";
import type { PpoLearner, PpoUpdateSettings } from "../../../plugin/core/learner.ts";
import { disposeMinibatch, uploadMinibatch } from "../../compute/oracle/minibatch.ts";
import { PpoOracle } from "../../compute/oracle/ppo-oracle.ts";
import type { JaxDevice } from "./jax-js.ts";
import { JaxPpo } from "./jax-js-ppo.ts";
import { bringRatiosNearOne, statistics } from "./minibatch-contenders.ts";
import { placeAtStart, standingStill, type MinibatchWork } from "./minibatch-work.ts";
import { readVariables, useTfjs, type TfjsBackend } from "./page-tfjs.ts";

/** Somebody who takes PPO steps in this page, from a rollout's arrays to new weights and six statistics on the host. */
export interface PageLearner {
  /** One step on the minibatch. @returns The six statistics. */
  step(): Promise<number[]>;
  /** A copy of the parameters, laid out by `layOutNetwork`. */
  read(): Promise<Float32Array>;
  /** From now on steps move nothing, see `standingStill`. */
  holdStill(): void;
  /** What is timed: so many steps at once. Default one step. */
  readonly batch?: { readonly steps: number; run(): Promise<unknown> };
  dispose(): void;
}

/** Makes a contender for some work. */
export type MakePageLearner = (work: MinibatchWork) => Promise<PageLearner>;

/** Steps of the whole update that our WebGPU learner is timed with, too. */
export const UPDATE_STEPS = 8;

/** All contenders; the first is the oracle. */
export const PAGE_LEARNERS: Readonly<Record<string, MakePageLearner>> = {
  "tfjs cpu": (work) => tfjsLearner("cpu", work),
  "ours, wasm strict": async (work) => ourLearner(await createWasmPpoLearner(work.role, work.network), work),
  "ours, wasm relaxed": async (work) =>
    ourLearner(await createWasmPpoLearner(work.role, work.network, { fastMath: true }), work),
  "ours, webgpu": async (work) => ourLearner(await createWebGpuPpoLearner(work.role, work.network), work),
  [`ours, webgpu, ${UPDATE_STEPS} in one update`]: async (work) =>
    ourLearner(await createWebGpuPpoLearner(work.role, work.network), work, UPDATE_STEPS),
  "tfjs wasm": (work) => tfjsLearner("wasm", work),
  "tfjs webgpu": (work) => tfjsLearner("webgpu", work),
  "jax-js wasm": (work) => jaxLearner("wasm", work),
  "jax-js webgpu": (work) => jaxLearner("webgpu", work),
};

/** The same work with old probabilities near the present ones, or every ratio would be clipped. */
export async function prepareWork(work: MinibatchWork): Promise<void> {
  await useTfjs("cpu");
  const oracle = new PpoOracle(work.role, work.network, work.parameters);
  bringRatiosNearOne(oracle, work);
  oracle.dispose();
}

function ourLearner(learner: PpoLearner, work: MinibatchWork, steps = 1): PageLearner {
  let settings: PpoUpdateSettings = work.settings;
  placeAtStart(learner, work);
  const order = Uint32Array.from({ length: steps * work.batch.count }, (_, i) => i % work.batch.count);
  const page: PageLearner = {
    step: async () => statistics(await learner.update(work.batch, settings)),
    read: async () => (await learner.readState()).parameters,
    holdStill: () => (settings = standingStill(settings)),
    dispose: () => learner.dispose(),
  };
  if (steps === 1) return page;
  return {
    ...page,
    batch: { steps, run: async () => learner.update(work.batch, { ...settings, epochs: steps, order }) },
  };
}

async function tfjsLearner(
  backend: TfjsBackend,
  { role, network, parameters, batch, settings }: MinibatchWork,
): Promise<PageLearner> {
  await useTfjs(backend);
  const oracle = new PpoOracle(role, network, parameters);
  const layout = layOutNetwork(role, network);
  let now = settings;
  return {
    async step() {
      await useTfjs(backend);
      const minibatch = uploadMinibatch(role, batch, now.order);
      const told =
        backend === "webgpu" ? await oracle.stepAndTellLater(minibatch, now) : oracle.stepAndTell(minibatch, now);
      disposeMinibatch(minibatch);
      return statistics(told);
    },
    read: () => readVariables(oracle.network.variables(), layout),
    holdStill: () => (now = standingStill(now)),
    dispose: () => oracle.dispose(),
  };
}

async function jaxLearner(device: JaxDevice, work: MinibatchWork): Promise<PageLearner> {
  const devices = await jax.init(device);
  if (!devices.includes(device)) throw new Error(`jax-js: needed the device "${device}", came ${devices.join(", ")}.`);
  jax.defaultDevice(device);
  const learner = new JaxPpo(jax, work);
  let { learningRate } = work.settings;
  return {
    async step() {
      jax.defaultDevice(device);
      return Array.from(await (await learner.step(learner.upload(), learningRate)).data());
    },
    read: () => learner.read(),
    holdStill: () => (learningRate = 0),
    dispose: () => learner.dispose(),
  };
}
