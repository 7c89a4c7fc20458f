import { expect, test } from "vitest";
import { doubt, fault } from "../../plugin/core/finding.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { check, ROLE, sabotaged, WHO } from "./rail-environment.ts";

test("an observation that is not a number is found by its label", () => {
  const environment = sabotaged(({ observations }, step) => {
    if (step === 5) observations[2] = NaN;
  });
  expect(check(environment)).toEqual([
    fault(
      `${WHO}: the observation "place" needs a finite number, came NaN.`,
      "A division by 0, the root of a negative number, or a value that was never set.",
    ),
  ]);
});

test("a final observation that is not finite is found by its label", () => {
  const environment = sabotaged(({ finalObservations }) => (finalObservations[1] = Infinity));
  expect(check(environment)).toEqual([
    fault(
      `${WHO}: the final observation "time" needs a finite number, came Infinity.`,
      "A division by 0, the root of a negative number, or a value that was never set.",
    ),
  ]);
});

test("a reward that is not a number is found", () => {
  const environment = sabotaged(({ rewards }, step) => {
    if (step === 5) rewards[1] = NaN;
  });
  expect(check(environment)).toEqual([
    fault(
      `${WHO}: a reward needs a finite number, came NaN (agent 1).`,
      "A division by 0, or a value that was never set.",
    ),
  ]);
});

test("an observation far beyond its promised range is found", () => {
  const environment = sabotaged(({ observations }, step) => {
    if (step === 5) observations[1] = 11;
  });
  expect(check(environment)).toEqual([
    fault(
      `${WHO}: the observation "time" needs a number near [-1, 1], came 11.`,
      "It is not divided by its range. If it has none, list it as unbounded.",
    ),
  ]);
});

test("an observation without a promised range may be large", () => {
  const role: RoleSpec = { observation: vectorObservation(["place", "time"], ["time"]), action: ROLE.action };
  const environment = sabotaged(({ observations }, step) => {
    if (step === 5) observations[1] = 1000;
  });
  const group = environment.groups["cart"];
  // The same arrays under a role that lists the label as unbounded.
  expect(check({ ...environment, groups: { cart: { ...group, role } } })).toEqual([]);
});

test("an observation that never changes is found by its label", () => {
  const environment = sabotaged(({ observations }) => {
    observations[1] = 0.25;
    observations[3] = 0.25;
  }, "always");
  expect(check(environment)).toEqual([
    doubt(
      `${WHO}: the observation "time" needs to change, came 0.25 at every step.`,
      "Its sensor is not connected, or the lesson never brings the agent where it matters.",
    ),
  ]);
});

test("observations that are never written are found", () => {
  const environment = sabotaged(({ observations }) => observations.fill(0), "always");
  expect(check(environment).map((finding) => finding.what)).toEqual([
    'Environment "rail": reset needs to give other starts for other seeds, came the same one for 17 seeds.',
    `${WHO}: observations need to change, came the same ones at every step.`,
  ]);
});

test("rewards that are never given are found", () => {
  const environment = sabotaged(({ rewards }) => rewards.fill(0));
  expect(check(environment)).toEqual([
    fault(
      `${WHO}: some reward needs to differ from 0, came 0 at every step.`,
      "No reward is given, or it is too rare to be met by chance: reward the way to the goal as well.",
    ),
  ]);
});

test("a reward that is always the same is found where episodes are only cut off", () => {
  const environment = sabotaged(({ rewards, terminated, truncated }) => {
    rewards.fill(-1);
    terminated.forEach((flag, agent) => {
      if (flag === 1) truncated[agent] = 1;
    });
    terminated.fill(0);
  });
  expect(check(environment)).toEqual([
    doubt(
      `${WHO}: rewards need to differ, came -1 at every step.`,
      "Every way of acting is worth the same, or the goal is too rare to be met by chance.",
    ),
  ]);
});

test("a reward that is always the same is enough where episodes end by themselves", () => {
  expect(check(sabotaged(({ rewards }) => rewards.fill(1)))).toEqual([]);
});

test("episodes that never end are found", () => {
  const environment = sabotaged(({ terminated, truncated }) => {
    terminated.fill(0);
    truncated.fill(0);
  });
  expect(check(environment)).toEqual([
    doubt(
      `${WHO}: an episode needs to end, came none that did within 300 steps.`,
      "There is no time limit: truncate after a number of steps.",
    ),
  ]);
});

test("episodes that end at every step are found", () => {
  const environment = sabotaged(({ terminated, truncated, observations, finalObservations }) => {
    terminated.fill(1);
    truncated.fill(0);
    finalObservations.set(observations);
  });
  expect(check(environment)).toEqual([
    fault(
      `${WHO}: an episode needs more than 1 step, came an end at every step.`,
      "The condition of its end still holds after the restart, or terminated is not set back to 0.",
    ),
  ]);
});

test("an episode that is terminated and truncated at once is found", () => {
  const environment = sabotaged(({ terminated, truncated }) => {
    if (truncated[0] === 1) terminated[0] = 1;
  });
  expect(check(environment)).toEqual([
    fault(
      `${WHO}: an episode needs one kind of end, came terminated and truncated at once (agent 0).`,
      "The time limit is checked even when the episode has already ended; let terminated win.",
    ),
  ]);
});

test("final observations that stay zero are found", () => {
  expect(check(sabotaged(({ finalObservations }) => finalObservations.fill(0)))).toEqual([
    fault(
      `${WHO}: the last sight of an ended episode needs to be kept, came only zeros in finalObservations.`,
      "The array finalObservations is not written before the next episode begins.",
    ),
  ]);
});

test("final observations that show the next episode are found", () => {
  expect(check(sabotaged(({ observations, finalObservations }) => finalObservations.set(observations)))).toEqual([
    fault(
      `${WHO}: the last sight of an ended episode needs to be kept, came the first one of the next in finalObservations.`,
      "The array finalObservations is written after the restart instead of before it.",
    ),
  ]);
});

test("a mask that forbids everything is found by its label", () => {
  const environment = sabotaged(({ masks }, step) => {
    masks.fill(1);
    if (step === 5) masks.fill(0, 2, 4);
  });
  expect(check(environment)).toEqual([
    fault(
      `${WHO}: the mask of "gear" needs to allow at least 1 alternative, came none.`,
      'The mask is filled with 0 and nothing is allowed again; allow a "none".',
    ),
  ]);
});

test("a group whose agents are never active is found", () => {
  expect(check(sabotaged(({ active }) => active.fill(0), "always"))).toEqual([
    fault(`${WHO}: at least 1 agent needs to be active, came none.`, "The array active is never set to 1."),
  ]);
});

test("an inactive slot is not looked at", () => {
  const environment = sabotaged(({ active, observations, rewards }) => {
    active[1] = 0;
    observations[2] = NaN;
    rewards[1] = NaN;
  }, "always");
  expect(check(environment)).toEqual([]);
});
