import { AREA } from "../fields.ts";
import { MOST_DRAWS } from "../placement.ts";
import type { ResetKind } from "../plan-part.ts";

/** Somewhere around the agent, between two distances. */
export const randomTarget: ResetKind = {
  form: {
    kind: "randomTarget",
    title: "Random target",
    hint: "Puts a target around the agent, in any direction, between two distances: begin near, and let it be farther when the agent has learned.",
    fields: [
      {
        type: "number",
        name: "nearest",
        title: "Nearest",
        hint: "At least so far from the agent.",
        unit: "m",
        minimum: 0.5,
        maximum: 30,
        step: 0.5,
        initial: 3,
        atLeast: 0,
      },
      {
        type: "number",
        name: "farthest",
        title: "Farthest",
        hint: "At most so far from the agent.",
        unit: "m",
        minimum: 0.5,
        maximum: 50,
        step: 0.5,
        initial: 8,
        above: 0,
      },
      {
        ...AREA,
        hint: "Places outside of this rectangle are not taken. Leave it out where there is room everywhere.",
        optional: true,
      },
    ],
  },
  create(options) {
    const nearest = options["nearest"] as number;
    const farthest = options["farthest"] as number;
    const area = options["area"] as readonly [number, number, number, number] | undefined;
    return (placement, random) => {
      const { x: agentX, z: agentZ } = placement.agentSpot();
      let x = agentX;
      let z = agentZ;
      for (let draw = 0; draw < MOST_DRAWS; draw++) {
        const angle = random.between(-Math.PI, Math.PI);
        const distance = random.between(nearest, farthest);
        x = agentX + Math.sin(angle) * distance;
        z = agentZ + Math.cos(angle) * distance;
        if (!area || (x >= area[0] && x <= area[2] && z >= area[1] && z <= area[3])) break;
        if (draw < MOST_DRAWS - 1) continue;
        // Nothing fits: the nearest place in the area.
        x = Math.min(area[2], Math.max(area[0], x));
        z = Math.min(area[3], Math.max(area[1], z));
      }
      placement.put(x, z, random.between(-Math.PI, Math.PI));
    };
  },
};
