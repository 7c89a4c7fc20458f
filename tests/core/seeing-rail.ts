import { createAgentGroup, type AgentGroup, type Environment } from "../../plugin/core/environment.ts";
import { observationSpec } from "../../plugin/core/observation-spec.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { rail, ROLE } from "./rail-environment.ts";

/** Pixels along the rail. */
const WIDTH = 16;
const LABELS = ["place", "time"];
const IMAGES = [
  { label: "rail", height: 1, width: WIDTH, channels: 1 },
  { label: "clock", height: 2, width: 1, channels: 1 },
];
const ROW = WIDTH + 2;

/** The cart on its rail, as a camera above sees it; and a clock whose two pixels brighten. Healthy, open to sabotage. */
export function seeingRail(
  sabotage: (group: AgentGroup, step: number) => void = () => {},
  numbers = false,
): Environment & { readonly groups: { readonly cart: AgentGroup } } {
  const blind = rail();
  const role: RoleSpec = {
    ...ROLE,
    observation: observationSpec({ labels: numbers ? LABELS : [], images: IMAGES }),
  };
  const { agents, actions, rewards, terminated, truncated, observations, finalObservations } = blind.groups.cart;
  const unseen = createAgentGroup(role, agents);
  const seen = numbers ? { observations, finalObservations } : {};
  const group: AgentGroup = { ...unseen, ...seen, actions, rewards, terminated, truncated };
  const draw = (numbers: Float32Array, agent: number, images: Uint8Array): void => {
    images.fill(0, agent * ROW, (agent + 1) * ROW);
    const place = Math.max(-1, Math.min(1, numbers[agent * 2]));
    images[agent * ROW + Math.round(((place + 1) / 2) * (WIDTH - 1))] = 255;
    images.fill(55 + Math.round(200 * numbers[agent * 2 + 1]), agent * ROW + WIDTH, (agent + 1) * ROW);
  };
  const drawAll = (): void => {
    for (let agent = 0; agent < agents; agent++) {
      if (terminated[agent] === 1 || truncated[agent] === 1) draw(finalObservations, agent, group.finalImages);
      draw(observations, agent, group.images);
    }
  };
  let steps = 0;
  return {
    name: "rail",
    groups: { cart: group },
    reset(seed) {
      blind.reset(seed);
      terminated.fill(0);
      truncated.fill(0);
      steps = 0;
      drawAll();
      sabotage(group, 0);
    },
    step() {
      blind.step();
      drawAll();
      sabotage(group, ++steps);
    },
    dispose() {},
  };
}
