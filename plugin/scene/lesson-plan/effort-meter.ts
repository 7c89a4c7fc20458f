import type { Actuator } from "../actuator.ts";
import type { Sensor } from "../sensor.ts";

/** Hears what an agent decides and says how hard it tries. */
export class EffortMeter {
  /** Give it to the agent as a sensor beside its own: it senses nothing, but is told of each decision. */
  readonly ear: Sensor;
  readonly #isNumber: readonly boolean[];
  readonly #meanSquare = new Float64Array(1);

  /** @param onDecision - Told of each decision too. */
  constructor(actuators: readonly Actuator[], onDecision: () => void = () => {}) {
    this.#isNumber = actuators.flatMap(({ labels, branches }) => [
      ...labels.map(() => true),
      ...branches.map(() => false),
    ]);
    this.ear = {
      labels: [],
      read(): void {},
      decided: (values) => {
        this.hear(values);
        onDecision();
      },
      reset: () => {
        this.#meanSquare[0] = 0;
      },
    };
  }

  /** @param values - Each actuator's numbers and then its choices. */
  hear(values: Float32Array): void {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < values.length; i++) {
      if (!this.#isNumber[i]) continue;
      sum += values[i] * values[i];
      count += 1;
    }
    this.#meanSquare[0] = count === 0 ? 0 : sum / count;
  }

  /** Mean square of the numbers in force, in [0, 1]; choices do not count. */
  get meanSquare(): number {
    return this.#meanSquare[0];
  }
}
