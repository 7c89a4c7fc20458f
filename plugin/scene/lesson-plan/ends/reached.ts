import { TARGET, WITHIN } from "../fields.ts";
import { measureDistance } from "../measure-distance.ts";
import { nodeOption, type EndKind } from "../plan-part.ts";

/** Ends when the agent is at its target: a success. */
export const reached: EndKind = {
  form: {
    kind: "reached",
    title: "Reached",
    hint: "Ends the episode when the agent gets to the target: a success. Give it a reward.",
    succeeded: true,
    truncates: false,
    fields: [TARGET, WITHIN],
  },
  create(options, site) {
    const target = nodeOption(options, "target", site);
    const within = options["within"] as number;
    return { begin(): void {}, isOver: (): boolean => measureDistance(site.agent, target) <= within };
  },
};
