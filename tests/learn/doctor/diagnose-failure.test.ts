import { expect, it } from "vitest";
import { ConfigurationError, EnvironmentError, TrainingError } from "../../../plugin/core/errors.ts";
import { diagnoseFailure } from "../../../plugin/learn/doctor/diagnose-failure.ts";

it.each([
  [
    new EnvironmentError("sensor", { symptom: { rule: "not-a-number", kind: "observation", about: "slope" } }),
    'The sensor "slope" gave something that is not a number.',
  ],
  [new EnvironmentError("reward", { symptom: { rule: "not-a-number", kind: "reward" } }), "A reward was not a number."],
  [
    new TrainingError("loss", { symptom: { rule: "not-a-number", kind: "learning", about: "value loss" } }),
    "Learning has broken down: the value loss is no longer a number.",
  ],
  [
    new ConfigurationError("camera", { symptom: { rule: "camera-without-renderer", kind: "camera", about: "eye" } }),
    'Nothing draws what the camera "eye" would see.',
  ],
])("%s is a fault in plain words, with the error as its evidence", (error, words) => {
  const diagnosis = diagnoseFailure(error)!;
  expect(diagnosis).toMatchObject({ rule: error.symptom!.rule, severity: "fault", words, evidence: error.message });
  expect(diagnosis.about).toBe(error.symptom!.about);
});

it("an error without a symptom says it all", () => {
  expect([
    diagnoseFailure(new TrainingError("stopped")),
    diagnoseFailure(new Error("other")),
    diagnoseFailure("text"),
  ]).toEqual([null, null, null]);
});
