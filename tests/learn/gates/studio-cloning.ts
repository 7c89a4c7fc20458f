import { loadHavok } from "../../../plugin/headless.ts";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { createWasmPpoLearner } from "../../../plugin/compute/wasm-ppo-learner.ts";
import type { PolicyData } from "../../../plugin/core/policy.ts";
import { cloneBehaviour } from "../../../plugin/learn/behaviour-cloning.ts";
import { Collector } from "../../../plugin/learn/collector.ts";
import { Ppo, ppo } from "../../../plugin/learn/ppo.ts";
import { createRollout } from "../../../plugin/learn/rollout.ts";
import { lessonEnvironment } from "../../../plugin/scene/lesson-environment.ts";
import { yardLesson } from "../../../sample-game/yard/lesson/golem.lesson.ts";
import { recordYard, scoreYard } from "../../../sample-game/yard/lesson/score.ts";
import { yardPpo } from "../../../sample-game/yard/lesson/yard-ppo.ts";
import { gate, median, onlyInFull, type GateGroup } from "../../bench/report.ts";

/** Yards that nobody has met while recording or learning. */
const EXAM_SEED = 2_000_003;
const SHOWN_SEED = 301;
const EPISODES = 20;
/** As in the Yard's recipe, but in one worker, so that a run repeats. */
const ARENAS = 32;
const STEPS = 64;
/** Updates between two exams: 8,192 decisions. */
const UPDATES = 4;
/** Learned by the critic alone when PPO goes on from a clone: the first exam's worth. */
const WARM_UP = 8_000;
/** Share of the thieves that both runs must catch: clearly more than the hunter that was cloned. */
const LEVEL = 0.5;
const HIGHER_LEVEL = 0.8;

type Havok = Awaited<ReturnType<typeof loadHavok>>;

/** The catch rate after so many decisions. */
type Curve = { readonly decisions: number; readonly rate: number }[];

/** Cloning the Yard's scripted hunter, and PPO from the clone against PPO from nothing. */
export default {
  name: "studio-cloning",
  describe:
    "Golem Yard: a clone of the scripted hunter from 20 recorded episodes, and the decisions that PPO needs from it and from nothing",
  async run({ seeds = 3, smoke, settings, log }) {
    const havok = await loadHavok();
    const games = Number(settings["games"] ?? (smoke ? 10 : 200));
    const examGames = Number(settings["exam"] ?? (smoke ? 5 : 100));
    const most = Number(settings["decisions"] ?? (smoke ? 3 * ARENAS * STEPS : 140_000));
    const exam = { games, seed: EXAM_SEED, havok };

    // Step 1. Show and clone.
    const shown = recordYard("scripted", { games: smoke ? 5 : EPISODES, seed: SHOWN_SEED, havok });
    const decisions = shown.episodes.reduce((sum, episode) => sum + episode.decisions, 0);
    const hunter = scoreYard("scripted", exam).catchRate;
    log(`the scripted hunter catches ${percent(hunter)} of ${games} games; ${decisions} of its decisions are recorded`);
    const list = Array.from({ length: smoke ? 1 : seeds }, (_, i) => 101 + i);
    const clones: { seed: number; rate: number; seconds: number; data: PolicyData }[] = [];
    for (const seed of list) {
      const began = performance.now();
      const policy = await cloneBehaviour(shown, { seed, network: yardPpo.network!, ...(smoke ? { epochs: 20 } : {}) });
      const seconds = (performance.now() - began) / 1000;
      const rate = scoreYard(policy, exam).catchRate;
      log(`clone of seed ${seed}: ${percent(rate)} of ${games} games, learned in ${seconds.toFixed(1)} s`);
      clones.push({ seed, rate, seconds, data: policy.toData() });
    }

    // Step 2. PPO from the clone, and from nothing.
    const runs: { seed: number; from: string; curve: Curve; level: number; higher: number }[] = [];
    for (const { seed, data } of clones) {
      for (const from of ["the clone", "nothing"]) {
        const curve = await learn(seed, from === "nothing" ? null : data, { havok, games: examGames, most });
        const level = reached(curve, LEVEL);
        const higher = reached(curve, HIGHER_LEVEL);
        log(`PPO from ${from}, seed ${seed}: ${curve.map(({ rate }) => percent(rate)).join(" ")}`);
        log(`  ${LEVEL * 100}% after ${level} decisions, ${HIGHER_LEVEL * 100}% after ${higher}`);
        runs.push({ seed, from, curve, level, higher });
      }
    }
    // A run from nothing that never got there would have needed more than it had: that much counts, in its favour.
    const shares = (what: "level" | "higher"): number[] =>
      list.map((seed) => {
        const needed = (from: string): number => runs.find((run) => run.seed === seed && run.from === from)![what];
        return needed("the clone") / Math.min(most, needed("nothing"));
      });
    const levelShares = shares("level");
    list.forEach((seed, i) => log(`seed ${seed}: the clone needs ${levelShares[i].toFixed(3)} of the decisions`));
    const clone = median(clones.map(({ rate }) => rate));
    return {
      gates: [
        onlyInFull(
          gate("catch rate of the clone over the hunter's, median of seeds", clone / hunter, "share", ">=", 0.8),
        ),
        onlyInFull(
          gate(
            `decisions to ${LEVEL * 100}% from the clone over from nothing, median of seeds`,
            median(levelShares),
            "share",
            "<=",
            0.5,
          ),
        ),
      ],
      seeds: list,
      games,
      examGames,
      hunter,
      recordedDecisions: decisions,
      clones: clones.map(({ seed, rate, seconds }) => ({ seed, rate, seconds })),
      levelShares,
      higherShares: shares("higher"),
      runs,
    };
  },
} satisfies GateGroup;

