import { createAgentGroup, type Environment } from "../../../core/environment.ts";
import type { RoleSpec } from "../../../core/role-spec.ts";

/**
 * An environment with a place for one agent and nobody in it: for the worker of a run whose agent lives elsewhere, in the visible
 * scene. It teaches nothing and costs nothing.
 */
export function vacantEnvironment(name: string, role: string, spec: RoleSpec): Environment {
  const group = createAgentGroup(spec, 1, `Lesson "${name}", role "${role}"`);
  group.active.fill(0);
  return { name, groups: { [role]: group }, reset(): void {}, step(): void {}, dispose(): void {} };
}
