import { expect, it } from "vitest";
import { presetValues, PRESETS, toPpoOptions } from "../../../plugin/editor/model/hyperparameters.ts";
import { CLONING, ppo } from "../../../plugin/index.ts";

const bornOf = (algorithm: string) => ({ birth: { algorithm, seed: 1, decisions: 100, device: "wasm" as const } });

it("a run from a clone lets the critic learn alone for 8,000 decisions", () => {
  expect(toPpoOptions(presetValues(PRESETS[1]), bornOf(CLONING)).criticWarmUp).toBe(8000);
});

it("a person may let the critic of a clone learn alone for longer, or not at all", () => {
  expect(toPpoOptions({ ...presetValues(PRESETS[1]), criticWarmUp: 20_000 }, bornOf(CLONING)).criticWarmUp).toBe(
    20_000,
  );
  expect(toPpoOptions({ ...presetValues(PRESETS[1]), criticWarmUp: 0 }, bornOf(CLONING)).criticWarmUp).toBe(0);
});

it("a run from nothing, or from what rewards have taught, loses no decision to the critic alone", () => {
  expect(toPpoOptions(presetValues(PRESETS[1]), null).criticWarmUp).toBe(0);
  expect(toPpoOptions(presetValues(PRESETS[1]), bornOf("ppo")).criticWarmUp).toBe(0);
});

it("PPO takes what every preset says", () => {
  for (const preset of PRESETS) {
    const values = presetValues(preset);
    expect(ppo(toPpoOptions(values, bornOf(CLONING)))).toMatchObject({
      decisions: values["decisions"],
      learningRate: { from: values["learningRate"], to: 0 },
    });
  }
});
