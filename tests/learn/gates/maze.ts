import { loadPolicy } from "../../../plugin/compute/stored-policy.ts";
import { scoreMazes, type MazePlayer } from "../../../sample-game/maze/lesson/score.ts";
import { mazeConfig } from "../../../sample-game/maze/rules/config.ts";
import { gate, type GateGroup } from "../../bench/report.ts";

const SHIPPED = new URL("../../../models/maze/policy.bnp", import.meta.url).href;
/** Mazes that no golem has met while learning. */
const EXAM_SEED = 2_000_003;
/** Larger ones than it has ever seen, and larger than the gate asks for: told, not judged. */
const LARGER = 13;

/** The maze: what the shipped golem finds by its pictures, beside chance and two scripted walkers. */
export default {
  name: "maze",
  describe: "the maze: the shipped golem, which sees a picture, against chance and scripted walkers on unseen mazes",
  async run({ smoke, log }) {
    const mazes = smoke ? 20 : 200;
    const policy = await loadPolicy(SHIPPED);
    const rate = (who: string, player: MazePlayer, size: number = mazeConfig.size): number => {
      const { solvedRate, detour } = scoreMazes(player, { mazes, seed: EXAM_SEED, settings: { size } });
      log(
        `${who}, size ${size}: ${(solvedRate * 100).toFixed(1)}% of ${mazes} mazes, ${detour.toFixed(2)} × the shortest way`,
      );
      return solvedRate * 100;
    };
    const shipped = rate("shipped golem", policy);
    const random = rate("chance", "random");
    const rightHand = rate("a hand on the hedge", "rightHand");
    const chalk = rate("Trémaux's rule", "chalk");
    const larger = rate("shipped golem", policy, LARGER);
    policy.dispose();
    return {
      gates: [
        gate("mazes solved by the shipped golem", shipped, "%", ">=", 90),
        gate("mazes solved by chance", random, "%", "<=", 20),
      ],
      mazes,
      figures: { shipped, random, rightHand, chalk, larger },
    };
  },
} satisfies GateGroup;
