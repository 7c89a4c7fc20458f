import { TARGET } from "../fields.ts";
import { measureDistance } from "../measure-distance.ts";
import { nodeOption, type RewardKind } from "../plan-part.ts";

/** Metres by which the agent came nearer to its target; metres lost count against it, so that running to and fro gives nothing. */
export const approach: RewardKind = {
  form: {
    kind: "approach",
    title: "Approach",
    hint: "Gives each metre that the agent comes nearer to the target, and takes each metre lost. A good first term: it says at every step which way is better.",
    unit: "m",
    weight: 0.1,
    fields: [TARGET],
  },
  create(options, site) {
    const target = nodeOption(options, "target", site);
    const last = new Float64Array(1);
    return {
      begin(): void {
        last[0] = measureDistance(site.agent, target);
      },
      measure(): number {
        const distance = measureDistance(site.agent, target);
        const gained = last[0] - distance;
        last[0] = distance;
        // A target that has gone, or has come back, was not approached.
        return Number.isFinite(gained) ? gained : 0;
      },
    };
  },
};
