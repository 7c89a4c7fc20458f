import { TARGET, TOUCH_TAGS } from "../fields.ts";
import { nodeOption, type EndKind } from "../plan-part.ts";
import { Touch } from "../touch.ts";

/** Ends when the agent touches something. */
export const touched: EndKind = {
  form: {
    kind: "touched",
    title: "Touched",
    hint: "Ends the episode when the agent touches a node, or things with a tag. A failure, unless you say that it is a success.",
    succeeded: false,
    truncates: false,
    fields: [{ ...TARGET, hint: "Only this node counts. Leave it out to go by tags.", optional: true }, TOUCH_TAGS],
  },
  create(options, site) {
    const touch = new Touch(site, options["with"] as readonly string[], nodeOption(options, "target", site));
    return {
      begin: () => touch.forget(),
      isOver: (): boolean => touch.look(),
      dispose: () => touch.dispose(),
    };
  },
};
