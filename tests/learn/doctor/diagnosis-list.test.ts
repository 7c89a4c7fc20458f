import { expect, it } from "vitest";
import type { Diagnosis } from "../../../plugin/learn/doctor/diagnosis.ts";
import { DiagnosisList } from "../../../plugin/learn/doctor/diagnosis-list.ts";

const dead = (about: string, evidence = "0 in all of 9,000 decisions"): Diagnosis => ({
  rule: "dead-sensor",
  about,
  severity: "doubt",
  words: `The sensor "${about}" has never shown anything.`,
  evidence,
  suggestion: "Take it away.",
});

it("says what was added, what changed and what is gone", () => {
  const list = new DiagnosisList();
  expect(list.replace([dead("nose"), dead("ear")]).map(({ kind }) => kind)).toEqual(["added", "added"]);
  const newer = dead("ear", "0 in all of 20,000 decisions");
  expect(list.replace([newer, dead("eye")])).toEqual([
    { kind: "gone", diagnosis: dead("nose") },
    { kind: "changed", diagnosis: newer },
    { kind: "added", diagnosis: dead("eye") },
  ]);
  expect(list.diagnoses).toEqual([newer, dead("eye")]);
});

it("says nothing when all is as it was", () => {
  const list = new DiagnosisList();
  list.replace([dead("nose")]);
  expect(list.replace([dead("nose")])).toEqual([]);
});

it("one more is added in front, and replaces an older one of the same name", () => {
  const list = new DiagnosisList();
  list.replace([dead("nose"), dead("ear")]);
  const newer = dead("ear", "0 in all of 20,000 decisions");
  expect(list.add(newer)).toEqual([{ kind: "changed", diagnosis: newer }]);
  expect(list.diagnoses).toEqual([newer, dead("nose")]);
});
