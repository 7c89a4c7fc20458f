import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../plugin/core/errors.ts";
import { layOutNetwork } from "../../plugin/core/network-spec.ts";
import { observationSpec } from "../../plugin/core/observation-spec.ts";
import { cloneBehaviour, type CloningProgress } from "../../plugin/learn/behaviour-cloning.ts";
import { decide } from "../compute/decide.ts";
import { NETWORK, ROLE, show } from "./shown-episodes.ts";

describe("A cloned policy", () => {
  it("does what was shown where nobody showed it", async () => {
    const policy = await cloneBehaviour(show(10, 100), { network: NETWORK, seed: 3, learningRate: 1e-2 });
    const { continuous, discrete } = decide(policy, Float32Array.of(0.8, 0.2, 130, -0.5, -0.9, 80), { greedy: true });
    expect(continuous[0]).toBeCloseTo(0.4, 1);
    expect(continuous[1]).toBeCloseTo(0.6, 1);
    expect(continuous[2]).toBeCloseTo(-0.25, 1);
    // −2.7 was clipped when it was shown.
    expect(continuous[3]).toBeLessThan(-0.9);
    expect(Array.from(discrete)).toEqual([1, 0]);
  });

  it("is the same from the same seed, and another from another", async () => {
    const clone = async (seed: number): Promise<Float32Array> =>
      (await cloneBehaviour(show(4, 40), { network: NETWORK, seed, epochs: 3 })).toData().parameters;
    const first = await clone(1);
    expect(await clone(1)).toEqual(first);
    expect(await clone(2)).not.toEqual(first);
  });

  it("keeps the parameters that met best what was set aside, and stops when that gets no better", async () => {
    const told: CloningProgress[] = [];
    // So few decisions that they are learned by heart.
    const policy = await cloneBehaviour(show(3, 12), {
      network: { ...NETWORK, hidden: [64, 64] },
      learningRate: 2e-2,
      validationShare: 0.4,
      epochs: 400,
      patience: 15,
      onProgress: (progress) => told.push(progress),
    });
    const last = told[told.length - 1];
    expect(told.length).toBeLessThan(400);
    expect(last.epoch - last.bestEpoch).toBe(15);
    const best = Math.min(...told.map(({ validationLoss }) => validationLoss));
    expect(told[last.bestEpoch - 1].validationLoss).toBe(best);
    expect(policy.birth).toMatchObject({
      algorithm: "behaviour cloning",
      decisions: 36,
      notes: { epochs: last.bestEpoch },
    });
    expect(policy.birth.notes!["validation loss"]).toBeCloseTo(best, 3);
  });

  it("normalises what has no known range by what was shown", async () => {
    const { normaliser } = (await cloneBehaviour(show(5, 60), { network: NETWORK, epochs: 1 })).toData();
    expect(normaliser.count).toBe(300);
    expect(Array.from(normaliser.scaled)).toEqual([0, 0, 1]);
    expect(Math.abs(normaliser.mean[2] - 100)).toBeLessThan(4);
    expect(Math.abs(Math.sqrt(normaliser.variance[2]) - 20)).toBeLessThan(3);
  });

  it("gets standard deviations as wide as it is off, but no narrower than asked", async () => {
    const policy = await cloneBehaviour(show(10, 100), { network: NETWORK, learningRate: 1e-2, leastDeviation: 0.25 });
    const { parameters, role, network } = policy.toData();
    const { logStd } = layOutNetwork(role, network);
    expect(Math.exp(parameters[logStd])).toBeCloseTo(0.25, 5);
    const early = await cloneBehaviour(show(10, 100), { network: NETWORK, learningRate: 1e-5, epochs: 1 });
    // A head near 0 is off by what was shown: 3 · beside, clipped, has a root mean square of √(1 − 2/9) = 0.88.
    expect(Math.exp(early.toData().parameters[logStd + 1])).toBeCloseTo(0.88, 1);
  });

  it("learns from a single episode too, whose end is set aside", async () => {
    const told: CloningProgress[] = [];
    await cloneBehaviour(show(1, 100), { network: NETWORK, epochs: 4, onProgress: (progress) => told.push(progress) });
    expect(told.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    expect(told[3].validationLoss).not.toBe(told[3].loss);
  });
});

describe("Cloning", () => {
  it("refuses too little", async () => {
    await expect(cloneBehaviour(show(2, 9))).rejects.toThrow(
      new ConfigurationError("cloneBehaviour: needed at least 20 decisions, came 18 in 2 episodes. Show it more."),
    );
  });

  it("refuses agents that see pictures", async () => {
    const role = {
      ...ROLE,
      observation: observationSpec({ images: [{ label: "eye", height: 8, width: 8, channels: 1 }] }),
    };
    await expect(cloneBehaviour({ ...show(2, 20), role })).rejects.toThrow(
      new ConfigurationError(
        'cloneBehaviour: needed an agent that senses numbers, came one with the picture "eye". Show it with rays or a direction instead, or teach it by rewards.',
      ),
    );
  });

  it.each([
    ["epochs", 0, "a whole number from 1 to 100000"],
    ["minibatchSize", 257, "a whole number from 1 to 256"],
    ["patience", 1.5, "a whole number from 1 to 100000"],
    ["learningRate", 0, "a number between 0 and 1"],
    ["validationShare", 0.6, "a number from 0 to 0.5"],
    ["leastDeviation", 2, "a number from 0.001 to 1"],
  ])("refuses a bad %s: %d", async (name, value, needed) => {
    await expect(cloneBehaviour(show(2, 20), { [name]: value })).rejects.toThrow(
      new ConfigurationError(`cloneBehaviour: ${name} needs ${needed}, came ${value}. Change it or leave it out.`),
    );
  });

  it("stops when it is told to", async () => {
    const stopper = new AbortController();
    const cloning = cloneBehaviour(show(10, 200), {
      network: { ...NETWORK, hidden: [256, 256] },
      signal: stopper.signal,
      onProgress: () => stopper.abort(new Error("enough")),
    });
    await expect(cloning).rejects.toThrow("enough");
  });
});
