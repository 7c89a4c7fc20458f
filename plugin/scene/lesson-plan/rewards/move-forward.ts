import { Pose } from "../../pose.ts";
import type { RewardKind } from "../plan-part.ts";

/** Metres that the agent came along its own forward axis; metres backwards count against it. */
export const moveForward: RewardKind = {
  form: {
    kind: "moveForward",
    title: "Move forward",
    hint: "Gives each metre that the agent goes the way it looks, and takes each metre that it goes backwards.",
    unit: "m",
    weight: 0.1,
    fields: [],
  },
  create(_options, site) {
    const pose = new Pose();
    const last = new Float64Array(3);
    const keep = (): void => {
      last[0] = pose.position.x;
      last[1] = pose.position.y;
      last[2] = pose.position.z;
    };
    return {
      begin(): void {
        pose.read(site.agent);
        keep();
      },
      measure(): number {
        const { position, forward } = pose.read(site.agent);
        const x = position.x - last[0];
        const y = position.y - last[1];
        const z = position.z - last[2];
        keep();
        return x * forward.x + y * forward.y + z * forward.z;
      },
    };
  },
};
