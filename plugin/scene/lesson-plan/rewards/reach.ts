import { TARGET, WITHIN } from "../fields.ts";
import { measureDistance } from "../measure-distance.ts";
import { nodeOption, type RewardKind } from "../plan-part.ts";

/** 1, once an episode, when the agent is at its target. */
export const reach: RewardKind = {
  form: {
    kind: "reach",
    title: "Reach",
    hint: "Gives its weight once an episode, when the agent gets to the target. Add Approach, or it may never find out that there is something to get.",
    unit: "each",
    weight: 1,
    fields: [TARGET, WITHIN],
  },
  create(options, site) {
    const target = nodeOption(options, "target", site);
    const within = options["within"] as number;
    let isGiven = false;
    return {
      begin(): void {
        isGiven = false;
      },
      measure(): number {
        if (isGiven || measureDistance(site.agent, target) > within) return 0;
        isGiven = true;
        return 1;
      },
    };
  },
};
