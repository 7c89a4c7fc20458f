/** What a doctor's advice changes, where a button can do it. */
export interface SuggestedChange {
  /** Which setting, e.g. `"learningRate"`, `"timeLimitSeconds"`, or a label of a sensor. */
  readonly setting: string;
  /** Its new value. Of a sensor: null takes it away, a number is the new largest value of its range. */
  readonly value: number | string | boolean | null;
  /** Where the setting is found: among the run's hyperparameters, in the lesson, or among the controller's sensors. */
  readonly where?: "run" | "lesson" | "controller";
}

/** One thing that keeps a run from learning, as far as the numbers tell. */
export interface Diagnosis {
  /** Which rule found it, e.g. `"dead-sensor"`. */
  readonly rule: string;
  /** The label of the sensor or the action that it is about, where it is about one. With the rule it names a diagnosis. */
  readonly about?: string;
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
