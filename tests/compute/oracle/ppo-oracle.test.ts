import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Activation, NetworkSpec } from "../../../plugin/core/network-spec.ts";
import type { PpoBatch } from "../../../plugin/core/learner.ts";
import { disposeMinibatch, uploadMinibatch } from "./minibatch.ts";
import { PpoOracle, type StepSettings } from "./ppo-oracle.ts";
import { randomBatch, randomParameters, syntheticRole } from "./random-batch.ts";
import { loadTfjs } from "./tfjs.ts";

const SETTINGS: StepSettings = {
  learningRate: 0.1,
  clipRange: 0.2,
  valueClipRange: Infinity,
  entropyCoefficient: 0.01,
  valueCoefficient: 0.5,
  maxGradientNorm: Infinity,
  normaliseAdvantages: false,
};

/** One observation, one hidden unit, linear: actor x → 2x + 0.5 → 1·h, critic x → −1x → 3·h + 1. */
const LINE: NetworkSpec = { hidden: [1], activation: "linear", sharedTrunk: false };

function oneRow(values: Partial<PpoBatch>): PpoBatch {
  return {
    count: 1,
    observations: Float32Array.of(1),
    images: Uint8Array.of(),
    continuous: Float32Array.of(),
    discrete: Int32Array.of(),
    masks: Uint8Array.of(),
    logProbabilities: Float32Array.of(0),
    values: Float32Array.of(0),
    advantages: Float32Array.of(1),
    returns: Float32Array.of(0),
    ...values,
  };
}

beforeAll(async () => {
  await loadTfjs("cpu");
});

