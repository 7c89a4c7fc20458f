import { pendulum } from "../../../plugin/learn/tasks/pendulum.ts";
import { taskGate } from "../task-gate.ts";

/** Pendulum-v1 with rl-zoo3's settings for PPO (4 environments × 1024 steps, γ 0.9), without its gSDE. */
export default taskGate({
  name: "pendulum",
  describe: "Pendulum-v1 by PPO: at least -250 within 200,000 steps",
  make: (agents) => pendulum({ agents }),
  agents: 4,
  options: {
    decisions: 200_000,
    stepsPerRollout: 1024,
    minibatchSize: 64,
    epochs: 10,
    discount: 0.9,
    gaeLambda: 0.95,
    entropyCoefficient: 0,
    learningRate: 1e-3,
  },
  bar: -250,
  share: 0.8,
});
