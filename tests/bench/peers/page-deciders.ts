import * as tf from "@tensorflow/tfjs";
import * as onnx from "onnxruntime-web/webgpu";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { layOutNetwork, type NetworkSpec } from "../../../plugin/core/network-spec.ts";
import { createNormaliser } from "../../../plugin/core/policy.ts";
import { OracleNetwork } from "../../compute/oracle/oracle-network.ts";
import { randomBatch, randomParameters, syntheticRole } from "../../compute/oracle/random-batch.ts";
import { writeOnnxPerceptron } from "./onnx-model.ts";
import { openOnnxModel } from "./onnx-session.ts";
import { useTfjs, type TfjsBackend } from "./page-tfjs.ts";

const OBSERVATIONS = 16;
const ACTIONS = 4;
const NETWORK: NetworkSpec = { hidden: [64, 64], activation: "tanh", sharedTrunk: false };
const role = syntheticRole(OBSERVATIONS, ACTIONS);
const parameters = randomParameters(role, NETWORK, 1);

/** Somebody who turns an array of observations into an array of actions, in this page. */
export interface PageDecider {
  decide(): Promise<Float32Array>;
  dispose(): void | Promise<void>;
}

/** All contenders by the number of agents that decide together; the first is the oracle. */
export const PAGE_DECIDERS: Readonly<Record<string, (agents: number) => Promise<PageDecider>>> = {
  "tfjs cpu": (agents) => tfjsDecider("cpu", agents),
  "ours, wasm strict": (agents) => ourDecider(false, agents),
  "ours, wasm relaxed": (agents) => ourDecider(true, agents),
  "tfjs wasm": (agents) => tfjsDecider("wasm", agents),
  "tfjs webgpu": (agents) => tfjsDecider("webgpu", agents),
  "onnxruntime-web wasm": (agents) => onnxDecider("wasm", agents),
  "onnxruntime-web webgpu": (agents) => onnxDecider("webgpu", agents),
};

async function ourDecider(fastMath: boolean, agents: number): Promise<PageDecider> {
  const normaliser = createNormaliser(new Uint8Array(OBSERVATIONS));
  const policy = await createPolicy({ role, network: NETWORK, normaliser, parameters, birth: {} }, { fastMath });
  const { observations, continuous, discrete, masks } = randomBatch(role, agents, 2);
  const batch = { agents, observations, masks, actions: { continuous, discrete } };
  return {
    async decide() {
      policy.decide(batch, { greedy: true });
      return continuous;
    },
    dispose: () => policy.dispose(),
  };
}

async function tfjsDecider(backend: TfjsBackend, agents: number): Promise<PageDecider> {
  await useTfjs(backend);
  const network = new OracleNetwork(role, NETWORK, parameters);
  const { observations } = randomBatch(role, agents, 2);
  return {
    async decide() {
      await useTfjs(backend);
      const actions = tf.tidy(() => network.decide(tf.tensor2d(observations, [agents, OBSERVATIONS])));
      const values = (backend === "webgpu" ? await actions.data() : actions.dataSync()) as Float32Array;
      actions.dispose();
      return values;
    },
    dispose: () => network.dispose(),
  };
}

async function onnxDecider(provider: "wasm" | "webgpu", agents: number): Promise<PageDecider> {
  const bytes = writeOnnxPerceptron(layOutNetwork(role, NETWORK).actor, parameters);
  const model = await openOnnxModel(onnx, bytes, provider);
  const { observations } = randomBatch(role, agents, 2);
  return { decide: () => model.decide(observations, agents), dispose: () => model.dispose() };
}
