import type { Scene } from "@babylonjs/core/scene.js";
import type { ControllerDescription } from "../keep/description.ts";
import { isRecord } from "./find-option-problems.ts";
import { findController, findSceneNode } from "./find-controller.ts";
import { findPlanProblems } from "./find-plan-problems.ts";
import type { PlanProblem } from "./plan.ts";

/**
 * Holds a lesson plan against the scene that it is for, before a run starts: finds every problem, not only the first.
 *
 * Takes anything, e.g. what a file held, and throws nothing. Changes nothing.
 *
 * @param controller - What is to be taught. Default what the plan's node keeps in its metadata, or else what lives on it.
 * @returns Faults, with which the lesson cannot run, and doubts. Empty: all is well.
 */
export function checkPlan(plan: unknown, scene: Scene, controller?: ControllerDescription): PlanProblem[] {
  const id = isRecord(plan) ? plan["node"] : null;
  const node = typeof id === "string" ? findSceneNode(scene, id) : null;
  const found = controller
    ? { controller, refusal: null }
    : findController(node, isRecord(plan) ? plan["controller"] : null);
  const problems = findPlanProblems(plan, {
    hasNode: (other) => findSceneNode(scene, other) !== null,
    controller: found.controller,
    // Not scene.isPhysicsEnabled(), which is missing until something imports Babylon's physics.
    hasPhysics: Boolean(scene._physicsEngine),
  });
  if (found.refusal === null) return problems;
  const refused: PlanProblem = { place: "controller", words: found.refusal, severity: "fault" };
  return [refused, ...problems.filter(({ place }) => place !== "controller")];
}
