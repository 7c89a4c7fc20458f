import type { Diagnosis } from "./diagnosis.ts";

/** What happened to one diagnosis of a run. */
export interface DiagnosisChange {
  /** `"changed"`: the same mistake with newer figures. `"gone"`: it no longer holds. */
  readonly kind: "added" | "changed" | "gone";
  /** As it is now; of one that is gone, as it was. */
  readonly diagnosis: Diagnosis;
}

/** What the doctor found in a run so far. */
export class DiagnosisList {
  #diagnoses: readonly Diagnosis[] = [];

  get diagnoses(): readonly Diagnosis[] {
    return this.#diagnoses;
  }

  /** Takes everything that holds now. @returns What is different from before. */
  replace(diagnoses: readonly Diagnosis[]): DiagnosisChange[] {
    const before = new Map(this.#diagnoses.map((one) => [nameOf(one), one]));
    const after = new Set(diagnoses.map(nameOf));
    this.#diagnoses = diagnoses;
    const gone = [...before.entries()].filter(([name]) => !after.has(name));
    const changes = gone.map(([, diagnosis]): DiagnosisChange => ({ kind: "gone", diagnosis }));
    for (const diagnosis of diagnoses) {
      const old = before.get(nameOf(diagnosis));
      if (!old) changes.push({ kind: "added", diagnosis });
      else if (JSON.stringify(old) !== JSON.stringify(diagnosis)) changes.push({ kind: "changed", diagnosis });
    }
    return changes;
  }

  /** Takes one more. @returns What is different from before. */
  add(diagnosis: Diagnosis): DiagnosisChange[] {
    const others = this.#diagnoses.filter((one) => nameOf(one) !== nameOf(diagnosis));
    return this.replace([diagnosis, ...others]);
  }
}

function nameOf({ rule, about }: Diagnosis): string {
  return JSON.stringify([rule, about ?? null]);
}
