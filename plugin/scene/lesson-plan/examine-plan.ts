import type { Scene } from "@babylonjs/core/scene.js";
import type { WorkerLike } from "../../core/worker-port.ts";
import type { Diagnosis } from "../../learn/doctor/diagnosis.ts";
import { examine, type ExamineInWorkerOptions } from "../../learn/doctor/examine.ts";
import type { ControllerDescription } from "../keep/description.ts";
import type { LessonPlan } from "./plan.ts";
import { assertPlan, packOrder } from "./teach-plan.ts";

/** How thoroughly to look at a plan. */
export interface ExaminePlanOptions extends Omit<ExamineInWorkerOptions, "settings"> {
  /** What will be taught. Default what the plan's node keeps in its metadata, or else what lives on it. */
  readonly controller?: ControllerDescription;
}

/**
 * Examines a lesson without code before it is taught: plays it by chance for a while in a worker of its own, on a copy of the
 * scene, and says what would keep the agents from learning. The visible scene is left alone.
 *
 * @param makeWorker - Makes a module worker that calls `servePlans`, as for `teachPlan`.
 * @returns What is wrong, faults first; empty when nothing is.
 * @throws ConfigurationError naming the first fault of the plan, before any worker is made; as `examine` else.
 */
export async function examinePlan(
  makeWorker: () => WorkerLike,
  scene: Scene,
  plan: LessonPlan,
  { controller, ...options }: ExaminePlanOptions = {},
): Promise<readonly Diagnosis[]> {
  assertPlan("examinePlan", plan, scene, controller);
  const { order } = packOrder(scene, plan, controller);
  return examine(makeWorker, { ...options, settings: { ...order } });
}
