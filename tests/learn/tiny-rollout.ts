import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { createRollout, type Rollout } from "../../plugin/learn/rollout.ts";

/** One observation, one number. */
export const TINY_ROLE: RoleSpec = {
  observation: vectorObservation(["place"]),
  action: { continuous: ["move"], discrete: [] },
};

/** What a rollout is filled with, all [steps · agents] in the order of steps but `lastValues`, [agents]. */
export type RolloutContent = Partial<
  Record<"rewards" | "values" | "finalValues" | "lastValues" | "terminated" | "truncated" | "active", number[]>
>;

/** A rollout with these numbers in it; every slot is active and nothing ends unless said otherwise. */
export function tinyRollout(steps: number, agents: number, content: RolloutContent, role = TINY_ROLE): Rollout {
  const rollout = createRollout(role, steps, agents);
  rollout.active.fill(1);
  for (const [name, values] of Object.entries(content)) rollout[name as keyof RolloutContent].set(values);
  return rollout;
}
