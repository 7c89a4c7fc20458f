import { beforeAll, describe, expect, it } from "vitest";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { createNormaliser } from "../../../plugin/core/policy.ts";
import { layOutNetwork } from "../../../plugin/core/network-spec.ts";
import { imageSize, observationSize, unboundedFlags } from "../../../plugin/core/observation-spec.ts";
import { createTfjsPpoLearner } from "../../../plugin/nets/ppo/tfjs-ppo-learner.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { choiceCount } from "../../../plugin/core/action-spec.ts";
import { largestDifference } from "../../compute/oracle/agreement.ts";
import { plainForward, plainLogProbability } from "../../compute/plain-network.ts";
import { loadTfjs } from "../../compute/oracle/tfjs.ts";
import { forwardOnTfjs } from "./forward-on-tfjs.ts";
import { PICTURE_CASES, pictureWork } from "./picture-cases.ts";
import { takeSteps } from "./take-steps.ts";

beforeAll(async () => {
  await loadTfjs("cpu");
  await useWasmBackend();
});

describe.each(PICTURE_CASES)("Learning to see: $name", (one) => {
  const { role, network } = one;

  it("on wasm agrees with cpu after 20 Adam steps", { timeout: 120_000 }, async () => {
    const { parameters, batch, settings } = pictureWork(one, 34, { minibatchSize: 8 }); // 4 epochs of 5 minibatches
    const steps = [];
    for (const backend of ["wasm", "cpu"] as const) {
      const learner = await createTfjsPpoLearner(role, network, { backend });
      steps.push(await takeSteps(learner, parameters, batch, settings));
      learner.dispose();
    }
    const [wasm, cpu] = steps;
    expect(wasm.result.minibatches).toBe(20);
    expect(largestDifference(cpu.state.parameters, parameters)).toBeGreaterThan(5e-3);
    expect(largestDifference(wasm.state.parameters, cpu.state.parameters)).toBeLessThan(1e-5);
    expect(largestDifference(wasm.state.firstMoments, cpu.state.firstMoments)).toBeLessThan(1e-5);
    expect(largestDifference(wasm.state.secondMoments, cpu.state.secondMoments)).toBeLessThan(1e-5);
    for (const key of ["policyLoss", "valueLoss", "entropy", "approximateKl", "gradientNorm"] as const) {
      const difference = Math.abs(wasm.result[key] - cpu.result[key]);
      expect(difference / (1 + Math.abs(cpu.result[key])), key).toBeLessThan(1e-4);
    }
  });

  it("follows the slope of its loss, by finite differences", async () => {
    const changes = { learningRate: 0, epochs: 1, minibatchSize: 8, maxGradientNorm: Infinity, valueClipRange: 0.5 };
    const { parameters, batch, settings } = pictureWork(one, 8, { ...changes, entropyCoefficient: 0.3 });
    const learner = await createTfjsPpoLearner(role, network, { backend: "wasm" });
    const lossAt = async (index: number, offset: number): Promise<number> => {
      const moved = parameters.slice();
      moved[index] += offset;
      const { result } = await takeSteps(learner, moved, batch, settings);
      return (
        result.policyLoss - settings.entropyCoefficient * result.entropy + settings.valueCoefficient * result.valueLoss
      );
    };
    // From zero moments, the first is a tenth of the gradient.
    const { state } = await takeSteps(learner, parameters, batch, settings);
    const layout = layOutNetwork(role, network);
    const layers = [...layout.actor, ...layout.critic, ...layout.encoders.flatMap((encoder) => encoder.layers)];
    const places = layers.flatMap(({ weights, biases }) => [
      ...[0.1, 0.4, 0.7].map((share) => Math.floor(weights + share * (biases - weights))),
      biases,
    ]);
    if (role.action.continuous.length > 0) places.push(layout.logStd);
    let agreeing = 0;
    for (const place of places) {
      const measured = ((await lossAt(place, 4e-3)) - (await lossAt(place, -4e-3))) / 8e-3;
      const slope = 10 * state.firstMoments[place];
      if (Math.abs(measured - slope) < 2e-3 + 0.02 * Math.abs(slope)) agreeing += 1;
    }
    learner.dispose();
    // A step across an edge of ReLU or of a clip bends a slope here and there.
    expect(agreeing / places.length).toBeGreaterThan(0.9);
    expect(largestDifference(state.firstMoments, new Float32Array(parameters.length))).toBeGreaterThan(1e-3);
  });

  it.each(["cpu", "wasm"] as const)(
    "gives the same by kernels of our own, by tfjs-%s and in float64",
    async (backend) => {
      const { parameters, batch } = pictureWork(one, 33);
      const normaliser = createNormaliser(unboundedFlags(role.observation));
      const data = { role, network, normaliser, parameters, birth: {} };
      const policy = await createPolicy(data);
      const { count: agents, observations, images, masks } = batch;
      const actions = { continuous: batch.continuous.slice(), discrete: batch.discrete.slice() };
      const [logProbabilities, values] = [new Float32Array(agents), new Float32Array(agents)];
      policy.decide({ agents, observations, images, masks, actions }, { logProbabilities, values });
      const { heads, values: tfjsValues } = await forwardOnTfjs(data, batch, backend);
      const [inputs, pixels, choices] = [
        observationSize(role.observation),
        imageSize(role.observation),
        choiceCount(role.action),
      ];
      const outputs = heads.length / agents;
      for (let agent = 0; agent < agents; agent++) {
        const row = <T extends Float32Array | Uint8Array | Int32Array>(of: T, width: number): T =>
          of.subarray(agent * width, (agent + 1) * width) as T;
        const plain = plainForward(data, row(observations, inputs), row(images, pixels));
        expect(largestDifference(row(heads, outputs), plain.heads)).toBeLessThan(1e-5);
        expect(Math.abs(tfjsValues[agent] - values[agent])).toBeLessThan(1e-5);
        expect(Math.abs(values[agent] - plain.value)).toBeLessThan(1e-5);
        const taken = {
          continuous: row(actions.continuous, role.action.continuous.length),
          discrete: row(actions.discrete, role.action.discrete.length),
        };
        const byTfjs = plainLogProbability(data, [...row(heads, outputs)], taken, row(masks, choices));
        expect(Math.abs(byTfjs - logProbabilities[agent])).toBeLessThan(1e-5);
      }
    },
  );
});
