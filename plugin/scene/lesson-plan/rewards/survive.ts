import type { RewardKind } from "../plan-part.ts";

/** 1 a second for as long as the episode lasts. */
export const survive: RewardKind = {
  form: {
    kind: "survive",
    title: "Survive",
    hint: "Gives its weight each second that the episode lasts: for agents that are to balance, flee or stay.",
    unit: "s",
    weight: 0.1,
    fields: [],
  },
  create: () => ({ begin(): void {}, measure: (seconds: number): number => seconds }),
};
