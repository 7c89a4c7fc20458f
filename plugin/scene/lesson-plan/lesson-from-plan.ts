import { ConfigurationError } from "../../core/errors.ts";
import { createParts } from "../keep/create-parts.ts";
import type { ControllerDescription } from "../keep/description.ts";
import { defineLesson, type Lesson } from "../lesson.ts";
import type { PackedScene } from "../packed/packed-scene.ts";
import { unpackScene } from "../packed/unpack-scene.ts";
import { arenaSpacingFor } from "./arena-spacing-for.ts";
import { EffortMeter } from "./effort-meter.ts";
import { findPlanProblems, PLAN_SECONDS } from "./find-plan-problems.ts";
import type { LessonSite } from "./lesson-site.ts";
import { PlanRules } from "./plan-rules.ts";
import type { LessonPlan } from "./plan.ts";

/**
 * Makes a lesson of a plan, for a worker or for Node: each arena holds the packed scene, with one agent in the plan's controller's
 * name, which is also the role's.
 *
 * @param controller - What the agent senses and does, as the scene keeps it.
 * @param packed - As `packScene` makes it.
 * @throws ConfigurationError naming the first thing that is wrong; `checkPlan` lists them all.
 */
export function lessonFromPlan(
  plan: LessonPlan,
  controller: ControllerDescription,
  packed: PackedScene,
): Lesson<PlanRules> {
  const ids = new Set(packed.nodes.map(({ id }) => id));
  const problems = findPlanProblems(plan, {
    hasNode: (id) => ids.has(id),
    controller,
    hasPhysics: packed.physics !== null,
  });
  const fault = problems.find(({ severity }) => severity === "fault");
  if (fault) throw new ConfigurationError(`Lesson plan "${plan.name}", ${fault.place}: ${fault.words}`);
  const role = plan.controller;
  return defineLesson<PlanRules>({
    name: plan.name,
    physics: plan.physics ?? packed.physics !== null,
    stepsPerSecond: plan.stepsPerSecond ?? 60,
    decisionsPerSecond: controller.decisionsPerSecond ?? 10,
    timeLimitSeconds: plan.timeLimitSeconds ?? PLAN_SECONDS,
    arenaSpacing: arenaSpacingFor(packed, plan, controller),
    build(arena) {
      const world = unpackScene(packed, arena);
      const agent = world.node(plan.node);
      const nodes = { getMeshById: world.find, getTransformNodeById: world.find };
      const { sensors, actuators } = createParts(controller, nodes, `Lesson plan "${plan.name}"`);
      const effort = new EffortMeter(actuators, () => rules.decided());
      const site: LessonSite = {
        scene: arena.scene,
        root: arena.root,
        agent,
        nodes: world.nodes,
        find: world.find,
        effort: () => effort.meanSquare,
      };
      const rules = new PlanRules(plan, site, [agent, ...world.loose]);
      arena.addAgent(role, agent, { sensors: [...sensors, effort.ear], actuators });
      return rules;
    },
    reset(rules, _arena, random) {
      rules.begin(random);
    },
    step(rules, arena, seconds) {
      arena.reward(role, 0, rules.step(seconds));
      if (rules.outcome === "terminated") arena.terminate(rules);
      else if (rules.outcome === "truncated") arena.truncate(rules);
    },
    scores: (rules) => rules.scores,
    dispose(rules) {
      rules.dispose();
    },
  });
}