describe("the oracle agrees with arithmetic by hand", () => {
  const gauss = syntheticRole(1, 1);
  // actor 0: w 2, b 0.5 | head: w 1, b 0 | logStd ln 2 | critic 0: w −1, b 0 | head: w 3, b 1
  const parameters = Float32Array.of(2, 0.5, 1, 0, Math.log(2), -1, 0, 3, 1);

  it("gives a Gaussian's log density, its entropy and the critic's value", () => {
    const oracle = new PpoOracle(gauss, LINE, parameters);
    const told = oracle.describe(uploadMinibatch(gauss, oneRow({ continuous: Float32Array.of(4.5) }), [0]));
    // mean 2.5, σ 2, deviation (4.5 − 2.5) / 2 = 1: −1/2 − ln 2 − ½ ln 2π
    expect(told.logProbabilities[0]).toBeCloseTo(-0.5 - Math.log(2) - 0.5 * Math.log(2 * Math.PI), 6);
    expect(told.entropies[0]).toBeCloseTo(0.5 + 0.5 * Math.log(2 * Math.PI) + Math.log(2), 6);
    expect(told.values[0]).toBeCloseTo(-2, 6);
  });

  it("shares the probability of masked alternatives out among the allowed ones", () => {
    const role = syntheticRole(1, 0, [3, 2]);
    const network: NetworkSpec = { hidden: [1], activation: "linear", sharedTrunk: true };
    // Hidden unit 0·x + 1 = 1; logits are then the head's weights: ln 1, ln 9, ln 3 and ln 1, ln 1.
    const logits = [0, Math.log(9), Math.log(3), 0, 0];
    const flat = Float32Array.of(0, 1, ...logits, 0, 0, 0, 0, 0, 0, 0);
    const oracle = new PpoOracle(role, network, flat);
    const batch = oneRow({ discrete: Int32Array.of(2, 0), masks: Uint8Array.of(1, 0, 1, 1, 1) });
    const told = oracle.describe(uploadMinibatch(role, batch, [0]));
    // ¼ and ¾ remain of the first branch, ½ and ½ are the second.
    expect(told.logProbabilities[0]).toBeCloseTo(Math.log(0.75) + Math.log(0.5), 6);
    expect(told.entropies[0]).toBeCloseTo(-0.25 * Math.log(0.25) - 0.75 * Math.log(0.75) + Math.log(2), 6);
  });

  it("clips the surrogate, the critic's move and nothing else", () => {
    const oracle = new PpoOracle(gauss, LINE, parameters);
    const logProbability = -0.5 - Math.log(2) - 0.5 * Math.log(2 * Math.PI);
    const batch = oneRow({
      continuous: Float32Array.of(4.5),
      logProbabilities: Float32Array.of(logProbability - Math.log(1.5)),
      advantages: Float32Array.of(2),
      values: Float32Array.of(-1),
      returns: Float32Array.of(-3),
    });
    const told = oracle.stepAndTell(uploadMinibatch(gauss, batch, [0]), { ...SETTINGS, valueClipRange: 0.25 });
    expect(told.policyLoss).toBeCloseTo(-1.2 * 2, 5); // ratio 1.5, clipped to 1.2
    expect(told.clipFraction).toBe(1);
    expect(told.approximateKl).toBeCloseTo(0.5 - Math.log(1.5), 5);
    // The value −2 may move to −1.25 at most: max((−2 + 3)², (−1.25 + 3)²) / 2
    expect(told.valueLoss).toBeCloseTo(0.5 * 1.75 ** 2, 5);
  });

  it("normalises advantages by the sample standard deviation", () => {
    const oracle = new PpoOracle(gauss, LINE, parameters);
    const logProbability = -0.5 - Math.log(2) - 0.5 * Math.log(2 * Math.PI);
    const batch: PpoBatch = {
      ...oneRow({}),
      count: 2,
      observations: Float32Array.of(1, 1),
      continuous: Float32Array.of(4.5, 4.5),
      logProbabilities: Float32Array.of(logProbability - Math.log(1.1), logProbability),
      values: Float32Array.of(0, 0),
      advantages: Float32Array.of(5, 1),
      returns: Float32Array.of(0, 0),
    };
    const minibatch = uploadMinibatch(gauss, batch, [0, 1]);
    const told = oracle.stepAndTell(minibatch, { ...SETTINGS, normaliseAdvantages: true });
    // Mean 3, Σ(±2)² = 8, 8 / (2 − 1), so ±2 / √8 = ±0.7071; ratios 1.1 and 1
    expect(told.policyLoss).toBeCloseTo((-(1.1 - 1) * Math.SQRT1_2) / 2, 5);
  });

  it("moves every parameter by the learning rate in its first Adam step", () => {
    const oracle = new PpoOracle(gauss, LINE, parameters);
    const minibatch = uploadMinibatch(
      gauss,
      oneRow({ continuous: Float32Array.of(4.5), returns: Float32Array.of(7) }),
      [0],
    );
    const settings = { ...SETTINGS, valueCoefficient: 1, entropyCoefficient: 0 };
    const gradient = oracle.gradient(minibatch, settings);
    oracle.step(minibatch, settings);
    const after = oracle.network.read();
    // m̂ = g and v̂ = g², so the step is lr · g / (|g| + ε)
    gradient.forEach((g, i) => {
      expect(after[i] - parameters[i]).toBeCloseTo((-0.1 * g) / (Math.abs(g) + 1e-5), 5);
    });
    // The critic says −2, should say 7: d/dv ½(v − 7)² = −9 on its last bias
    expect(gradient[8]).toBeCloseTo(-9, 5);
  });

  it("scales a gradient down to the greatest allowed norm", () => {
    const oracle = new PpoOracle(gauss, LINE, parameters);
    const minibatch = uploadMinibatch(
      gauss,
      oneRow({ continuous: Float32Array.of(4.5), returns: Float32Array.of(7) }),
      [0],
    );
    const gradient = oracle.gradient(minibatch, SETTINGS);
    const norm = Math.hypot(...gradient);
    const told = oracle.stepAndTell(minibatch, { ...SETTINGS, maxGradientNorm: 1e-5 });
    expect(told.gradientNorm).toBeCloseTo(norm, 4);
    // Now that gradients are as small as Adam's ε, the first step lr · g / (|g| + ε) shows their scale.
    const after = oracle.network.read();
    gradient.forEach((g, i) => {
      const scaled = (g * 1e-5) / (norm + 1e-6);
      expect(after[i] - parameters[i]).toBeCloseTo((-0.1 * scaled) / (Math.abs(scaled) + 1e-5), 5);
    });
  });
});

