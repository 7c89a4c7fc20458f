import { createAgentGroup, type AgentGroup, type Environment } from "../../../plugin/core/environment.ts";
import { vectorObservation, observationLabels } from "../../../plugin/core/observation-spec.ts";

/** What is done to a healthy environment. */
export interface Alterations {
  /** After each step, before anybody reads what came of it. */
  readonly step?: (group: AgentGroup) => void;
  /** After each reset and each step. */
  readonly always?: (group: AgentGroup) => void;
  /** Of the world: whether it moves on at this decision. Default always. */
  readonly moves?: (decision: number) => boolean;
}

/** An environment with something done to it. Its only role is `"agent"`. */
export function altered(healthy: Environment, { step, always, moves }: Alterations): Environment {
  const { agent } = healthy.groups;
  let decision = 0;
  return {
    ...healthy,
    reset(seed) {
      healthy.reset(seed);
      always?.(agent);
    },
    step() {
      if (moves && !moves(decision++)) {
        for (const array of [agent.rewards, agent.terminated, agent.truncated, agent.succeeded]) array.fill(0);
      } else healthy.step();
      step?.(agent);
      always?.(agent);
    },
  };
}

/** An environment whose agents have one sensor more. */
export function withSensor(
  healthy: Environment,
  label: string,
  read: (observations: Float32Array, at: number) => number,
): Environment {
  const { agent } = healthy.groups;
  const labels = observationLabels(agent.role.observation);
  const role = { observation: vectorObservation([...labels, label]), action: agent.role.action };
  const wide = createAgentGroup(role, agent.agents);
  const copy = (from: Float32Array, to: Float32Array): void => {
    for (let row = 0; row < agent.agents; row++) {
      const at = row * labels.length;
      to.set(from.subarray(at, at + labels.length), row * (labels.length + 1));
      to[row * (labels.length + 1) + labels.length] = read(from, at);
    }
  };
  const observe = (): void => {
    copy(agent.observations, wide.observations);
    copy(agent.finalObservations, wide.finalObservations);
  };
  const { observations, finalObservations } = wide;
  const group: AgentGroup = { ...agent, role, observations, finalObservations };
  return {
    name: healthy.name,
    groups: { agent: group },
    reset(seed) {
      healthy.reset(seed);
      observe();
    },
    step() {
      healthy.step();
      observe();
    },
    dispose: () => healthy.dispose(),
  };
}
