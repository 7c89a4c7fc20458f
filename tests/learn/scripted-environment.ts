import { createAgentGroup, type AgentGroup, type Environment } from "../../plugin/core/environment.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { TINY_ROLE } from "./tiny-rollout.ts";

/** An environment that does as a test tells it. */
export interface ScriptedEnvironment extends Environment {
  readonly groups: { readonly agent: AgentGroup };
  readonly resets: readonly number[];
  readonly isDisposed: () => boolean;
}

/**
 * @param step - Called after every array of results was set to 0. @param reset - Called after `active` was set to 1.
 */
export function scriptedEnvironment(
  step: (group: AgentGroup, step: number) => void,
  options: { agents?: number; role?: RoleSpec; reset?: (group: AgentGroup) => void } = {},
): ScriptedEnvironment {
  const group = createAgentGroup(options.role ?? TINY_ROLE, options.agents ?? 1);
  const resets: number[] = [];
  let steps = 0;
  let disposed = false;
  return {
    name: "scripted",
    groups: { agent: group },
    resets,
    isDisposed: () => disposed,
    reset(seed) {
      resets.push(seed);
      steps = 0;
      options.reset?.(group);
    },
    step() {
      for (const array of [group.rewards, group.terminated, group.truncated, group.succeeded]) array.fill(0);
      step(group, steps);
      steps += 1;
    },
    dispose() {
      disposed = true;
    },
  };
}
