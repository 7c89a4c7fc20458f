import * as tf from "@tensorflow/tfjs";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { layOutNetwork, type NetworkSpec } from "../../../plugin/core/network-spec.ts";
import { createNormaliser, type DecisionBatch, type Policy } from "../../../plugin/core/policy.ts";
import { largestDifference } from "../../compute/oracle/agreement.ts";
import { OracleNetwork } from "../../compute/oracle/oracle-network.ts";
import { randomBatch, randomParameters, syntheticRole } from "../../compute/oracle/random-batch.ts";
import { loadTfjs } from "../../compute/oracle/tfjs.ts";
import type { Contender } from "./interleave.ts";
import { writeOnnxPerceptron } from "./onnx-model.ts";
import { loadOnnxModel } from "./onnxruntime.ts";

const OBSERVATIONS = 16;
const ACTIONS = 4;
const NETWORK: NetworkSpec = { hidden: [64, 64], activation: "tanh", sharedTrunk: false };

/** The same network with the same weights on our kernels, tfjs-wasm and onnxruntime-web. */
export interface Deciders {
  /** Each turns an array of observations into an array of actions; `"ours, sampling"` draws them as well. */
  readonly all: readonly Contender[];
  /** @returns The largest difference of any action of a peer from ours. */
  proveEqual(): Promise<number>;
  dispose(): Promise<void>;
}

/** @param agents - How many decide together. */
export async function makeDeciders(agents: number): Promise<Deciders> {
  const role = syntheticRole(OBSERVATIONS, ACTIONS);
  const parameters = randomParameters(role, NETWORK, 1);
  const { observations, continuous, discrete, masks } = randomBatch(role, agents, 2);
  await loadTfjs("wasm");
  const network = new OracleNetwork(role, NETWORK, parameters);
  const onnx = await loadOnnxModel(writeOnnxPerceptron(layOutNetwork(role, NETWORK).actor, parameters));
  const normaliser = createNormaliser(new Uint8Array(OBSERVATIONS));
  const policies: Policy[] = [];
  const policy = async (): Promise<Policy> => {
    policies.push(await createPolicy({ role, network: NETWORK, normaliser, parameters, birth: {} }));
    return policies.at(-1)!;
  };
  const greedy = await policy();
  const sampling = await policy();
  const batch: DecisionBatch = { agents, observations, masks, actions: { continuous, discrete } };
  const options = { greedy: true };
  const decideGreedily = (): Float32Array => {
    greedy.decide(batch, options);
    return continuous;
  };
  const decideByTfjs = (): Float32Array => {
    return tf.tidy(() => network.decide(tf.tensor2d(observations, [agents, OBSERVATIONS])).dataSync<"float32">());
  };
  const decideByOnnx = (): Promise<Float32Array> => onnx.decide(observations, agents);
  return {
    all: [
      { name: "ours", run: decideGreedily },
      { name: "tfjs-wasm", run: decideByTfjs },
      { name: "onnxruntime-web", run: decideByOnnx },
      { name: "ours, sampling", run: () => sampling.decide(batch) },
    ],
    async proveEqual() {
      const ours = decideGreedily().slice();
      return Math.max(largestDifference(ours, decideByTfjs()), largestDifference(ours, await decideByOnnx()));
    },
    async dispose() {
      for (const one of policies) one.dispose();
      network.dispose();
      await onnx.dispose();
    },
  };
}
