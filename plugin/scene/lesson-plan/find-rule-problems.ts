import { show } from "../../core/container.ts";
import { quoteAll } from "../../core/observation-spec.ts";
import { ENDS } from "./end-registry.ts";
import { findOptionProblems, isRecord, type HasNode } from "./find-option-problems.ts";
import type { PlanProblem } from "./plan.ts";
import type { PartForm } from "../forms/form.ts";
import { RESETS } from "./reset-registry.ts";
import { REWARDS } from "./reward-registry.ts";

type Kinds = ReadonlyMap<string, { readonly form: PartForm }>;

/**
 * Everything that is wrong with the rewards, ends and resets of a plan. Takes anything, however broken.
 *
 * @param rules - An object that should hold the three lists.
 */
export function findRuleProblems(rules: object, hasNode: HasNode): PlanProblem[] {
  const field = (name: string): unknown =>
    Object.hasOwn(rules, name) ? (rules as Record<string, unknown>)[name] : undefined;
  return [
    ...findPartProblems(field("rewards"), "rewards", "reward term", REWARDS, hasNode, findRewardProblems),
    ...findPartProblems(field("ends"), "ends", "end", ENDS, hasNode, findEndProblems),
    ...findPartProblems(field("resets"), "resets", "reset", RESETS, hasNode, (rule, place) =>
      findResetProblems(rule, place, hasNode),
    ),
  ];
}

type FindOwn = (part: Readonly<Record<string, unknown>>, place: string) => PlanProblem[];

function findPartProblems(
  list: unknown,
  name: string,
  what: string,
  kinds: Kinds,
  hasNode: HasNode,
  findOwn: FindOwn,
): PlanProblem[] {
  if (!Array.isArray(list)) {
    return [fault(name, `needed a list, came ${show(list)}. Begin the lesson anew, or write [].`)];
  }
  return Array.from(list as unknown[]).flatMap((part, i) => {
    const place = `${name}[${i}]`;
    if (!isRecord(part)) return [fault(place, `needed an object with a kind, came ${show(part)}. Take it out.`)];
    const kind = own(part, "kind");
    const known = typeof kind === "string" ? kinds.get(kind) : undefined;
    if (!known) {
      const words = `needed a kind of ${what} (${quoteAll(kinds.keys())}), came ${show(kind)}. Choose one of them.`;
      return [fault(`${place}.kind`, words)];
    }
    const options = own(part, "options");
    return [...findOptionProblems(known.form, options, `${place}.options`, hasNode), ...findOwn(part, place)];
  });
}

function findRewardProblems(term: Readonly<Record<string, unknown>>, place: string): PlanProblem[] {
  const weight = own(term, "weight");
  if (!isFinite(weight)) return [fault(`${place}.weight`, `needed a number, came ${show(weight)}. Move the slider.`)];
  if (weight !== 0) return [];
  return [
    doubt(`${place}.weight`, "needed a weight other than 0, came 0. The term has no effect: take it out or weigh it."),
  ];
}

function findEndProblems(rule: Readonly<Record<string, unknown>>, place: string): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const reward = own(rule, "reward");
  const succeeded = own(rule, "succeeded");
  if (reward !== undefined && !isFinite(reward)) {
    problems.push(fault(`${place}.reward`, `needed a number, came ${show(reward)}. Move the slider, or leave it out.`));
  }
  if (succeeded !== undefined && typeof succeeded !== "boolean") {
    problems.push(fault(`${place}.succeeded`, `needed true or false, came ${show(succeeded)}. Switch it on or off.`));
  }
  return problems;
}

function findResetProblems(rule: Readonly<Record<string, unknown>>, place: string, hasNode: HasNode): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const node = own(rule, "node");
  if (typeof node !== "string" || !hasNode(node)) {
    const words = `needed the id of a node of the scene, came ${show(node)}. Click the node that is moved.`;
    problems.push(fault(`${place}.node`, words));
  }
  const options = own(rule, "options");
  const nearest = isRecord(options) ? own(options, "nearest") : undefined;
  const farthest = isRecord(options) ? own(options, "farthest") : undefined;
  if (isFinite(nearest) && isFinite(farthest) && nearest > farthest) {
    const words = `needed at least the nearest distance of ${nearest} m, came ${farthest} m. Move one of the sliders.`;
    problems.push(fault(`${place}.options.farthest`, words));
  }
  return problems;
}

function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function isFinite(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function fault(place: string, words: string): PlanProblem {
  return { place, words, severity: "fault" };
}

function doubt(place: string, words: string): PlanProblem {
  return { place, words, severity: "doubt" };
}
