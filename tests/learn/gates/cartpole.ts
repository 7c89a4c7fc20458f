import { cartPole } from "../../../plugin/learn/tasks/cartpole.ts";
import { taskGate } from "../task-gate.ts";

/** CartPole-v1 with rl-zoo3's tuned settings for PPO. */
export default taskGate({
  name: "cartpole",
  describe: "CartPole-v1 by PPO: at least 475 within 100,000 steps",
  make: (agents) => cartPole({ agents }),
  agents: 8,
  options: {
    decisions: 100_000,
    stepsPerRollout: 32,
    minibatchSize: 256,
    epochs: 20,
    discount: 0.98,
    gaeLambda: 0.8,
    entropyCoefficient: 0,
    learningRate: { from: 1e-3, to: 0 },
    clipRange: { from: 0.2, to: 0 },
  },
  bar: 475,
  share: 0.9,
});
