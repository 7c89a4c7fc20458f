import { assertActionSpec, type ActionSpec } from "./action-spec.ts";
import { assertObservationSpec, type ObservationSpec } from "./observation-spec.ts";

/** What one kind of agent senses and does. All agents of a role share one policy. */
export interface RoleSpec {
  readonly observation: ObservationSpec;
  readonly action: ActionSpec;
}

/** @throws ConfigurationError when either half cannot work. */
export function assertRoleSpec(role: RoleSpec, who: string): void {
  assertObservationSpec(role.observation, who);
  assertActionSpec(role.action, who);
}
