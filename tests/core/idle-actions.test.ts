import { expect, test } from "vitest";
import { checkContract } from "../../plugin/core/check-environment.ts";
import { compareStarts } from "../../plugin/core/compare-starts.ts";
import type { Environment } from "../../plugin/core/environment.ts";
import { findIdleActions } from "../../plugin/core/idle-actions.ts";
import { rail, sabotaged } from "./rail-environment.ts";

/** The rail with its gear taken out: all carts are pushed in the low one. */
function withoutGear(): Environment {
  const healthy = rail();
  return {
    ...healthy,
    step() {
      healthy.groups.cart.actions.discrete.fill(0);
      healthy.step();
    },
  };
}

test("actions with an effect are not idle", () => {
  expect(findIdleActions(rail(), 0, { isSteady: true })).toEqual([]);
});

test("an action that nothing reads is idle", () => {
  expect(findIdleActions(withoutGear(), 0, { isSteady: true })).toEqual([{ role: "cart", label: "gear", steps: 200 }]);
});

test("what changes by itself is no effect of an action", () => {
  let tremble = 0;
  const trembling = (environment: Environment): Environment => ({
    ...environment,
    step() {
      environment.step();
      environment.groups["cart"].observations[1] += 1e-4 * Math.sin(++tremble);
    },
  });
  expect(findIdleActions(trembling(withoutGear()), 0, { isSteady: false }).map(({ label }) => label)).toEqual(["gear"]);
  expect(findIdleActions(trembling(rail()), 0, { isSteady: false })).toEqual([]);
});

test("starts are compared by their seeds", () => {
  const fixed = rail();
  let drift = 0;
  expect(compareStarts(rail(), 0)).toBe(null);
  expect(compareStarts({ ...fixed, reset: () => fixed.reset(1) }, 0)).toEqual({ kind: "fixed", seeds: 17 });
  const unseeded = sabotaged(({ observations }) => (observations[0] = ++drift / 8), "always");
  expect(compareStarts(unseeded, 0)).toEqual({ kind: "unseeded", difference: '"place": 0.125, then 0.25' });
});

test("the contract says nothing of what is taught", () => {
  // Always paid alike and never ending: odd, and no breach.
  expect(
    checkContract(
      sabotaged(({ rewards, terminated, truncated }) =>
        [rewards, terminated, truncated].forEach((array) => array.fill(0)),
      ),
    ),
  ).toEqual([]);
  const both = sabotaged(({ terminated, truncated }) => [terminated, truncated].forEach((ends) => ends.fill(1)));
  expect(checkContract(both).map(({ what }) => what)).toContain(
    'Environment "rail", role "cart": an episode needs one kind of end, came terminated and truncated at once (agent 0).',
  );
});
