import type { Environment } from "../../core/environment.ts";
import type { EnvironmentRequest } from "../../learn/messages.ts";
import type { Havok } from "../headless-scene.ts";
import { lessonEnvironment } from "../lesson-environment.ts";
import { lessonFromPlan } from "./lesson-from-plan.ts";
import { readPlanOrder } from "./plan-order.ts";
import { vacantEnvironment } from "./here/vacant-environment.ts";

/** Arenas in a worker unless the run says otherwise: enough for one batch, few enough to learn often. */
const DEFAULT_ARENAS = 16;

/**
 * The environment that a run of `teachPlan` or `teachHere` asks a worker for.
 *
 * @param loadHavok - Loads the physics engine where the lesson needs it.
 * @throws ConfigurationError for settings that hold no plan, or a plan that cannot work.
 */
export async function planEnvironment(
  request: EnvironmentRequest,
  loadHavok?: () => Promise<Havok>,
): Promise<Environment> {
  const { plan, controller, scene, role } = readPlanOrder(request.settings);
  if (!scene) return vacantEnvironment(plan.name, plan.controller, role!);
  const lesson = lessonFromPlan(plan, controller, scene);
  const havok = lesson.physics === true ? await loadHavok?.() : undefined;
  return lessonEnvironment(lesson, { arenas: request.arenas ?? DEFAULT_ARENAS, havok });
}
