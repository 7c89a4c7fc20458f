/** What a doctor needs to know of an error to say more about it. Plain data. */
export interface Symptom {
  /** Which of the doctor's rules it belongs to. */
  readonly rule: "not-a-number" | "camera-without-renderer";
  /** What went wrong: an observation, a reward, a quantity of the learning, a camera. */
  readonly kind: "observation" | "reward" | "learning" | "camera";
  /** The label of the sensor, or the name of the quantity. */
  readonly about?: string;
}

export interface SymptomOptions extends ErrorOptions {
  readonly symptom?: Symptom | undefined;
}

/** An error that may carry a symptom. */
export class SymptomaticError extends Error {
  readonly #symptom: Symptom | undefined;

  constructor(message: string, options: SymptomOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.#symptom = options.symptom;
  }

  /** Undefined where there is nothing to add to the message. */
  get symptom(): Symptom | undefined {
    return this.#symptom;
  }
}
