import type { RewardKind } from "../plan-part.ts";

/** Up to −1 a second for what the agent does: the mean square of the numbers that it decides. */
export const effort: RewardKind = {
  form: {
    kind: "effort",
    title: "Effort",
    hint: "Takes up to its weight each second for large actions, so that the agent moves calmly. Keep it small: at first doing nothing must not be best.",
    unit: "s",
    weight: 0.02,
    takes: true,
    fields: [],
  },
  create: (_options, site) => ({
    begin(): void {},
    measure: (seconds: number): number => -site.effort() * seconds,
  }),
};
