import { Random, type Policy } from "../../../plugin/index.ts";
import { offscreenRenderer, renderedLessonEnvironment } from "../../../plugin/vision.ts";
import { seekerConfig } from "../rules/config.ts";
import { seekerLesson } from "./seeker.lesson.ts";

/** How golems did. */
export interface SeekerScore {
  readonly courts: number;
  /** Shares of the courts, in [0, 1]. */
  readonly found: number;
  readonly wrong: number;
  readonly gaveUp: number;
  /** Mean, where the emerald was found. */
  readonly seconds: number;
}

/** Courts that are played at once. */
const SIDE_BY_SIDE = 20;

/**
 * Plays whole episodes in courts of its own, in a browser; the same seed gives the same courts.
 *
 * @param player - A policy, or uniform chance.
 * @param rounds - How many episodes in each of 20 courts that are played at once.
 */
export async function scoreSeeker(player: Policy | "random", rounds: number, seed: number): Promise<SeekerScore> {
  const environment = await renderedLessonEnvironment(seekerLesson, offscreenRenderer, { arenas: SIDE_BY_SIDE });
  const group = environment.groups["golem"];
  const random = new Random(seed, 31);
  const steps = new Uint32Array(group.agents);
  const played = new Uint32Array(group.agents);
  const courts = rounds * group.agents;
  let [found, wrong, gaveUp, seconds] = [0, 0, 0, 0];
  environment.reset(seed);
  if (player !== "random") player.seed(seed);
  try {
    while (found + wrong + gaveUp < courts) {
      if (player === "random") group.actions.continuous.forEach((_, i, all) => (all[i] = random.between(-1, 1)));
      else player.decide(group, { greedy: true });
      environment.step();
      for (let agent = 0; agent < group.agents; agent++) {
        steps[agent] += 1;
        if (group.terminated[agent] === 0 && group.truncated[agent] === 0) continue;
        // Each court plays as many episodes: whoever is quick must not be counted more often.
        const counts = played[agent]++ < rounds;
        if (counts && group.succeeded[agent] === 1) {
          found += 1;
          seconds += steps[agent] / seekerConfig.decisionsPerSecond;
        } else if (counts && group.terminated[agent] === 1) wrong += 1;
        else if (counts) gaveUp += 1;
        steps[agent] = 0;
      }
    }
  } finally {
    environment.dispose();
  }
  return {
    courts,
    found: found / courts,
    wrong: wrong / courts,
    gaveUp: gaveUp / courts,
    seconds: seconds / Math.max(1, found),
  };
}
