/** What a doctor's advice changes, where a button can do it. */
export interface SuggestedChange {
  /** Which setting, e.g. `"learningRate"`, `"timeLimitSeconds"`, or a label of a sensor. */
  readonly setting: string;
  readonly value: number | string | boolean | null;
}

/** One thing that keeps a run from learning, as far as the numbers tell. */
export interface Diagnosis {
  /** Which rule found it, e.g. `"dead-sensor"`. */
  readonly rule: string;
  /** `"fault"`: it cannot learn like this. `"doubt"`: it may be meant so. */
  readonly severity: "fault" | "doubt";
  /** The mistake in plain words, naming labels, units and values. */
  readonly words: string;
  /** The numbers that it was found by, e.g. `"0 in all of 4,096 decisions"`. */
  readonly evidence: string;
  /** One suggested change, in plain words. */
  readonly suggestion: string;
  /** The same as a button could apply it. */
  readonly change?: SuggestedChange;
}
