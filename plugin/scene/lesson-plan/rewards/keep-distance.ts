import { TARGET } from "../fields.ts";
import { measureDistance } from "../measure-distance.ts";
import { nodeOption, type RewardKind } from "../plan-part.ts";

/** Up to 1 a second for being as far from the target as wanted: 1 there, 0 from the tolerance on. */
export const keepDistance: RewardKind = {
  form: {
    kind: "keepDistance",
    title: "Keep distance",
    hint: "Gives its weight each second at the wanted distance from the target, and less the farther from it: for followers and for those who keep away.",
    unit: "s",
    weight: 0.2,
    fields: [
      TARGET,
      {
        type: "number",
        name: "distance",
        title: "Distance",
        hint: "How far from the target is best.",
        unit: "m",
        minimum: 0,
        maximum: 30,
        step: 0.5,
        initial: 4,
        atLeast: 0,
      },
      {
        type: "number",
        name: "tolerance",
        title: "Tolerance",
        hint: "So far off the wanted distance nothing is given any more. Make it wide at first.",
        unit: "m",
        minimum: 0.5,
        maximum: 20,
        step: 0.5,
        initial: 4,
        above: 0,
      },
    ],
  },
  create(options, site) {
    const target = nodeOption(options, "target", site);
    const wanted = options["distance"] as number;
    const tolerance = options["tolerance"] as number;
    return {
      begin(): void {},
      measure(seconds: number): number {
        const off = Math.abs(measureDistance(site.agent, target) - wanted);
        return off < tolerance ? (1 - off / tolerance) * seconds : 0;
      },
    };
  },
};
