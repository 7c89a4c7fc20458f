import type { ResetKind } from "../plan-part.ts";

/** Where it stands in the scene. */
export const samePose: ResetKind = {
  form: {
    kind: "samePose",
    title: "Same pose",
    hint: "Puts the node back where it stands in the scene. If nothing else is random, the agent may learn one way by heart.",
    fields: [],
  },
  create: () => (placement) => placement.goHome(),
};
