import * as tf from "@tensorflow/tfjs";
import type { PpoBatch, PpoUpdateSettings } from "../../../plugin/core/learner.ts";
import type { NetworkSpec } from "../../../plugin/core/network-spec.ts";
import type { RoleSpec } from "../../../plugin/core/role-spec.ts";
import { ppo, type PpoOptions } from "../../../plugin/learn/ppo.ts";
import { walk } from "../../../plugin/learn/tasks/walk.ts";
import { createTfjsPpoLearner } from "../../../plugin/nets/ppo/tfjs-ppo-learner.ts";
import { createAdam } from "../../../plugin/nets/adam/adam.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { takeSteps, type Steps } from "../../nets/ppo/take-steps.ts";
import { trainTask } from "../../learn/train-task.ts";
import { countGpuCalls, type GpuCalls } from "./count-gpu-calls.ts";

/** What the worker is to do with the learner on tfjs-webgpu. */
export type TfjsRequest =
  | { readonly kind: "walk"; readonly cameras: 1 | 2; readonly options: PpoOptions }
  | {
      readonly kind: "steps";
      readonly role: RoleSpec;
      readonly network: NetworkSpec;
      readonly parameters: Float32Array;
      readonly batch: PpoBatch;
      readonly settings: PpoUpdateSettings;
    }
  | { readonly kind: "adam"; readonly sizes: readonly number[] };

/** What came of it. */
export interface TfjsAnswer {
  /** Of every episode, in order; of a walk. */
  readonly returns?: readonly number[];
  readonly steps?: Steps;
  /** By the second of two updates or steps alike. */
  readonly calls?: GpuCalls;
  /** How many more tensors there were after the second of them than before it. */
  readonly leaked?: number;
  /** Errors of the GPU that nobody caught. */
  readonly uncaught: readonly string[];
}

const counts = countGpuCalls();
const uncaught: string[] = [];
const request = GPUAdapter.prototype.requestDevice;
GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, ...args) {
  const device = await request.apply(this, args);
  device.addEventListener("uncapturederror", ({ error }) => uncaught.push(error.message));
  return device;
};

globalThis.onmessage = async ({ data }: MessageEvent<TfjsRequest>) => {
  const answer =
    data.kind === "walk"
      ? await learnToWalk(data)
      : data.kind === "adam"
        ? await stepByAdam(data)
        : await compare(data);
  globalThis.postMessage({ ...answer, uncaught } satisfies TfjsAnswer);
};

async function learnToWalk({
  cameras,
  options,
}: TfjsRequest & { kind: "walk" }): Promise<Omit<TfjsAnswer, "uncaught">> {
  const { returns } = await trainTask(walk({ cameras }), ppo(options), undefined, (role, network, { seed }) =>
    createTfjsPpoLearner(role, network, { seed, backend: "webgpu" }),
  );
  return { returns };
}

async function compare(ask: TfjsRequest & { kind: "steps" }): Promise<Omit<TfjsAnswer, "uncaught">> {
  const learner = await createTfjsPpoLearner(ask.role, ask.network, { backend: "webgpu" });
  const steps = await takeSteps(learner, ask.parameters, ask.batch, ask.settings);
  const before = { ...counts };
  const tensors = tf.memory().numTensors;
  await learner.update(ask.batch, ask.settings);
  const leaked = tf.memory().numTensors - tensors;
  const calls = { ...counts };
  for (const key of Object.keys(calls) as (keyof GpuCalls)[]) calls[key] -= before[key];
  learner.dispose();
  return { steps, leaked, calls };
}

async function stepByAdam({ sizes }: TfjsRequest & { kind: "adam" }): Promise<Omit<TfjsAnswer, "uncaught">> {
  await startBackend("webgpu");
  const variables = sizes.map((size) => tf.tidy(() => tf.variable(tf.zeros([size]))));
  const gradients = sizes.map((size) => tf.range(0, size));
  const adam = createAdam({ maxGradientNorm: 1 });
  adam.apply(variables, gradients);
  const tensors = tf.memory().numTensors;
  const before = { ...counts };
  adam.apply(variables, gradients);
  const calls = { ...counts };
  for (const key of Object.keys(calls) as (keyof GpuCalls)[]) calls[key] -= before[key];
  const leaked = tf.memory().numTensors - tensors;
  adam.dispose();
  tf.dispose([...variables, ...gradients]);
  return { calls, leaked };
}
