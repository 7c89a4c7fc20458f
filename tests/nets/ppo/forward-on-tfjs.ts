import * as tf from "@tensorflow/tfjs";
import type { PpoBatch } from "../../../plugin/core/learner.ts";
import type { PolicyData } from "../../../plugin/core/policy.ts";
import { ActorCritic } from "../../../plugin/nets/ppo/actor-critic.ts";
import { RolloutTensors } from "../../../plugin/nets/ppo/rollout-tensors.ts";
import { AGREEMENT_SETTINGS } from "../../compute/oracle/agreement.ts";

/** What the learner's network says about a batch: means and logits [rows, actor outputs], and the critic's estimates [rows]. */
export async function forwardOnTfjs(
  { role, network, normaliser, parameters }: PolicyData,
  batch: PpoBatch,
  backend: "cpu" | "wasm",
): Promise<{ readonly heads: Float32Array; readonly values: Float32Array }> {
  await tf.setBackend(backend);
  const order = Uint32Array.from({ length: batch.count }, (_, row) => row);
  const net = new ActorCritic(role, network);
  net.write(parameters);
  const rollout = new RolloutTensors(role, batch, { ...AGREEMENT_SETTINGS, epochs: 1, order }, normaliser);
  const result = tf.tidy(() => {
    const { heads, values } = net.forward(rollout.take(0, batch.count).inputs);
    return { heads: heads.dataSync<"float32">().slice(), values: values.dataSync<"float32">().slice() };
  });
  net.dispose();
  rollout.dispose();
  return result;
}
