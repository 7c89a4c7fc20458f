import { Pose } from "../../pose.ts";
import { TARGET } from "../fields.ts";
import { nodeOption, type RewardKind } from "../plan-part.ts";

/** Up to 1 a second for looking at the target: the cosine of the angle between them over the ground. */
export const face: RewardKind = {
  form: {
    kind: "face",
    title: "Face",
    hint: "Gives its weight each second while the agent looks straight at the target, nothing across from it, and takes it while its back is turned.",
    unit: "s",
    weight: 0.1,
    fields: [TARGET],
  },
  create(options, site) {
    const target = nodeOption(options, "target", site);
    const pose = new Pose();
    const goal = new Pose();
    return {
      begin(): void {},
      measure(seconds: number): number {
        if (!target || target.isDisposed() || !target.isEnabled()) return 0;
        const { position, forward } = pose.read(site.agent);
        const x = goal.read(target).position.x - position.x;
        const z = goal.position.z - position.z;
        const length = Math.sqrt((x * x + z * z) * (forward.x * forward.x + forward.z * forward.z));
        return length > 1e-6 ? ((x * forward.x + z * forward.z) / length) * seconds : 0;
      },
    };
  },
};
