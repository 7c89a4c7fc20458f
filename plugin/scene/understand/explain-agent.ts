import type { AskedOutput } from "../../compute/input-gradient.ts";
import { createSaliency, findOutput, namedOutputs, type NamedOutput, type Saliency } from "../../compute/saliency.ts";
import { observationLabels } from "../../core/observation-spec.ts";
import type { NeuralController } from "../neural-controller.ts";
import type { Sensor } from "../sensor.ts";
import { PolicyMirror } from "./policy-mirror.ts";

/** What one sensor has to do with a decision. */
export interface SensorShare {
  readonly sensor: Sensor;
  /** Its kind and number, e.g. `"rayFan 0"`; `"sensor 2"` for one of your own. */
  readonly name: string;
  /** Where its observations lie among the agent's. */
  readonly from: number;
  readonly to: number;
  /** Sum of its contributions, in the units of what was asked: above 0 it pushed up. */
  contribution: number;
  /** Its share in the sum of all contributions' sizes, in [0, 1]. */
  share: number;
}

/**
 * Tells why an agent decided as it did at its last decision: how much each observation and each sensor pushed a result up or
 * down. `explanation.update()` when a panel wants it; the same arrays every time. See `Saliency` for signs and units.
 */
export class AgentExplanation {
  readonly controller: NeuralController;
  /** Of the observations, [observation]. */
  readonly labels: readonly string[];
  /** Everything that can be asked about, `"value"` last. */
  readonly outputs: readonly NamedOutput[];
  readonly sensors: readonly SensorShare[];
  /** As in `Saliency`; zeros before the first update, [observation]. */
  readonly gradients: Float32Array;
  readonly contributions: Float32Array;
  readonly #mirror: PolicyMirror<Saliency>;
  #asked: AskedOutput;
  #name: string;

  /** Use `explainAgent`. */
  constructor(controller: NeuralController, asked: string | undefined) {
    this.controller = controller;
    this.labels = observationLabels(controller.role.observation);
    this.outputs = namedOutputs(controller.role);
    this.gradients = new Float32Array(this.labels.length);
    this.contributions = new Float32Array(this.labels.length);
    let at = 0;
    this.sensors = controller.sensors.map((sensor, index): SensorShare => {
      const from = at;
      at += sensor.labels.length;
      return { sensor, name: `${sensor.kind ?? "sensor"} ${index}`, from, to: at, contribution: 0, share: 0 };
    });
    this.#name = asked ?? this.outputs[0].name;
    this.#asked = findOutput(this.outputs, this.#name, `Explanation of "${controller.name}"`);
    this.#mirror = new PolicyMirror(controller, createSaliency);
  }

  /**
   * What is asked about: a name of `outputs`. May be set at any time.
   *
   * @throws ConfigurationError, when set, for a name that none of them has; the old one then stays.
   */
  get asked(): string {
    return this.#name;
  }

  set asked(name: string) {
    this.#asked = findOutput(this.outputs, name, `Explanation of "${this.controller.name}"`);
    this.#name = name;
  }

  /** Why nothing can be explained, e.g. a policy that sees pictures, or null. */
  get failure(): Error | null {
    return this.#mirror.failure;
  }

  /** Settles when the policy that the controller has now can be asked. */
  ready(): Promise<void> {
    return this.#mirror.ready();
  }

  /**
   * Explains the agent's last decision by the policy that it has now.
   *
   * @returns Whether there was a policy that could be asked; nothing is changed where not.
   */
  update(): boolean {
    const saliency = this.#mirror.get();
    if (!saliency) return false;
    saliency.explain(this.controller.observation, this.#asked);
    let total = 0;
    for (let i = 0; i < this.labels.length; i++) {
      this.gradients[i] = saliency.gradients[i];
      this.contributions[i] = saliency.contributions[i];
      total += Math.abs(saliency.contributions[i]);
    }
    for (let s = 0; s < this.sensors.length; s++) {
      const share = this.sensors[s];
      let size = 0;
      share.contribution = 0;
      for (let i = share.from; i < share.to; i++) {
        share.contribution += this.contributions[i];
        size += Math.abs(this.contributions[i]);
      }
      share.share = total > 0 ? size / total : 0;
    }
    return true;
  }

  /** Forgets the policy. May be called twice. */
  dispose(): void {
    this.#mirror.dispose();
  }
}

/**
 * Prepares an agent for being asked why.
 *
 * @param asked - The name of an output, e.g. `"drive"`, `"jump: yes"` or `"value"`. Default the first.
 * @throws ConfigurationError for a name that no output has.
 */
export function explainAgent(controller: NeuralController, asked?: string): AgentExplanation {
  return new AgentExplanation(controller, asked);
}
