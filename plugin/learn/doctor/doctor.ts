import type { RoleSpec } from "../../core/role-spec.ts";
import type { PpoStatistics } from "../ppo.ts";
import type { Rollout } from "../rollout.ts";
import { CaseHistory, type CaseOptions } from "./case-history.ts";
import { diagnose } from "./diagnose.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** Seconds between two looks at the evidence, and after which new figures alone are news. */
const LOOK_SECONDS = 0.25;
const FIGURES_SECONDS = 5;

/** Looks on while agents learn, and says what keeps them from it. It only reads: it changes no result. */
export class Doctor {
  readonly #history: CaseHistory;
  #told = "[]";
  #toldKeys = "";
  #toldAt = 0;
  #lookedAt = 0;

  constructor(role: RoleSpec, options: CaseOptions) {
    this.#history = new CaseHistory(role, options);
  }

  /** Notes what agents lived through, and what the update that learned from it says. */
  note(rollouts: readonly Rollout[], statistics: PpoStatistics): void {
    this.#history.note(rollouts, statistics);
  }

  /** Whether the last look is long enough ago, in seconds of the run. */
  wantsToLook(now: number): boolean {
    return now - this.#lookedAt >= LOOK_SECONDS;
  }

  /**
   * Looks at the evidence.
   *
   * @returns Everything that is wrong now; null where that is what was said last.
   */
  news(now: number): readonly Diagnosis[] | null {
    this.#lookedAt = now;
    const diagnoses = diagnose(this.#history.evidence());
    const keys = diagnoses.map(({ rule, about, severity }) => `${rule} ${about} ${severity}`).join("\n");
    if (keys === this.#toldKeys && now - this.#toldAt < FIGURES_SECONDS) return null;
    const text = JSON.stringify(diagnoses);
    if (text === this.#told) return null;
    this.#told = text;
    this.#toldKeys = keys;
    this.#toldAt = now;
    return diagnoses;
  }
}
