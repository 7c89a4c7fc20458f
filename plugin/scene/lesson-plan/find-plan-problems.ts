import { show } from "../../core/container.ts";
import type { ControllerDescription } from "../keep/description.ts";
import { isRecord, type HasNode } from "./find-option-problems.ts";
import { findRuleProblems } from "./find-rule-problems.ts";
import type { PlanProblem } from "./plan.ts";

/** What a plan is held against. */
export interface PlanSurroundings {
  readonly hasNode: HasNode;
  /** The controller that the plan names; null where there is none. */
  readonly controller: ControllerDescription | null;
  readonly hasPhysics: boolean;
}

/** Longer episodes of a plan are truncated unless it says otherwise, in seconds. */
export const PLAN_SECONDS = 20;

/** The newest form of lesson plans. */
export const PLAN_VERSION = 1;

/**
 * Everything that is wrong with a plan. Takes anything, however broken, and throws nothing.
 *
 * @param plan - A `LessonPlan`, or what was read from somebody's file.
 */
export function findPlanProblems(plan: unknown, surroundings: PlanSurroundings): PlanProblem[] {
  if (!isRecord(plan)) return [fault("", `needed a lesson plan, came ${show(plan)}. Begin a new lesson.`)];
  return [
    ...findHeadProblems(plan, surroundings),
    ...findTimingProblems(plan, surroundings),
    ...findRuleProblems(plan, surroundings.hasNode),
    ...findSenseProblems(plan),
  ];
}

function findHeadProblems(plan: Fields, { hasNode, controller }: PlanSurroundings): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const [version, name, node, called] = [
    own(plan, "version"),
    own(plan, "name"),
    own(plan, "node"),
    own(plan, "controller"),
  ];
  if (version !== PLAN_VERSION) {
    const words = `needed ${PLAN_VERSION}, came ${show(version)}. Update the plugin, or begin a new lesson.`;
    problems.push(fault("version", words));
  }
  if (typeof name !== "string" || name === "") {
    problems.push(fault("name", `needed a name, came ${show(name)}. Call the lesson e.g. "reach the ball".`));
  }
  if (typeof node !== "string" || !hasNode(node)) {
    const words = `needed the id of a node of the scene, came ${show(node)}. Click the node that is to be taught.`;
    problems.push(fault("node", words));
  }
  if (typeof called !== "string" || called === "" || controller?.name !== called) {
    const there = controller ? `"${controller.name}"` : "none";
    const words = `needed the name of the node's controller (${there}), came ${show(called)}. Add a neural controller to the node, or choose the lesson's anew.`;
    problems.push(fault("controller", words));
  }
  return problems;
}

function findTimingProblems(plan: Fields, { controller, hasPhysics }: PlanSurroundings): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const physics = own(plan, "physics");
  const limit = own(plan, "timeLimitSeconds");
  const steps = own(plan, "stepsPerSecond") ?? 60;
  const decisions = controller?.decisionsPerSecond ?? 10;
  if (physics !== undefined && typeof physics !== "boolean") {
    problems.push(fault("physics", `needed true or false, came ${show(physics)}. Switch it on or off.`));
  }
  if (physics === true && !hasPhysics) {
    problems.push(fault("physics", "needed a scene with a physics engine, came one without. Switch it off."));
  }
  if (limit !== undefined && !(isNumber(limit) && limit > 0)) {
    const words = `needed a number above 0 in s, came ${show(limit)}. Move the slider, or leave it out for 20 s.`;
    problems.push(fault("timeLimitSeconds", words));
  }
  if (!isNumber(steps) || steps < 10) {
    problems.push(fault("stepsPerSecond", `needed a number of at least 10, came ${show(steps)}. Leave it out for 60.`));
  } else if (!isNumber(decisions) || !Number.isInteger(steps / decisions)) {
    const words = `needed a multiple of the controller's ${show(decisions)} decisions a second, came ${steps}. Let it decide e.g. 10 times a second.`;
    problems.push(fault("stepsPerSecond", words));
  }
  return problems;
}

/** What has the right form but is likely to teach nothing. */
function findSenseProblems(plan: Fields): PlanProblem[] {
  const [terms, ends, resets] = [records(plan, "rewards"), records(plan, "ends"), records(plan, "resets")];
  const problems: PlanProblem[] = [];
  const pays = (part: Fields, field: string): boolean => isNumber(own(part, field)) && own(part, field) !== 0;
  if (!terms.some((term) => pays(term, "weight")) && !ends.some((end) => pays(end, "reward"))) {
    const words = "needed something that is rewarded, came nothing. Add a term, e.g. Approach.";
    problems.push(fault("rewards", words));
  }
  if (!resets.some((reset) => own(reset, "kind") === "randomPose" || own(reset, "kind") === "randomTarget")) {
    const words = "needed a random reset, came none. The agent may learn one way by heart: add a Random pose.";
    problems.push(doubt("resets", words));
  }
  resets.forEach((reset, i) => {
    if (resets.findIndex((other) => own(other, "node") === own(reset, "node")) === i) return;
    const words = `needed one reset for each node, came a second one for ${show(own(reset, "node"))}. Take one out.`;
    problems.push(fault(`resets[${i}].node`, words));
  });
  for (const [name, parts] of [
    ["rewards", terms],
    ["ends", ends],
  ] as const) {
    parts.forEach((part, i) => {
      const options = own(part, "options");
      const target = isRecord(options) ? own(options, "target") : undefined;
      if (target !== undefined && target === own(plan, "node")) {
        const words = `needed another node than the agent itself, came ${show(target)}. Click the node that is meant.`;
        problems.push(fault(`${name}[${i}].options.target`, words));
      }
      const isTouch = ["avoidContact", "touched"].includes(own(part, "kind") as string);
      const tags = isRecord(options) ? own(options, "with") : undefined;
      if (isTouch && target === undefined && !(Array.isArray(tags) && tags.length > 0)) {
        const words = 'needed tags of what counts, came none. The floor counts as touched, too: name e.g. "wall".';
        problems.push(doubt(`${name}[${i}].options.with`, words));
      }
    });
  }
  return problems;
}

type Fields = Readonly<Record<string, unknown>>;

function records(plan: Fields, name: string): Fields[] {
  const list = own(plan, name);
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function own(record: Fields, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function fault(place: string, words: string): PlanProblem {
  return { place, words, severity: "fault" };
}

function doubt(place: string, words: string): PlanProblem {
  return { place, words, severity: "doubt" };
}
