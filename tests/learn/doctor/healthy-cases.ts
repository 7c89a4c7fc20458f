import type { Environment } from "../../../plugin/core/environment.ts";
import { loadHavok } from "../../../plugin/headless.ts";
import type { LearnerFactories } from "../../../plugin/learn/learner-factories.ts";
import type { PpoOptions } from "../../../plugin/learn/ppo.ts";
import { cartPole } from "../../../plugin/learn/tasks/cartpole.ts";
import { pendulum } from "../../../plugin/learn/tasks/pendulum.ts";
import { createHeadlessScene } from "../../../plugin/scene/headless-scene.ts";
import { lessonFromPlan } from "../../../plugin/scene/lesson-plan/lesson-from-plan.ts";
import { packScene } from "../../../plugin/scene/packed/pack-scene.ts";
import { lessonEnvironment } from "../../../plugin/scene/lesson-environment.ts";
import { mazeLesson } from "../../../sample-game/maze/lesson/maze.lesson.ts";
import { mazePpo } from "../../../sample-game/maze/lesson/maze-ppo.ts";
import { yardLesson } from "../../../sample-game/yard/lesson/golem.lesson.ts";
import { yardPpo } from "../../../sample-game/yard/lesson/yard-ppo.ts";
import { buildReachScene, REACH_PLAN, SEEKER } from "../../scene/lesson-plan/reach-scene.ts";

/** A lesson in which nothing is wrong. */
export interface HealthyCase {
  readonly name: string;
  readonly make: (arenas: number) => Environment | Promise<Environment>;
  readonly arenas: number;
  readonly options: PpoOptions;
  /** Decisions that are watched, and in a smoke run. */
  readonly decisions: number;
  readonly few: number;
}

/** What teaches agents that see pictures. */
export const LEARNERS: LearnerFactories = {
  tfjs: async (role, network, { seed }) =>
    (await import("../../../plugin/nets/ppo/tfjs-ppo-learner.ts")).createTfjsPpoLearner(role, network, { seed }),
};

/** The five of the gate, each taught as its own gate or recipe teaches it. */
export const HEALTHY_CASES: readonly HealthyCase[] = [
  {
    name: "Yard",
    make: async (arenas) => lessonEnvironment(yardLesson, { arenas, havok: await loadHavok() }),
    arenas: 16,
    options: yardPpo,
    decisions: 60_000,
    few: 2_048,
  },
  {
    name: "CartPole",
    make: (agents) => cartPole({ agents }),
    arenas: 8,
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
    decisions: 100_000,
    few: 6_000,
  },
  {
    name: "reach",
    make: reachTheBall,
    arenas: 16,
    options: { decisions: 150_000, stepsPerRollout: 64, learningRate: { from: 1e-3, to: 0 } },
    decisions: 150_000,
    few: 5_000,
  },
  {
    name: "maze",
    make: (arenas) => lessonEnvironment(mazeLesson, { arenas }),
    arenas: 16,
    options: mazePpo,
    decisions: 40_000,
    few: 2_048,
  },
  {
    name: "Pendulum",
    make: (agents) => pendulum({ agents }),
    arenas: 4,
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
    decisions: 200_000,
    few: 8_192,
  },
];

/** The lesson without code of the gate `studio-reach`, from a scene that was put together by hand. */
function reachTheBall(arenas: number): Environment {
  const { scene, dispose } = createHeadlessScene();
  buildReachScene(scene);
  const packed = packScene(scene, REACH_PLAN.node);
  dispose();
  return lessonEnvironment(lessonFromPlan(REACH_PLAN, SEEKER, packed.scene), { arenas });
}
