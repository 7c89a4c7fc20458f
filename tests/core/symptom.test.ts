import { expect, it } from "vitest";
import { EnvironmentError } from "../../plugin/core/errors.ts";
import { fromFailure, toFailure } from "../../plugin/core/failure.ts";
import { SymptomaticError } from "../../plugin/core/symptom.ts";

it("an error keeps its symptom on the way from a worker", () => {
  const symptom = { rule: "not-a-number", kind: "observation", about: "slope" } as const;
  const error = fromFailure(structuredClone(toFailure(new EnvironmentError("who: needed, came. do.", { symptom }))));
  expect(error).toBeInstanceOf(EnvironmentError);
  expect((error as EnvironmentError).symptom).toEqual(symptom);
});

it("an error without a symptom has none, and keeps its cause", () => {
  const cause = new Error("inner");
  const error = new EnvironmentError("who: needed, came. do.", { cause });
  expect([error instanceof SymptomaticError, error.symptom, error.cause]).toEqual([true, undefined, cause]);
});
