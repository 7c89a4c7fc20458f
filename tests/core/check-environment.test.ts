import { expect, test } from "vitest";
import { checkEnvironment } from "../../plugin/core/check-environment.ts";
import type { AgentGroup, Environment } from "../../plugin/core/environment.ts";
import { doubt, fault } from "../../plugin/core/finding.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import { Random } from "../../plugin/core/random.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { acrobot } from "../../plugin/learn/tasks/acrobot.ts";
import { cartPole } from "../../plugin/learn/tasks/cartpole.ts";
import { mountainCarContinuous } from "../../plugin/learn/tasks/mountain-car-continuous.ts";
import { pendulum } from "../../plugin/learn/tasks/pendulum.ts";
import { walk } from "../../plugin/learn/tasks/walk.ts";
import { check, rail, reshaped, ROLE, sabotaged, WHO } from "./rail-environment.ts";

test("nothing is found in a healthy environment", () => {
  for (let seed = 0; seed < 5; seed++) expect(check(rail(), { seed })).toEqual([]);
});

test.each(
  [1, 8].flatMap((agents) => [
    cartPole({ agents }),
    acrobot({ agents }),
    pendulum({ agents }),
    mountainCarContinuous({ agents }),
    walk({ agents }),
    walk({ agents, actions: "continuous" }),
    walk({ agents, actions: "both", stepSize: 0.8 }),
    walk({ agents, dimensions: 2, stepSize: 0.8 }),
  ]),
)("nothing is found in the reference task $name", (task) => {
  expect(checkEnvironment(task)).toEqual([]);
});

test("the environment is left freshly reset", () => {
  const checked = rail();
  check(checked, { seed: 3 });
  const fresh = rail();
  fresh.reset(3);
  expect(checked.groups.cart.observations).toEqual(fresh.groups.cart.observations);
});

test("an environment without roles is found", () => {
  expect(check({ ...rail(), groups: {} })).toEqual([
    fault('Environment "rail": needed at least 1 role, came none.', "Its groups are filled too late; make them first."),
  ]);
});

test("a role that cannot work is found", () => {
  const role: RoleSpec = { observation: vectorObservation(["a", "a"]), action: ROLE.action };
  expect(check(reshaped({ role }))).toEqual([
    fault(
      `${WHO}: observation 1 is called "a" like an earlier one. Give each its own name.`,
      "The role's labels were put together wrongly.",
    ),
  ]);
});

test("arrays of a wrong length are found", () => {
  expect(check(reshaped({ observations: new Float32Array(3), rewards: new Float32Array(1) }))).toEqual([
    fault(
      `${WHO}: the array observations needs 4 numbers for 2 agents, came 3.`,
      "It was made by hand; make the group with createAgentGroup.",
    ),
    fault(
      `${WHO}: the array rewards needs 2 numbers for 2 agents, came 1.`,
      "It was made by hand; make the group with createAgentGroup.",
    ),
  ]);
});

test("one array for observations and final observations is found", () => {
  const both = new Float32Array(4);
  expect(check(reshaped({ observations: both, finalObservations: both }))).toEqual([
    fault(
      `${WHO}: needed an array of its own for finalObservations, came the array of observations.`,
      "The same array was given twice; make the group with createAgentGroup.",
    ),
  ]);
});

test("a reset that draws its start from something else than the seed is found", () => {
  const random = new Random(99);
  const environment = rail();
  const reset = environment.reset.bind(environment);
  const findings = check({ ...environment, reset: () => reset(random.uint32()) });
  expect(findings[0].severity).toBe("fault");
  expect(findings[0].what).toMatch(
    /^Environment "rail": reset needs to give the same start for the same seed, came another one \("place": -?[\d.]+, then -?[\d.]+\)\.$/,
  );
  expect(findings[0].likelyCause).toBe(
    "Its chance comes from Math.random, the clock, or a generator that is not made anew from the seed.",
  );
});

test("a reset that ignores its seed is found", () => {
  const environment = rail();
  const reset = environment.reset.bind(environment);
  expect(check({ ...environment, reset: () => reset(1) })).toEqual([
    doubt(
      'Environment "rail": reset needs to give other starts for other seeds, came the same one for 17 seeds.',
      "The seed is not used. An agent that always starts alike learns that one start by heart.",
    ),
  ]);
});

test("an action without any effect is found by its label", () => {
  const healthy = rail();
  const environment: Environment = {
    ...healthy,
    step() {
      healthy.groups.cart.actions.discrete.fill(0);
      healthy.step();
    },
  };
  expect(check(environment)).toEqual([
    doubt(
      'Environment "rail", role "cart": the action "gear" needs to have an effect, came the same 200 steps whatever was chosen.',
      "It is not read in step, or its effect is neither seen, nor rewarded, nor ends an episode.",
    ),
  ]);
});

test("a step that does not repeat is found, as a doubt", () => {
  const drift = new Random(1);
  const findings = check(
    sabotaged(({ observations }, step) => {
      if (step === 3) observations[0] += 0.001 * drift.uniform();
    }),
  );
  expect(findings).toHaveLength(1);
  expect(findings[0].severity).toBe("doubt");
  expect(findings[0].what).toMatch(
    /^Environment "rail": the same seed and actions need to repeat an episode, came a difference in step 3 \("place": .+, then .+\)\.$/,
  );
  expect(findings[0].likelyCause).toBe(
    "Something outlives the reset: a physics world that is used again, the clock, or Math.random.",
  );
});

test("an array that is made anew in step is found", () => {
  const healthy = rail();
  const groups: Record<string, AgentGroup> = { ...healthy.groups };
  const environment: Environment = {
    ...healthy,
    groups,
    step() {
      healthy.step();
      groups["cart"] = { ...healthy.groups.cart, rewards: healthy.groups.cart.rewards.slice() };
    },
  };
  expect(check(environment)[0]).toEqual(
    fault(
      `${WHO}: the array rewards needs to stay the same one, came a new one after a step.`,
      "It is made anew in step or reset; write into the old one.",
    ),
  );
});

test("an environment that throws is found, with its own words", () => {
  const environment = sabotaged((_, step) => {
    if (step === 4) throw new Error("the cart derailed");
  });
  expect(check(environment)).toEqual([
    fault('Environment "rail": reset and step need to return, came "the cart derailed".', "See the error's own text."),
  ]);
});

test("masked alternatives are never taken", () => {
  const taken = new Set<number>();
  const environment = sabotaged(({ masks, actions }, step) => {
    if (step > 0) actions.discrete.forEach((choice) => taken.add(choice));
    masks.set([0, 1, 0, 1]);
  }, "always");
  check(environment);
  expect([...taken]).toEqual([1]);
});
