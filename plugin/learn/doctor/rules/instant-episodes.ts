import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { plainNumber, plainShare } from "../plain-number.ts";

const ENOUGH_EPISODES = 20;
/** Share of episodes that end with their first decision. In reach, where boxes may start beside their ball, 5% do. */
const MANY = 0.5;
const NEARLY_ALL = 0.9;

/** Episodes that end before the agent has done anything. */
export function instantEpisodes({ episodes }: Evidence): Diagnosis[] {
  const share = episodes.atOnce / episodes.ended;
  if (episodes.ended < ENOUGH_EPISODES || share < MANY) return [];
  return [
    {
      rule: "instant-episodes",
      severity: share < NEARLY_ALL ? "doubt" : "fault",
      words: "Episodes end as soon as they begin.",
      evidence: `${plainShare(share)} of ${plainNumber(episodes.ended)} episodes ended with their first decision.`,
      suggestion: "Check where the agent is put at the start: the condition that ends the episode holds there already.",
    },
  ];
}
