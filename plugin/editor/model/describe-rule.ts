import type { Scene } from "@babylonjs/core/scene.js";
import type { LessonPlan, PartForm, RewardForm } from "../../index.ts";
import { findNode } from "./find-node.ts";
import { plainNumber } from "./shown-number.ts";

type Rule = LessonPlan["rewards"][number] | LessonPlan["ends"][number] | LessonPlan["resets"][number];

/** One line about a rule of a lesson, e.g. `"ball · +0.1 per m"`. */
export function describeRule(
  list: "rewards" | "ends" | "resets",
  rule: Rule,
  form: PartForm | undefined,
  scene: Scene,
): string {
  const words: string[] = [];
  const nodes = [rule.options?.["target"], "node" in rule ? rule.node : undefined];
  for (const id of nodes) if (typeof id === "string") words.push(findNode(scene, id)?.name ?? `missing: ${id}`);
  if (list === "rewards" && "weight" in rule) {
    const { unit = "unit", takes = false } = (form ?? {}) as Partial<RewardForm>;
    words.push(`${signed(takes ? -rule.weight : rule.weight)} per ${unit}`);
  }
  if (list === "ends" && "reward" in rule && rule.reward) words.push(`${signed(rule.reward)} once`);
  return words.join(" · ");
}

function signed(value: number): string {
  return value > 0 ? `+${plainNumber(value)}` : plainNumber(value).replace("-", "−");
}
