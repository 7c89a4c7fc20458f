import type { Environment } from "../core/environment.ts";
import { ConfigurationError } from "../core/errors.ts";
import { quoteAll } from "../core/observation-spec.ts";

/**
 * The name of an environment's only role.
 *
 * @throws ConfigurationError when there are several: they are reserved until a run can teach them together.
 */
export function firstRole(environment: Environment): string {
  const roles = Object.keys(environment.groups);
  if (roles.length !== 1) {
    throw new ConfigurationError(
      `Environment "${environment.name}": needed exactly 1 role, came ${roles.length}${roles.length > 0 ? ` (${quoteAll(roles)})` : ""}. Teach one role at a time; script the others.`,
    );
  }
  return roles[0];
}
