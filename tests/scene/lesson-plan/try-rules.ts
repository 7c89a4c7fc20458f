import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { Random } from "../../../plugin/core/random.ts";
import { PlanRules, type PlanRuleSet } from "../../../plugin/scene/lesson-plan/plan-rules.ts";
import type { EndRule, ResetRule, RewardTerm } from "../../../plugin/scene/lesson-plan/plan.ts";
import { sceneSite } from "../../../plugin/scene/lesson-plan/scene-site.ts";

/** Rules at work on an agent of a test world. */
export function rulesFor(
  agent: TransformNode,
  rules: { rewards?: readonly RewardTerm[]; ends?: readonly EndRule[]; resets?: readonly ResetRule[] },
  effort = 0,
): PlanRules {
  const all: PlanRuleSet = { rewards: [], ends: [], resets: [], ...rules };
  return new PlanRules(
    all,
    sceneSite(agent, () => effort),
  );
}

/** What one term gives, in order, for a step after each of some moves; each lasts a tenth of a second. */
export function amounts(
  agent: TransformNode,
  kind: string,
  options: Readonly<Record<string, unknown>>,
  moves: readonly (() => void)[],
  effort = 0,
): number[] {
  const rules = rulesFor(agent, { rewards: [{ kind, weight: 1, options }] }, effort);
  rules.begin(new Random(1));
  const given = moves.map((move) => {
    move();
    return Math.round(rules.step(0.1) * 1e6) / 1e6 + 0;
  });
  rules.dispose();
  return given;
}
