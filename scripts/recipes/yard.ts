import { loadHavok } from "../../plugin/headless.ts";
import { scoreYard } from "../../sample-game/yard/lesson/score.ts";
import { yardPpo } from "../../sample-game/yard/lesson/yard-ppo.ts";
import type { Recipe } from "./recipe.ts";

/** Games of the final exam, none of which was played while learning. */
const GAMES = 200;
const EXAM_SEED = 1_000_003;

export const yard: Recipe = {
  name: "yard",
  describe: "A golem that hunts the thief of Golem Yard by line of sight.",
  worker: new URL("./yard.worker.ts", import.meta.url),
  workers: 2,
  environment: { arenas: 16 },
  options: yardPpo,
  async score(policy, onProgress) {
    const havok = await loadHavok();
    const rates: Record<string, string> = {};
    const players = { "the policy": policy, "a scripted hunter": "scripted", chance: "random" } as const;
    Object.entries(players).forEach(([name, player], index) => {
      const { catchRate } = scoreYard(player, {
        games: GAMES,
        seed: EXAM_SEED,
        havok,
        onProgress: (share) => onProgress((index + share) / 3),
      });
      rates[`thieves caught by ${name}, ${GAMES} unseen games`] = `${(catchRate * 100).toFixed(1)}%`;
    });
    return rates;
  },
};

/** The same golem in the middle of its schooling: an easier opponent. */
export const yardHalf: Recipe = {
  ...yard,
  name: "yard-half",
  describe: "The golem of Golem Yard in the middle of its schooling: an easier opponent.",
  options: { ...yard.options, decisions: 130_000 },
};
