import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { ConfigurationError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import type { Outcome } from "../arena.ts";
import { ENDS } from "./end-registry.ts";
import { findRuleProblems } from "./find-rule-problems.ts";
import type { EndSource, LessonSite, RewardSource } from "./lesson-site.ts";
import { fillOptions } from "./plan-part.ts";
import type { EndRule, LessonPlan, ResetRule, RewardTerm } from "./plan.ts";
import { ScoreRow, type PlanScore } from "./plan-score.ts";
import { Placement } from "./placement.ts";
import { RESETS } from "./reset-registry.ts";
import { REWARDS } from "./reward-registry.ts";

/** The rules of a lesson plan, without what names it. */
export type PlanRuleSet = Pick<LessonPlan, "rewards" | "ends" | "resets">;

interface TermAtWork {
  readonly weight: number;
  readonly source: RewardSource;
  readonly row: ScoreRow;
}

interface EndAtWork {
  readonly reward: number;
  readonly succeeded: boolean;
  readonly truncates: boolean;
  readonly source: EndSource;
  readonly row: ScoreRow;
}

/**
 * The rules of a lesson plan at work in one place: puts things in their places, scores each step, and says when the episode
 * is over. `lessonFromPlan` does all of this for you; a lesson of your own can work with rules as well.
 *
 * Call `begin` at the start of an episode, then `step` after each physics step. Neither `step` nor the scores allocate.
 */
export class PlanRules {
  /** What each term and each end has given, in the order of the plan. */
  readonly scores: readonly PlanScore[];
  /** How the episode stands after the last step. */
  outcome: Outcome = "running";
  /** Whether the ended episode was a success. */
  succeeded = false;
  readonly #terms: readonly TermAtWork[];
  readonly #ends: readonly EndAtWork[];
  readonly #rows: readonly ScoreRow[];
  readonly #homes: readonly Placement[];
  readonly #moves: readonly ((random: Random) => void)[];
  #disposed = false;

  /**
   * @param restores - Nodes without a reset rule that go back to where they stand now when an episode begins: whatever the
   * agent may push around. Default the agent alone.
   * @throws ConfigurationError for the first rule that cannot work.
   */
  constructor(rules: PlanRuleSet, site: LessonSite, restores: readonly TransformNode[] = [site.agent]) {
    const [problem] = findRuleProblems(rules, (id) => site.find(id) !== null).filter(
      ({ severity }) => severity === "fault",
    );
    if (problem) throw new ConfigurationError(`Lesson plan, ${problem.place}: ${problem.words}`);
    this.#terms = rules.rewards.map((term, i) => startTerm(term, i, site));
    this.#ends = rules.ends.map((end, i) => startEnd(end, i, site));
    this.#rows = [...this.#terms, ...this.#ends].map(({ row }) => row);
    this.scores = this.#rows;
    const ruled = new Set(rules.resets.map(({ node }) => site.find(node)));
    this.#homes = restores.filter((node) => !ruled.has(node)).map((node) => new Placement(node, site, []));
    this.#moves = startResets(rules, site);
  }

  /** Begins an episode: puts everything in its place, and forgets what was scored. */
  begin(random: Random): void {
    for (const home of this.#homes) home.goHome();
    for (const move of this.#moves) move(random);
    this.watch();
  }

  /** Begins to score without moving anything. */
  watch(): void {
    this.outcome = "running";
    this.succeeded = false;
    for (const { source } of this.#terms) source.begin();
    for (const { source } of this.#ends) source.begin();
    for (const row of this.#rows) row.begin();
  }

  /** Scores the step just taken, and looks whether the episode is over. @returns What it was worth. */
  step(seconds: number): number {
    let reward = 0;
    for (const { source, weight, row } of this.#terms) {
      const amount = source.measure(seconds) * weight;
      row.add(amount, seconds);
      reward += amount;
    }
    for (const end of this.#ends) {
      const isOver = end.source.isOver(seconds) && this.outcome === "running";
      const amount = isOver ? end.reward : 0;
      end.row.add(amount, seconds);
      reward += amount;
      if (!isOver) continue;
      this.outcome = end.truncates ? "truncated" : "terminated";
      this.succeeded = end.succeeded;
    }
    return reward;
  }

  /** Tells the scores that a decision was made. */
  decided(): void {
    for (const row of this.#rows) row.decided();
  }

  /** Lets go of what the rules listen to; what was collected is there again. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const { source } of this.#terms) source.dispose?.();
    for (const { source } of this.#ends) source.dispose?.();
  }
}

function startTerm({ kind, weight, options }: RewardTerm, index: number, site: LessonSite): TermAtWork {
  const { form, create } = REWARDS.get(kind)!;
  const row = new ScoreRow(`rewards[${index}]`, kind, form.unit);
  return { weight, source: create(fillOptions(form.fields, options), site), row };
}

function startEnd({ kind, options, reward = 0, succeeded }: EndRule, index: number, site: LessonSite): EndAtWork {
  const { form, create } = ENDS.get(kind)!;
  return {
    reward,
    succeeded: succeeded ?? form.succeeded,
    truncates: form.truncates,
    source: create(fillOptions(form.fields, options), site),
    row: new ScoreRow(`ends[${index}]`, kind, "each"),
  };
}

/** The agent comes first, since others may be placed around it; the rest in the order of the plan. */
function startResets(rules: PlanRuleSet, site: LessonSite): ((random: Random) => void)[] {
  const isAgent = ({ node }: ResetRule): boolean => site.find(node) === site.agent;
  const ordered = [...rules.resets.filter(isAgent), ...rules.resets.filter((rule) => !isAgent(rule))];
  const moved = ordered.map(({ node }) => site.find(node)!);
  const standing = namedNodes(rules, site).filter((node) => !moved.includes(node));
  return ordered.map(({ kind, options }, i) => {
    const { form, create } = RESETS.get(kind)!;
    const place = create(fillOptions(form.fields, options), site);
    const placement = new Placement(moved[i], site, [...standing, ...moved.slice(0, i)]);
    return (random) => place(placement, random);
  });
}

/** The agent, and every node that is a target of something. */
function namedNodes({ rewards, ends }: PlanRuleSet, site: LessonSite): TransformNode[] {
  const ids = [...rewards, ...ends].map(({ options }) => options?.["target"]);
  const targets = ids.map((id) => (typeof id === "string" ? site.find(id) : null)).filter((node) => node !== null);
  return [...new Set([site.agent, ...targets])];
}
