import type { Diagnosis } from "../../../plugin/learn/doctor/diagnosis.ts";
import { gate, onlyInFull, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const LEAST_MISTAKES = 12;
/** Share of a run's time that the doctor may take, in percent. */
const MOST_COST = 1;

/** `npm run bench -- studio-doctor`: does it find what is wrong, and only that, and what does it cost? */
const doctorBench: GateGroup = {
  name: "studio-doctor",
  describe:
    "The doctor: mistakes that it must name, healthy runs that must raise no alarm, and its share of a run's time.",
  async run(args: GateArguments): Promise<GateFigures> {
    const mistakes = await findMistakes(args);
    const healthy = await watchHealthyRuns(args);
    const cost = await measureCost(args);
    const named = mistakes.filter(({ found }) => found).length;
    const rules = new Set(mistakes.filter(({ found }) => found).map(({ rule }) => rule)).size;
    const alarms = healthy.reduce((sum, { before, during }) => sum + before.length + during.length, 0);
    const gates: Gate[] = [
      gate("seeded mistakes that were named by their rule", named, "", ">=", mistakes.length),
      gate("different rules among them", rules, "", ">=", LEAST_MISTAKES),
      gate("alarms in healthy runs, and before them", alarms, "", "<=", 0),
      onlyInFull(gate("the doctor's share of the time of CartPole", cost.share, "%", "<=", MOST_COST)),
    ];
    return { gates, mistakes, healthy, cost };
  },
};

export default doctorBench;

interface Mistake {
  readonly mistake: string;
  readonly rule: string;
  readonly found: boolean;
  /** What else was said until then. */
  readonly also: readonly string[];
}

async function findMistakes({ log }: GateArguments): Promise<Mistake[]> {
  const { SICK_CASES, settingsOf } = await import("../../learn/doctor/sick-cases.ts");
  const { LEARNERS } = await import("../../learn/doctor/healthy-cases.ts");
  const { watchRun } = await import("../../learn/doctor/watched-run.ts");
  const { examineEnvironment } = await import("../../../plugin/learn/doctor/examine-environment.ts");
  const mistakes: Mistake[] = [];
  for (const sick of SICK_CASES) {
    const { mistake, rule, before, make } = sick;
    const said = before
      ? examineEnvironment(await make())
      : (await watchRun(make, settingsOf(sick), { learners: LEARNERS, stopAt: rule })).ever;
    const rules = [...new Set(said.map((diagnosis) => diagnosis.rule))];
    const found = rules.includes(rule);
    log(`${found ? "named " : "MISSED"} ${mistake}: ${found ? rule : `said ${rules.join(", ") || "nothing"}`}`);
    mistakes.push({ mistake, rule, found, also: rules.filter((other) => other !== rule) });
  }
  return mistakes;
}

interface HealthyRun {
  readonly name: string;
  readonly decisions: number;
  /** Alarms of the examination, and of the run. */
  readonly before: readonly Diagnosis[];
  readonly during: readonly Diagnosis[];
}

async function watchHealthyRuns({ smoke, seeds = smoke ? 1 : 2, log }: GateArguments): Promise<HealthyRun[]> {
  const { HEALTHY_CASES, LEARNERS } = await import("../../learn/doctor/healthy-cases.ts");
  const { watchRun } = await import("../../learn/doctor/watched-run.ts");
  const { examineEnvironment } = await import("../../../plugin/learn/doctor/examine-environment.ts");
  const { ppo } = await import("../../../plugin/learn/ppo.ts");
  const runs: HealthyRun[] = [];
  for (const { name, make, arenas, options, decisions, few } of HEALTHY_CASES) {
    const trial = await make(4);
    const before = examineEnvironment(trial, smoke ? { decisions: 512 } : {});
    trial.dispose();
    for (let seed = 1; seed <= seeds; seed++) {
      const watching = { until: smoke ? few : decisions, learners: LEARNERS };
      const run = await watchRun(() => make(arenas), ppo({ ...options, seed }), watching);
      const alarms = [...before, ...run.ever].map(({ rule, evidence }) => `${rule} (${evidence})`);
      log(`${name}, seed ${seed}, ${run.decisions} decisions: ${alarms.join("; ") || "no alarm"}`);
      runs.push({ name, decisions: run.decisions, before: seed === 1 ? before : [], during: run.ever });
    }
  }
  return runs;
}

/** A run by hand, on this thread, in which the doctor's part is timed: CartPole steps fastest, so there it weighs most. */
async function measureCost({ smoke }: GateArguments): Promise<{ share: number; nanosecondsPerDecision: number }> {
  const { HEALTHY_CASES } = await import("../../learn/doctor/healthy-cases.ts");
  const { Doctor } = await import("../../../plugin/learn/doctor/doctor.ts");
  const { Collector } = await import("../../../plugin/learn/collector.ts");
  const { Ppo, ppo } = await import("../../../plugin/learn/ppo.ts");
  const { createRollout } = await import("../../../plugin/learn/rollout.ts");
  const { createPolicy } = await import("../../../plugin/compute/wasm-policy.ts");
  const { createWasmPpoLearner } = await import("../../../plugin/compute/wasm-ppo-learner.ts");
  const { make, options } = HEALTHY_CASES.find(({ name }) => name === "CartPole")!;
  const environment = await make(16);
  const { role } = environment.groups["agent"];
  // As many decisions an update as most runs take, with the usual 4 epochs: more would hide the doctor behind the learning.
  const settings = ppo({ ...options, stepsPerRollout: 64, epochs: 4, seed: 1, decisions: smoke ? 60_000 : 500_000 });
  const algorithm = await Ppo.create(
    await createWasmPpoLearner(role, settings.network, { seed: 1, fastMath: false }),
    settings,
  );
  const policy = await createPolicy(algorithm.policyData(), settings);
  const collector = new Collector(environment, "agent", policy, 1);
  const rollout = createRollout(role, settings.stepsPerRollout, 16);
  const doctor = new Doctor(role, { settings });
  const began = performance.now();
  let milliseconds = 0;
  while (algorithm.decisions < settings.decisions) {
    collector.collect(rollout, algorithm.updates);
    const statistics = await algorithm.learn([rollout]);
    policy.assign(algorithm.policyData());
    const from = performance.now();
    doctor.note([rollout], statistics);
    const seconds = (from - began) / 1000;
    if (doctor.wantsToLook(seconds)) doctor.news(seconds);
    milliseconds += performance.now() - from;
  }
  const all = performance.now() - began;
  policy.dispose();
  algorithm.learner.dispose();
  environment.dispose();
  return { share: (100 * milliseconds) / all, nanosecondsPerDecision: (1e6 * milliseconds) / algorithm.decisions };
}