/** Teaches until both levels are reached, with an exam every few updates: the greedy policy in yards that it never met. */
async function learn(
  seed: number,
  from: PolicyData | null,
  { havok, games, most }: { havok: Havok; games: number; most: number },
): Promise<Curve> {
  const environment = lessonEnvironment(yardLesson, { arenas: ARENAS, havok });
  const { role } = environment.groups.golem;
  const settings = ppo({ ...yardPpo, seed, stepsPerRollout: STEPS, criticWarmUp: from ? WARM_UP : 0 });
  const teacher = await Ppo.create(await createWasmPpoLearner(role, settings.network, { seed }), settings);
  if (from) teacher.startFrom(from);
  const policy = await createPolicy(teacher.policyData());
  const collector = new Collector(environment, "golem", policy, seed);
  const rollout = createRollout(role, STEPS, ARENAS);
  const curve: Curve = [];
  const examine = (): number => {
    const rate = scoreYard(policy, { games, seed: EXAM_SEED + 1, havok }).catchRate;
    curve.push({ decisions: teacher.decisions, rate });
    return rate;
  };
  try {
    for (let rate = examine(); rate < HIGHER_LEVEL && teacher.decisions < most; rate = examine()) {
      for (let update = 0; update < UPDATES && teacher.decisions < most; update++) {
        collector.collect(rollout, teacher.updates);
        await teacher.learn([rollout]);
        policy.assign(teacher.policyData());
      }
    }
  } finally {
    environment.dispose();
    teacher.learner.dispose();
  }
  return curve;
}

/** Decisions after which a level was first reached, in proportion between two exams; infinite where it never was. */
function reached(curve: Curve, level: number): number {
  const at = curve.findIndex(({ rate }) => rate >= level);
  if (at < 0) return Infinity;
  if (at === 0) return curve[0].decisions;
  const [before, after] = [curve[at - 1], curve[at]];
  return Math.round(
    before.decisions + ((after.decisions - before.decisions) * (level - before.rate)) / (after.rate - before.rate),
  );
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)}%`;
}
