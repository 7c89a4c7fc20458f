import { ConfigurationError } from "../../core/errors.ts";
import type { RoleSpec } from "../../core/role-spec.ts";
import type { ControllerDescription } from "../keep/description.ts";
import { PACKED_SCENE_VERSION, type PackedScene } from "../packed/packed-scene.ts";
import { isRecord } from "./find-option-problems.ts";
import type { LessonPlan } from "./plan.ts";

/** What a worker that serves plans is sent as the settings of a run: plain JSON, so that checkpoints hold it as well. */
export interface PlanOrder {
  readonly plan: LessonPlan;
  readonly controller: ControllerDescription;
  /** Null when the agent is taught in place: then the worker only learns. */
  readonly scene: PackedScene | null;
  /** What the agent senses and does; needed without a scene. */
  readonly role: RoleSpec | null;
}

/** @throws ConfigurationError when a worker that serves plans was sent something else. */
export function readPlanOrder(settings: Readonly<Record<string, unknown>> | undefined): PlanOrder {
  const { plan, controller, scene, role } = (settings ?? {}) as Partial<PlanOrder>;
  if (isRecord(plan) && isRecord(controller) && (isRecord(scene) || isRecord(role))) {
    if (scene && scene.version !== PACKED_SCENE_VERSION) {
      throw new ConfigurationError(
        `servePlans: needed a packed scene of version ${PACKED_SCENE_VERSION}, came ${String(scene.version)}. Use the same release of the plugin on the page and in the worker.`,
      );
    }
    return { plan, controller, scene: scene ?? null, role: role ?? null };
  }
  throw new ConfigurationError(
    "servePlans: needed a lesson plan, its controller and its scene as settings, came something else. Begin the run with teachPlan or teachHere.",
  );
}
