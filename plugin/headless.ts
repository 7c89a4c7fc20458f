/**
 * Entry for Node: lessons without a page, physics, worker threads, the reference tasks.
 */
export { loadHavok } from "./havok-node.ts";
export { wrapNodeWorker } from "./learn/node-worker.ts";
export { acrobot } from "./learn/tasks/acrobot.ts";
export { cartPole } from "./learn/tasks/cartpole.ts";
export { mountainCarContinuous } from "./learn/tasks/mountain-car-continuous.ts";
export { pendulum } from "./learn/tasks/pendulum.ts";
export { walk } from "./learn/tasks/walk.ts";
export { createHeadlessScene, type HeadlessScene, type HeadlessSceneOptions } from "./scene/headless-scene.ts";
export { lessonEnvironment, type LessonEnvironmentOptions } from "./scene/lesson-environment.ts";
