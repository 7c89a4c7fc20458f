import { loadHavok } from "../../../plugin/headless.ts";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { loadPolicy } from "../../../plugin/compute/stored-policy.ts";
import { ppo } from "../../../plugin/learn/ppo.ts";
import { teach } from "../../../plugin/learn/teach.ts";
import { scoreYard, type Player } from "../../../sample-game/yard/lesson/score.ts";
import { yardConfig } from "../../../sample-game/yard/rules/config.ts";
import { yard } from "../../../scripts/recipes/yard.ts";
import { startWorker } from "../../../scripts/start-worker.ts";
import { gate, median, type GateGroup } from "../../bench/report.ts";

const SHIPPED = new URL("../../../models/yard/policy.bnp", import.meta.url).href;
/** Yards that no golem has met while learning. */
const EXAM_SEED = 2_000_003;

/** Golem Yard: what the shipped golem can do, and what comes of teaching others from other seeds. */
export default {
  name: "yard",
  describe:
    "Golem Yard: the shipped golem against chance and a scripted hunter, and golems taught anew from other seeds",
  async run({ seeds = 3, smoke, log }) {
    const havok = await loadHavok();
    const games = smoke ? 20 : 200;
    const rate = (who: string, player: Player): number => {
      const { catchRate } = scoreYard(player, { games, seed: EXAM_SEED, havok });
      log(`${who}: ${(catchRate * 100).toFixed(1)}% of ${games} games`);
      return catchRate * 100;
    };
    const shipped = rate("shipped golem", await loadPolicy(SHIPPED));
    const random = rate("chance", "random");
    const scripted = rate("scripted hunter", "scripted");
    const gates = [
      gate("speed of the thief over that of a golem", yardConfig.thief.speedFactor, "×", ">=", 0.9),
      gate("thieves caught by the shipped golem", shipped, "%", ">=", 90),
      gate("thieves caught by chance", random, "%", "<=", 15),
      gate("shipped golem over the scripted hunter", shipped - scripted, "points", ">=", 25),
    ];
    const taught = [];
    const list = Array.from({ length: smoke ? 1 : seeds }, (_, i) => 101 + i);
    for (const seed of list) {
      const began = performance.now();
      const settings = ppo({ ...yard.options, seed, ...(smoke ? { decisions: 60_000 } : {}) });
      const run = teach(() => startWorker(yard.worker), settings, { ...yard.environment, workers: yard.workers });
      const { policies } = await run.finished;
      const minutes = (performance.now() - began) / 60_000;
      const caught = rate(
        `taught from seed ${seed} in ${minutes.toFixed(1)} minutes`,
        await createPolicy(policies["golem"]),
      );
      taught.push({ seed, minutes, caught });
    }
    if (!smoke) {
      gates.push(
        gate("caught after teaching anew, median of seeds", median(taught.map(({ caught }) => caught)), "%", ">=", 80),
        gate("caught after teaching anew, worst seed", Math.min(...taught.map(({ caught }) => caught)), "%", ">=", 65),
      );
    }
    gates.push(
      gate("minutes to teach, slowest seed", Math.max(...taught.map(({ minutes }) => minutes)), "min", "<=", 10),
    );
    return { gates, seeds: list, games, taught };
  },
} satisfies GateGroup;
