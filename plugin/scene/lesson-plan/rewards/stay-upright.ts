import { Pose } from "../../pose.ts";
import type { RewardKind } from "../plan-part.ts";

/** Up to 1 a second for standing upright: the cosine of the tilt. */
export const stayUpright: RewardKind = {
  form: {
    kind: "stayUpright",
    title: "Stay upright",
    hint: "Gives its weight each second while the agent stands upright, nothing when it lies, and takes it when it is upside down.",
    unit: "s",
    weight: 0.1,
    fields: [],
  },
  create(_options, site) {
    const pose = new Pose();
    return {
      begin(): void {},
      measure: (seconds: number): number => pose.read(site.agent).up.y * seconds,
    };
  },
};
