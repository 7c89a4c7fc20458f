import type { Diagnosis } from "../plugin/learn/doctor/diagnosis.ts";

/** A diagnosis in two lines for a terminal: what is wrong and how that shows, and what to do. */
export function describeDiagnosis({ severity, rule, words, evidence, suggestion }: Diagnosis): string {
  return `${severity === "fault" ? "Fault" : "Doubt"} (${rule}): ${words} ${evidence}\n  ${suggestion}`;
}
