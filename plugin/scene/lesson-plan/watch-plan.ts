import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../../core/errors.ts";
import { LONGEST_FRAME_SECONDS } from "../decision-scheduler.ts";
import { attachedController } from "../keep/attach-controller.ts";
import { EffortMeter } from "./effort-meter.ts";
import { findSceneNode } from "./find-controller.ts";
import { PlanRules } from "./plan-rules.ts";
import type { PlanScore } from "./plan-score.ts";
import type { LessonPlan } from "./plan.ts";
import { sceneSite } from "./scene-site.ts";

/** A plan that is watched. */
export interface WatchedPlan {
  /** What each term and each end gives, live, in the order of the plan. */
  readonly scores: readonly PlanScore[];
  /** Whether the episode would be over by now. */
  readonly isOver: boolean;
  /** Begins to count anew. */
  restart(): void;
  /** Stops watching. May be called twice. */
  dispose(): void;
}

/**
 * Shows live what a plan would give in the visible scene, while somebody drives the agent or a policy plays: moves nothing and
 * rewards nobody. What `collect` takes is hidden meanwhile, as in the lesson. Allocates nothing from frame to frame.
 *
 * @throws ConfigurationError for a node that is not there, or the first rule that cannot work.
 */
export function watchPlan(scene: Scene, plan: LessonPlan): WatchedPlan {
  const agent = findSceneNode(scene, plan.node);
  if (!agent) {
    throw new ConfigurationError(
      `watchPlan, lesson plan "${plan.name}": needed a node of the scene, came "${plan.node}". Click the node that is to be taught.`,
    );
  }
  const controller = attachedController(agent, plan.controller);
  const effort = new EffortMeter(controller?.actuators ?? []);
  const rules = new PlanRules(
    plan,
    sceneSite(agent, () => effort.meanSquare),
  );
  rules.watch();
  const decision = controller?.onDecisionObservable.add(({ values }) => {
    effort.hear(values);
    rules.decided();
  });
  const frame = scene.onBeforeRenderObservable.add(() => {
    const seconds = Math.min(LONGEST_FRAME_SECONDS, scene.getEngine().getDeltaTime() / 1000);
    if (seconds > 0) rules.step(seconds);
  });
  const end = scene.onDisposeObservable.add(() => dispose());
  const dispose = (): void => {
    decision?.remove();
    frame.remove();
    end.remove();
    rules.dispose();
  };
  return {
    scores: rules.scores,
    get isOver() {
      return rules.outcome !== "running";
    },
    restart: () => rules.watch(),
    dispose,
  };
}
