import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../../core/errors.ts";
import type { WorkerLike } from "../../core/worker-port.ts";
import type { PpoSettings } from "../../learn/ppo.ts";
import { teach, type TeachOptions } from "../../learn/teach.ts";
import type { TrainingRun } from "../../learn/training-run.ts";
import type { ControllerDescription } from "../keep/description.ts";
import { packScene } from "../packed/pack-scene.ts";
import type { Unpackable } from "../packed/packed-scene.ts";
import { checkPlan } from "./check-plan.ts";
import { findController, findSceneNode } from "./find-controller.ts";
import type { PlanOrder } from "./plan-order.ts";
import type { LessonPlan } from "./plan.ts";

/** How to teach a plan. */
export interface TeachPlanOptions extends Omit<TeachOptions, "settings"> {
  /** What is taught. Default what the plan's node keeps in its metadata under the plan's controller's name, or else what lives on it. */
  readonly controller?: ControllerDescription;
}

/**
 * Teaches a lesson without code in workers, faster than real time: packs the scene, sends it there with the plan, and leaves
 * the visible scene alone. The improving policies come with `run.onPolicyObservable`, under the name of the plan's controller.
 *
 * What the packed scene lacks is told once by `run.onNoticeObservable`; ask `packScene` beforehand to show it.
 *
 * @param makeWorker - Makes a module worker that calls `servePlans`.
 * @throws ConfigurationError naming the first fault of the plan and how many there are, before any worker is made.
 */
export function teachPlan(
  makeWorker: () => WorkerLike,
  scene: Scene,
  plan: LessonPlan,
  settings: PpoSettings,
  { controller, ...options }: TeachPlanOptions = {},
): TrainingRun {
  assertPlan("teachPlan", plan, scene, controller);
  const { order, cannot } = packOrder(scene, plan, controller);
  const run = teach(makeWorker, settings, { ...options, settings: { ...order } });
  const lacks = cannot.filter(({ matters }) => matters);
  // Later, so that whoever made the run can listen first.
  queueMicrotask(() => {
    for (const { node, what, why } of lacks) {
      run.onNoticeObservable.notifyObservers(`teachPlan: "${node}" has ${what}: ${why}.`);
    }
  });
  return run;
}

/** What workers are sent to teach or to examine a plan without faults, and what of the scene they do not get. */
export function packOrder(
  scene: Scene,
  plan: LessonPlan,
  controller?: ControllerDescription,
): { readonly order: PlanOrder; readonly cannot: readonly Unpackable[] } {
  const taught = controller ?? findController(findSceneNode(scene, plan.node), plan.controller).controller!;
  const packed = packScene(scene, plan.node);
  const order = { plan, controller: withoutPolicy(taught), scene: packed.scene, role: null };
  return { order, cannot: packed.cannot };
}

/** @throws ConfigurationError naming the first fault of a plan and how many there are. */
export function assertPlan(who: string, plan: LessonPlan, scene: Scene, controller?: ControllerDescription): void {
  const faults = checkPlan(plan, scene, controller).filter(({ severity }) => severity === "fault");
  if (faults.length === 0) return;
  const [{ place, words }] = faults;
  const more = faults.length === 1 ? "" : ` There are ${faults.length} faults: see checkPlan.`;
  throw new ConfigurationError(`${who}, lesson plan "${plan.name}", ${place}: ${words}${more}`);
}

/** A kept policy may be large, and the worker has no use for it. */
function withoutPolicy(controller: ControllerDescription): ControllerDescription {
  const { policy: _, ...rest } = controller;
  return rest;
}
