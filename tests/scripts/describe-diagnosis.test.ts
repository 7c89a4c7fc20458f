import { expect, it } from "vitest";
import { describeDiagnosis } from "../../scripts/describe-diagnosis.ts";

it("a diagnosis takes two lines: what is wrong, and what to do", () => {
  expect(
    describeDiagnosis({
      rule: "dead-sensor",
      about: "nose",
      severity: "doubt",
      words: 'The sensor "nose" has never shown anything.',
      evidence: "0 in all of 9,000 decisions that were looked at.",
      suggestion: "Take it away.",
    }),
  ).toBe(
    'Doubt (dead-sensor): The sensor "nose" has never shown anything. 0 in all of 9,000 decisions that were looked at.\n  Take it away.',
  );
});
