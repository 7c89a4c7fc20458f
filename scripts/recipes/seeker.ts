import { encodePolicy } from "../../plugin/core/policy-file.ts";
import { seekerPpo } from "../../sample-game/seeker/lesson/seeker-ppo.ts";
import { openBuiltPage } from "../browser-worker.ts";
import type { Recipe } from "./recipe.ts";

/** Each of 20 courts is played so often in the final exam, and none of them while learning. */
const ROUNDS = 10;
const EXAM_SEED = 1_000_003;
/** Cameras need a renderer, so both teaching and the exam happen in Chromium. */
const PAGE = new URL("./pages/seeker.html", import.meta.url);

export const seeker: Recipe = {
  name: "seeker",
  describe: "A golem that walks to the emerald, and to no other gem, by its own camera alone.",
  worker: PAGE,
  runsInBrowser: true,
  workers: 1,
  environment: { arenas: 16 },
  options: seekerPpo,
  async score(policy) {
    const { page, close } = await openBuiltPage(PAGE);
    try {
      const scores: Record<string, string> = {};
      for (const [name, bytes] of [
        ["the policy", encodePolicy(policy.toData())],
        ["chance", null],
      ] as const) {
        const score = await page.evaluate((ask) => globalThis.seekerPage.score(...ask), [
          bytes,
          ROUNDS,
          EXAM_SEED,
        ] as const);
        const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
        scores[`emeralds found by ${name}, ${score.courts} unseen courts`] =
          `${percent(score.found)} in ${score.seconds.toFixed(1)} s, a wrong gem in ${percent(score.wrong)}`;
      }
      return scores;
    } finally {
      await close();
    }
  },
};
