import { AREA } from "../fields.ts";
import { MOST_DRAWS } from "../placement.ts";
import type { ResetKind } from "../plan-part.ts";

/** Somewhere in a drawn area, looking anywhere. */
export const randomPose: ResetKind = {
  form: {
    kind: "randomPose",
    title: "Random pose",
    hint: "Puts the node somewhere in the drawn area, so that the agent learns what to do everywhere and not one way by heart.",
    fields: [
      { ...AREA, hint: "The node begins somewhere in this rectangle." },
      {
        type: "flag",
        name: "turned",
        title: "Turned",
        hint: "Whether it looks in any direction. Off: as in the scene.",
        initial: true,
      },
      {
        type: "number",
        name: "apart",
        title: "Apart",
        hint: "Least distance over the ground from the agent, and from other nodes that the plan names.",
        unit: "m",
        minimum: 0,
        maximum: 10,
        step: 0.1,
        initial: 2,
        atLeast: 0,
      },
    ],
  },
  create(options) {
    const [x0, z0, x1, z1] = options["area"] as readonly [number, number, number, number];
    const isTurned = options["turned"] as boolean;
    const apart = options["apart"] as number;
    return (placement, random) => {
      let bestX = 0;
      let bestZ = 0;
      let bestRoom = -1;
      for (let draw = 0; draw < MOST_DRAWS && bestRoom < apart; draw++) {
        const x = random.between(x0, x1);
        const z = random.between(z0, z1);
        const room = placement.room(x, z);
        if (room <= bestRoom) continue;
        bestX = x;
        bestZ = z;
        bestRoom = room;
      }
      placement.put(bestX, bestZ, isTurned ? random.between(-Math.PI, Math.PI) : 0);
    };
  },
};
