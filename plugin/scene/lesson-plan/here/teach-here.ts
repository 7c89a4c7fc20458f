import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../../../core/errors.ts";
import type { WorkerLike } from "../../../core/worker-port.ts";
import type { RunMessage } from "../../../learn/messages.ts";
import type { PpoSettings } from "../../../learn/ppo.ts";
import { teach, type TeachOptions } from "../../../learn/teach.ts";
import type { TrainingRun } from "../../../learn/training-run.ts";
import { attachedController } from "../../keep/attach-controller.ts";
import type { ControllerDescription } from "../../keep/description.ts";
import { findSceneNode } from "../find-controller.ts";
import type { PlanOrder } from "../plan-order.ts";
import type { LessonPlan } from "../plan.ts";
import { assertPlan } from "../teach-plan.ts";
import { hereWorker, type HereWorker } from "./here-worker.ts";

/** How to teach in place. */
export type TeachHereOptions = Omit<TeachOptions, "settings" | "workers" | "arenas">;

/**
 * Teaches a lesson without code in place: in the visible scene, at real time, through the live controller, with whatever sensors
 * and scripts the scene has. For what cannot be packed; everything else learns hundreds of times faster with `teachPlan`.
 *
 * One agent decides e.g. ten times a second, so that a rollout of 128 decisions takes 13 seconds: take few `decisions`. The updates
 * run in a worker. Only the plan's agent and the nodes that the plan resets are touched; the scene's clock is not. The controller
 * must stay on its node and enabled; its heuristic is replaced for as long as the run lasts, and comes back after it.
 *
 * @param makeWorker - Makes a module worker that calls `servePlans`.
 * @throws ConfigurationError naming the first fault of the plan, or that the controller does not live, before any worker is made.
 */
export function teachHere(
  makeWorker: () => WorkerLike,
  scene: Scene,
  plan: LessonPlan,
  settings: PpoSettings,
  options: TeachHereOptions = {},
): TrainingRun {
  const node = findSceneNode(scene, plan.node);
  const controller = node && attachedController(node, plan.controller);
  if (!controller) {
    throw new ConfigurationError(
      `teachHere, lesson plan "${plan.name}": needed the live controller "${plan.controller}" on the node "${plan.node}", came none. Add it to the node first.`,
    );
  }
  // Its parts may be code: only names and rates are told.
  const { name, decisionsPerSecond } = controller;
  const described: ControllerDescription = { name, sensors: [], actuators: [], decisionsPerSecond };
  assertPlan("teachHere", plan, scene, described);
  const order: PlanOrder = { plan, controller: described, scene: null, role: controller.role };
  // A run of two workers: the first only learns, the second is the page. A crew that dies is made anew in the same order.
  let isLearner = false;
  let page: HereWorker | null = null;
  const makeEither = (): WorkerLike => {
    isLearner = !isLearner;
    if (isLearner) return hurryOnRest(makeWorker(), () => page?.hurry());
    page = hereWorker(plan, controller);
    return page;
  };
  // A tab in the background has no frames, which is no reason to begin again.
  const { silenceSeconds = Infinity } = options;
  return teach(makeEither, settings, { ...options, silenceSeconds, workers: 2, settings: { ...order } });
}

/** A worker whose run is told to pause or stop ends its rollout at once: in real time the rest would take many seconds. */
function hurryOnRest(worker: WorkerLike, hurry: () => void): WorkerLike {
  const told: WorkerLike = {
    onmessage: null,
    onerror: null,
    postMessage(message: RunMessage, transfer) {
      worker.postMessage(message, transfer);
      if (message.type === "stop" || message.type === "pause") hurry();
    },
    terminate: () => worker.terminate(),
  };
  worker.onmessage = (event) => told.onmessage?.(event);
  worker.onerror = (event) => told.onerror?.(event);
  return told;
}