describe("the oracle's gradients are the slopes of its loss", () => {
  const net = (hidden: number[], activation: Activation, sharedTrunk = false): NetworkSpec => {
    return { hidden, activation, sharedTrunk };
  };
  // ReLU has a kink in every unit and row: a small step across one bends the slope here and there.
  const cases = [
    { name: "continuous, tanh", role: syntheticRole(5, 3), network: net([7, 4], "tanh"), masked: 0, share: 0.97 },
    {
      name: "discrete, silu, shared",
      role: syntheticRole(4, 0, [3, 2]),
      network: net([6], "silu", true),
      masked: 0,
      share: 0.97,
    },
    {
      name: "masked, leaky ReLU",
      role: syntheticRole(4, 0, [4, 3, 2]),
      network: net([6, 5, 3], "leakyRelu"),
      masked: 0.4,
      share: 0.85,
    },
    {
      name: "both, ReLU, shared",
      role: syntheticRole(6, 2, [3]),
      network: net([9, 5], "relu", true),
      masked: 0.3,
      share: 0.85,
    },
    {
      name: "both, linear",
      role: syntheticRole(6, 2, [3]),
      network: net([9, 5, 4, 3], "linear"),
      masked: 0.3,
      share: 0.97,
    },
  ];

  it.each(cases)("$name", ({ role, network, masked, share }) => {
    const parameters = randomParameters(role, network, 3);
    const rows = Array.from({ length: 16 }, (_, i) => i);
    const batch = randomBatch(role, 16, 5, masked);
    const settings = { ...SETTINGS, entropyCoefficient: 0.3, valueClipRange: 0.5, normaliseAdvantages: true };
    const oracle = new PpoOracle(role, network, parameters);
    // Old probabilities such that ratios run from e^−0.27 to e^0.21: some clipped, none on the edge.
    const { logProbabilities } = oracle.describe(uploadMinibatch(role, batch, rows));
    logProbabilities.forEach((now, i) => (batch.logProbabilities[i] = now + 0.03 * (i - 7)));
    const minibatch = uploadMinibatch(role, batch, rows);
    const gradient = oracle.gradient(minibatch, settings);
    const lossAt = (index: number, offset: number): number => {
      const moved = parameters.slice();
      moved[index] += offset;
      const other = new PpoOracle(role, network, moved);
      const loss = other.loss(minibatch, settings);
      other.dispose();
      return loss;
    };
    const agrees = gradient.map((slope, i) => {
      const measured = (lossAt(i, 1e-3) - lossAt(i, -1e-3)) / 2e-3;
      return Math.abs(measured - slope) < 1e-3 + 0.02 * Math.abs(slope) ? 1 : 0;
    });
    expect(agrees.reduce((sum, one) => sum + one) / agrees.length).toBeGreaterThan(share);
  });
});

it("leaves no tensors behind", () => {
  const role = syntheticRole(4, 2, [3]);
  const network: NetworkSpec = { hidden: [8, 8], activation: "tanh", sharedTrunk: true };
  const before = tf.memory().numTensors;
  const oracle = new PpoOracle(role, network, randomParameters(role, network, 1));
  const minibatch = uploadMinibatch(role, randomBatch(role, 8, 2), [0, 1, 2, 3]);
  const held = tf.memory().numTensors;
  oracle.step(minibatch, SETTINGS);
  oracle.stepAndTell(minibatch, SETTINGS);
  oracle.gradient(minibatch, SETTINGS);
  expect(tf.memory().numTensors).toBe(held);
  disposeMinibatch(minibatch);
  oracle.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
