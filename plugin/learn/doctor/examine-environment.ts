import { checkContract } from "../../core/check-environment.ts";
import { compareStarts } from "../../core/compare-starts.ts";
import type { Environment } from "../../core/environment.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { firstDifference, recordRun } from "../../core/environment-trial.ts";
import type { Finding } from "../../core/finding.ts";
import { findIdleActions } from "../../core/idle-actions.ts";
import { RandomPlayer } from "../../core/random-player.ts";
import { Collector } from "../collector.ts";
import { firstRole } from "../first-role.ts";
import { createRollout } from "../rollout.ts";
import { CaseHistory } from "./case-history.ts";
import { diagnose } from "./diagnose.ts";
import { diagnoseFailure } from "./diagnose-failure.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Evidence } from "./evidence.ts";
import { isBlind } from "./unchanging-sensors.ts";

/** How thoroughly to look. */
export interface ExamineOptions {
  /** How many decisions of chance are played for the rules, over all agents. Default 8,192, which most rules need. */
  readonly decisions?: number;
  /** Fixes the trial's chance. Default 0. */
  readonly seed?: number;
}

/** Rows of one rollout, so that every one of them is looked at. */
const ROWS = 512;
/** An environment in which nothing ends is played until one would have to. */
const STEPS_WITHOUT_END = 2_100;
const REPEATED_STEPS = 32;

/**
 * Examines an environment before anything is taught in it: plays it with random actions and says what would keep an agent from
 * learning. The same rules look on while a run goes on; only here is each action tried out against its opposite.
 *
 * The environment is reset and stepped many times: give it one of its own. Nothing is written to the console, nothing is learned.
 *
 * @returns What is wrong, faults first; empty when nothing is.
 * @throws ConfigurationError for a number of decisions below 1.
 */
export function examineEnvironment(environment: Environment, options: ExamineOptions = {}): Diagnosis[] {
  const { decisions = 8_192, seed = 0 } = options;
  if (!Number.isInteger(decisions) || decisions < 1) {
    throw new ConfigurationError(
      `examineEnvironment: decisions needs a whole number above 0, came ${decisions}. Change it or leave it out.`,
    );
  }
  try {
    const breaches = checkContract(environment, { seed }).map(toDiagnosis);
    if (breaches.some(({ severity }) => severity === "fault")) return breaches;
    const evidence = playAtRandom(environment, decisions, seed);
    const found = [...breaches, ...diagnose(evidence)];
    // Where nothing is seen, neither starts nor effects can be told apart.
    if (isBlind(evidence)) return found;
    const starts = examineStarts(environment, seed);
    const isKnown = found.some(({ rule }) => rule === starts?.rule);
    const starting = starts && !isKnown ? [...found, starts] : found;
    // Where the same seed gives other starts, no two episodes can be compared.
    return starts?.rule === "unseeded-reset" ? starting : [...starting, ...examineActions(environment, seed)];
  } catch (error) {
    return [diagnoseFailure(error) ?? describeThrown(error)];
  }
}

function playAtRandom(environment: Environment, decisions: number, seed: number): Evidence {
  const role = firstRole(environment);
  const group = environment.groups[role];
  const player = new RandomPlayer(group, seed);
  const policy = {
    // The collector also asks what the last sight of an episode is worth: chance has no opinion.
    decide: (batch: unknown): void => {
      if (batch === group) player.act();
    },
    seed: (): void => {},
  };
  const collector = new Collector(environment, role, policy, seed);
  const steps = Math.max(2, Math.floor(ROWS / group.agents));
  const rollout = createRollout(group.role, steps, group.agents);
  const history = new CaseHistory(group.role, { timing: environment.timing });
  let evidence = history.evidence();
  for (let number = 0; evidence.decisions < decisions || isWaiting(evidence, number * steps); number++) {
    collector.collect(rollout, number);
    history.note([rollout]);
    evidence = history.evidence();
    if (evidence.decisions === 0) break;
  }
  return evidence;
}

function isWaiting({ episodes }: Evidence, steps: number): boolean {
  return episodes.ended === 0 && steps < STEPS_WITHOUT_END;
}

function examineStarts(environment: Environment, seed: number): Diagnosis | null {
  const oddity = compareStarts(environment, seed);
  if (!oddity) return null;
  if (oddity.kind === "fixed") {
    return {
      rule: "fixed-reset",
      severity: "doubt",
      words: "Every episode begins in the same way.",
      evidence: `${oddity.seeds} different seeds gave exactly the same start.`,
      suggestion:
        "Put the agent and its goal somewhere else at each start: otherwise one start is learned by heart. Code draws places from the random numbers that its reset is given.",
    };
  }
  return {
    rule: "unseeded-reset",
    severity: "doubt",
    words: "Starts come from a chance that cannot be repeated.",
    evidence: `One and the same seed gave two different starts (${oddity.difference}).`,
    suggestion: "Draw all chance from the random numbers that reset is given, not from Math.random or the clock.",
  };
}

function examineActions(environment: Environment, seed: number): Diagnosis[] {
  const first = recordRun(environment, REPEATED_STEPS, seed);
  const second = recordRun(environment, REPEATED_STEPS, seed);
  const isSteady = first.every((moment, step) => firstDifference(environment, moment, second[step]) === null);
  return findIdleActions(environment, seed, { isSteady }).map(({ label, steps }) => ({
    rule: "idle-action",
    about: label,
    severity: "doubt",
    words: `The action "${label}" has no effect.`,
    evidence: `Whatever was chosen, ${steps} steps in a row looked and paid the same.`,
    suggestion: "Check that its actuator moves the agent. If it does, add a sensor that shows what it changes.",
  }));
}

function toDiagnosis({ severity, what, likelyCause }: Finding): Diagnosis {
  return {
    rule: "broken-environment",
    severity,
    words: "The environment does not do what environments must.",
    evidence: what,
    suggestion: likelyCause,
  };
}

function describeThrown(error: unknown): Diagnosis {
  return {
    rule: "broken-environment",
    severity: "fault",
    words: "The environment stops with an error when it is played.",
    evidence: error instanceof Error ? error.message : String(error),
    suggestion: "Mend what the error names, and examine again.",
  };
}
