import { mazePpo } from "../../sample-game/maze/lesson/maze-ppo.ts";
import { scoreMazes } from "../../sample-game/maze/lesson/score.ts";
import type { Recipe } from "./recipe.ts";

/** Mazes of the final exam, none of which was walked while learning. */
const MAZES = 200;
const EXAM_SEED = 1_000_003;

export const maze: Recipe = {
  name: "maze",
  describe: "A golem that finds the gem in a maze by a picture of its surroundings and its own chalk.",
  worker: new URL("./maze.worker.ts", import.meta.url),
  workers: 2,
  environment: { arenas: 16 },
  options: mazePpo,
  score(policy, onProgress) {
    const rates: Record<string, string> = {};
    const players = {
      "the policy": policy,
      "a hand on the hedge": "rightHand",
      "Trémaux's rule": "chalk",
      chance: "random",
    } as const;
    Object.entries(players).forEach(([name, player], index) => {
      const { solvedRate, detour } = scoreMazes(player, {
        mazes: MAZES,
        seed: EXAM_SEED,
        onProgress: (share) => onProgress((index + share) / 4),
      });
      rates[`gems found by ${name}, ${MAZES} unseen mazes`] =
        `${(solvedRate * 100).toFixed(1)}%, on ${detour.toFixed(1)} times the shortest way`;
    });
    return Promise.resolve(rates);
  },
};
