import { TOUCH_TAGS } from "../fields.ts";
import type { RewardKind } from "../plan-part.ts";
import { Touch } from "../touch.ts";

/** −1 for each second in which the agent touches something. */
export const avoidContact: RewardKind = {
  form: {
    kind: "avoidContact",
    title: "Avoid contact",
    hint: "Takes its weight for each second in which the agent touches something: walls, other agents. Name tags, or the floor counts too.",
    unit: "s",
    weight: 1,
    takes: true,
    fields: [TOUCH_TAGS],
  },
  create(options, site) {
    const touch = new Touch(site, options["with"] as readonly string[], null);
    return {
      begin: () => touch.forget(),
      measure: (seconds: number): number => (touch.look() ? -seconds : 0),
      dispose: () => touch.dispose(),
    };
  },
};
