import type { RewardKind } from "../plan-part.ts";

/** −1 a second for as long as the episode lasts. */
export const time: RewardKind = {
  form: {
    kind: "time",
    title: "Time",
    hint: "Takes its weight each second that the episode lasts: for agents that are to hurry. Keep it small beside what they can win.",
    unit: "s",
    weight: 0.05,
    takes: true,
    fields: [],
  },
  create: () => ({ begin(): void {}, measure: (seconds: number): number => -seconds }),
};
