import type { Evidence } from "./evidence.ts";

/** Discount of PPO's defaults: what counts before a run. */
const USUAL_DISCOUNT = 0.99;

/** How many decisions an agent looks ahead: as far as its discount reaches, and no further than the longest episode. */
export function horizon({ settings, episodes }: Pick<Evidence, "settings" | "episodes">): number {
  const reach = 1 / Math.max(1e-6, 1 - (settings?.discount ?? USUAL_DISCOUNT));
  return Math.min(reach, Math.max(episodes.longest, episodes.longestGoingOn, 1));
}
