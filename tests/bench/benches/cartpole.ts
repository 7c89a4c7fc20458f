import { gate, median, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";
import { judgeSpeed } from "../peers/speed-gates.ts";

/** CleanRL's ppo.py as published: https://docs.cleanrl.dev/rl-algorithms/ppo/#ppopy */
const ENVIRONMENTS = 4;
const CLEAN_RL = {
  decisions: 500_000,
  stepsPerRollout: 128,
  minibatchSize: 128, // 4 environments × 128 steps in 4 minibatches
  epochs: 4,
  learningRate: { from: 2.5e-4, to: 0 },
  clipRange: 0.2,
  valueClipRange: 0.2,
  entropyCoefficient: 0.01,
  valueCoefficient: 0.5,
  maxGradientNorm: 0.5,
  discount: 0.99,
  gaeLambda: 0.95,
  network: { hidden: [64, 64], activation: "tanh", sharedTrunk: false },
} as const;
const LEAST_STEPS_PER_SECOND = 50_000;
/** Lower than CleanRL's 490 after 500,000 steps, far above chance's 22: speed without learning is worth nothing. */
const LEAST_RETURN = 400;
const LEAST_RETURN_OF_SHORT_RUNS = 60;

/** `npm run bench -- cartpole`. Settings: `--set decisions=500000`, `--set fastMath=yes`. */
const cartPoleBench: GateGroup = {
  name: "cartpole",
  describe: "Environment steps per second of CartPole, deciding and learning included, with CleanRL's hyperparameters.",
  async run(args: GateArguments): Promise<GateFigures> {
    const decisions = Number(args.settings["decisions"] ?? (args.smoke ? 60_000 : CLEAN_RL.decisions));
    const fastMath = args.settings["fastMath"] === "yes";
    const seeds = Array.from({ length: args.seeds ?? (args.smoke ? 1 : 3) }, (_, i) => i + 1);
    const runs: Run[] = [];
    for (const seed of seeds) {
      args.log(`Teaching CartPole with seed ${seed} …`);
      runs.push(await teachCartPole(seed, decisions, fastMath));
    }
    const rate = median(runs.map((run) => run.stepsPerSecond));
    const gates: Gate[] = [gate("CartPole, end to end, one thread", rate, "steps/s", ">=", LEAST_STEPS_PER_SECOND)];
    const returns = median(runs.map((run) => run.meanReturn));
    const leastReturn = decisions < CLEAN_RL.decisions ? LEAST_RETURN_OF_SHORT_RUNS : LEAST_RETURN;
    gates.push(gate("return of its last 100 episodes", returns, "return", ">=", leastReturn));
    return { seeds, ...judgeSpeed(args, gates), decisions, arithmetic: fastMath ? "relaxed" : "strict", runs };
  },
};

export default cartPoleBench;

interface Run {
  readonly seed: number;
  readonly stepsPerSecond: number;
  /** Processor time over wall time: about 1 for one thread, less where other programs took their share. */
  readonly threads: number;
  /** Of the last 100 episodes. */
  readonly meanReturn: number;
  readonly episodes: number;
}

/** A whole run by hand, on this thread: what `teach` does with one worker, without the messages. */
async function teachCartPole(seed: number, decisions: number, fastMath: boolean): Promise<Run> {
  const { createWasmPpoLearner } = await import("../../../plugin/compute/wasm-ppo-learner.ts");
  const { createPolicy } = await import("../../../plugin/compute/wasm-policy.ts");
  const { Collector } = await import("../../../plugin/learn/collector.ts");
  const { Ppo, ppo } = await import("../../../plugin/learn/ppo.ts");
  const { createRollout } = await import("../../../plugin/learn/rollout.ts");
  const { cartPole } = await import("../../../plugin/learn/tasks/cartpole.ts");
  const start = performance.now();
  const processorStart = process.cpuUsage();
  const environment = cartPole({ agents: ENVIRONMENTS });
  const { role } = environment.groups.agent;
  const settings = ppo({ ...CLEAN_RL, seed, decisions, fastMath });
  const algorithm = await Ppo.create(await createWasmPpoLearner(role, settings.network, { seed, fastMath }), settings);
  const policy = await createPolicy(algorithm.policyData(), { fastMath });
  const collector = new Collector(environment, "agent", policy, seed);
  const rollout = createRollout(role, settings.stepsPerRollout, ENVIRONMENTS);
  const returns: number[] = [];
  while (algorithm.decisions < decisions) {
    collector.collect(rollout, algorithm.updates);
    returns.push(...rollout.episodes.returns.subarray(0, rollout.episodes.count[0]));
    await algorithm.learn([rollout]);
    policy.assign(algorithm.policyData());
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(processorStart);
  policy.dispose();
  algorithm.learner.dispose();
  environment.dispose();
  const last = returns.slice(-100);
  return {
    seed,
    stepsPerSecond: Math.round(algorithm.decisions / seconds),
    threads: Number(((user + system) / 1e6 / seconds).toFixed(2)),
    meanReturn: last.reduce((sum, one) => sum + one, 0) / last.length,
    episodes: returns.length,
  };
}
