import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { createInputGradient } from "../../plugin/compute/input-gradient.ts";
import { observationSize } from "../../plugin/core/observation-spec.ts";
import { createNormaliser } from "../../plugin/core/policy.ts";
import { LOSS_CASES, NETWORK_CASES } from "./oracle/agreement-cases.ts";
import { largestDifference } from "./oracle/agreement.ts";
import { OracleNetwork } from "./oracle/oracle-network.ts";
import { randomBatch, randomParameters } from "./oracle/random-batch.ts";
import { loadTfjs } from "./oracle/tfjs.ts";

const AGENTS = 70; // more than one panel, and not a multiple of one

beforeAll(async () => {
  await loadTfjs("cpu");
});

it.each([...LOSS_CASES, ...NETWORK_CASES.slice(0, 11)])(
  "Gradients by the inputs agree with tfjs-cpu: $name",
  async ({ role, network }) => {
    const parameters = randomParameters(role, network, 11);
    const width = observationSize(role.observation);
    const { observations } = randomBatch(role, AGENTS, 12);
    const normaliser = createNormaliser(new Uint8Array(width));
    const asked = await createInputGradient({ role, network, normaliser, parameters, birth: {} });
    const oracle = new OracleNetwork(role, network, parameters);
    const rows = tf.tensor2d(observations, [AGENTS, width]);
    for (const output of [0, "value"] as const) {
      const gradient = new Float32Array(AGENTS * width);
      asked.gradient(observations, AGENTS, output, gradient);
      const expected = oracle.inputGradient(rows, output);
      expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.01);
      expect(largestDifference(gradient, expected)).toBeLessThan(1e-5);
    }
    tf.dispose(rows);
    oracle.dispose();
    asked.dispose();
  },
);
