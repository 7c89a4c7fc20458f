import { evaluateLesson } from "../../plugin/index.ts";
import { reachLesson } from "./reach-lesson.ts";
import type { Recipe } from "./recipe.ts";

/** Episodes of the final exam, none of which was played while learning. */
const EPISODES = 200;
const EXAM_SEED = 1_000_003;

export const reach: Recipe = {
  name: "reach",
  describe: "A box that fetches a ball on an empty ground: the smallest example, played by the Playground page.",
  worker: new URL("./reach.worker.ts", import.meta.url),
  workers: 1,
  environment: { arenas: 16 },
  options: { decisions: 120_000, network: { hidden: [32, 32], activation: "tanh", sharedTrunk: false } },
  async score(policy, onProgress) {
    const { successRate } = await evaluateLesson(policy, reachLesson, { episodes: EPISODES, seed: EXAM_SEED });
    onProgress(1);
    return { [`balls reached, ${EPISODES} unseen episodes of 12 s`]: `${(successRate * 100).toFixed(1)}%` };
  },
};
