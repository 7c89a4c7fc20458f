import { acrobot } from "../../../plugin/learn/tasks/acrobot.ts";
import { taskGate } from "../task-gate.ts";

/** Acrobot-v1 with rl-zoo3's settings for PPO (16 environments × 256 steps, normalised observations). */
export default taskGate({
  name: "acrobot",
  describe: "Acrobot-v1 by PPO: at least -90 within 500,000 steps",
  make: (agents) => acrobot({ agents }),
  agents: 16,
  options: {
    decisions: 500_000,
    stepsPerRollout: 256,
    minibatchSize: 64,
    epochs: 4,
    discount: 0.99,
    gaeLambda: 0.94,
    entropyCoefficient: 0,
    learningRate: 3e-4,
  },
  bar: -90,
  share: 0.9,
});
