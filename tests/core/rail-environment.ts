import { checkEnvironment, type CheckOptions } from "../../plugin/core/check-environment.ts";
import { createAgentGroup, type AgentGroup, type Environment } from "../../plugin/core/environment.ts";
import type { Finding } from "../../plugin/core/finding.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import { Random } from "../../plugin/core/random.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";

export const ROLE: RoleSpec = {
  observation: vectorObservation(["place", "time"]),
  action: { continuous: ["push"], discrete: [{ label: "gear", choices: ["low", "high"] }] },
};
export const WHO = 'Environment "rail", role "cart"';
/** Steps after which an episode on the rail is cut off. */
const LIMIT = 20;

/** A cart on a rail from -1 to 1: healthy, small, and open to sabotage. */
export function rail(agents = 2): Environment & { readonly groups: { readonly cart: AgentGroup } } {
  const group = createAgentGroup(ROLE, agents);
  const place = new Float64Array(agents);
  const time = new Int32Array(agents);
  let random = new Random(0);
  const start = (agent: number): void => {
    place[agent] = random.between(-0.5, 0.5);
    time[agent] = 0;
  };
  const observe = (agent: number, out: Float32Array): void => {
    out[agent * 2] = place[agent]!;
    out[agent * 2 + 1] = time[agent] / LIMIT;
  };
  return {
    name: "rail",
    groups: { cart: group },
    reset(seed) {
      random = new Random(seed);
      for (let agent = 0; agent < agents; agent++) {
        start(agent);
        observe(agent, group.observations);
      }
    },
    step() {
      for (let agent = 0; agent < agents; agent++) {
        const gear = group.actions.discrete[agent] === 1 ? 0.4 : 0.2;
        place[agent] += gear * Math.max(-1, Math.min(1, group.actions.continuous[agent]));
        time[agent] += 1;
        group.rewards[agent] = place[agent]!;
        group.terminated[agent] = Math.abs(place[agent]) > 1 ? 1 : 0;
        group.truncated[agent] = group.terminated[agent] === 0 && time[agent] >= LIMIT ? 1 : 0;
        if (group.terminated[agent] === 1 || group.truncated[agent] === 1) {
          observe(agent, group.finalObservations);
          start(agent);
        }
        observe(agent, group.observations);
      }
    },
    dispose() {},
  };
}

/** The rail with something done to it after each step, or after each reset and step. */
export function sabotaged(
  after: (group: AgentGroup, step: number) => void,
  when: "step" | "always" = "step",
): Environment {
  const healthy = rail();
  let steps = 0;
  return {
    ...healthy,
    reset(seed) {
      healthy.reset(seed);
      steps = 0;
      if (when === "always") after(healthy.groups.cart, 0);
    },
    step() {
      healthy.step();
      after(healthy.groups.cart, ++steps);
    },
  };
}

/** The rail whose group has some arrays replaced. */
export function reshaped(changes: Partial<AgentGroup>): Environment {
  const healthy = rail();
  return { ...healthy, groups: { cart: { ...healthy.groups.cart, ...changes } } };
}

export function check(environment: Environment, options: CheckOptions = {}): Finding[] {
  return checkEnvironment(environment, { steps: 300, ...options });
}
