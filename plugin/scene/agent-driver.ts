import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { ConfigurationError, EnvironmentError } from "../core/errors.ts";
import { imageSize, observationSize } from "../core/observation-spec.ts";
import type { DecisionBatch, Policy } from "../core/policy.ts";
import type { RoleSpec } from "../core/role-spec.ts";
import { ActionWriter } from "./action-writer.ts";
import type { Actuator } from "./actuator.ts";
import { AgentBody } from "./agent-body.ts";
import { DecisionClock } from "./decision-clock.ts";
import type { Decider, DecisionOrigin } from "./decision-scheduler.ts";
import type { Sensor } from "./sensor.ts";

/** What an `AgentDriver` is made for. */
export interface AgentDriverParts {
  /** Named in messages, e.g. `NeuralController "guard"`. */
  readonly who: string;
  readonly role: RoleSpec;
  readonly sensors: readonly Sensor[];
  readonly actuators: readonly Actuator[];
  /** Seconds from one decision to the next. */
  readonly period: number;
  /** Whether numbers glide from one decision to the next. */
  readonly interpolate: boolean;
  /** Told after each decision. */
  readonly onDecision: () => void;
  /** Told what failed. @returns Whether anybody listened. */
  readonly onError: (error: Error) => boolean;
}

/** One agent's part in a scene's frames: the side of a `NeuralController` that the scheduler sees. */
export class AgentDriver implements Decider {
  policy: Policy | null = null;
  heuristic: ((actions: ActionWriter) => void) | null = null;
  greedy = true;
  paused = false;
  /** Null while there is no node. */
  body: AgentBody | null = null;
  /** The last observation, [observation]. */
  readonly observation: Float32Array;
  /** The last pictures, one after the other, [imageSize]. */
  readonly images: Uint8Array;
  /** The last decision: each actuator's clipped numbers and then its taken choices. */
  readonly decided: Float32Array;
  readonly clock: DecisionClock;
  /** The batch of the last decision, the row in it, and who decided; null where a heuristic did. */
  batch: DecisionBatch;
  row = 0;
  origin: DecisionOrigin | null = null;
  readonly #parts: AgentDriverParts;
  readonly #writer: ActionWriter;
  /** What is written where a heuristic decides: a batch of one. */
  readonly #alone: DecisionBatch;
  /** Whether each of the values glides: numbers do, choices do not. */
  readonly #glides: readonly boolean[];
  readonly #from: Float32Array;
  #enabled = true;
  /** Whether there is a decision to apply. */
  #holds = false;

  constructor(parts: AgentDriverParts) {
    this.#parts = parts;
    this.observation = new Float32Array(observationSize(parts.role.observation));
    this.images = new Uint8Array(imageSize(parts.role.observation));
    this.#glides = parts.actuators.flatMap(({ labels, branches }) => [
      ...labels.map(() => true),
      ...branches.map(() => false),
    ]);
    this.decided = new Float32Array(this.#glides.length);
    this.#from = new Float32Array(this.#glides.length);
    this.#writer = new ActionWriter(parts.role.action, parts.who);
    this.#alone = {
      agents: 1,
      observations: this.observation,
      images: this.images,
      masks: this.#writer.masks,
      actions: this.#writer.actions,
    };
    this.batch = this.#alone;
    this.clock = new DecisionClock(parts.period);
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  set enabled(enabled: boolean) {
    if (enabled === this.#enabled) return;
    this.#enabled = enabled;
    if (!enabled) this.reset();
  }

  get scripted(): boolean {
    return this.heuristic !== null;
  }

  get running(): boolean {
    if (!this.body || !this.#enabled || this.paused) return false;
    return (this.heuristic !== null || this.policy !== null) && this.body.node.isEnabled();
  }

  /** Takes hold of a node. @throws ConfigurationError when the node lacks what a sensor or an actuator needs. */
  attach(node: TransformNode): void {
    const { sensors, actuators, who } = this.#parts;
    const body = new AgentBody(node, sensors, actuators, who);
    try {
      body.prepare();
    } catch (error) {
      body.dispose();
      throw error;
    }
    this.body = body;
    this.#holds = false;
  }

  /** Lets go of the node. */
  detach(): void {
    const { body } = this;
    this.body = null;
    body?.dispose();
  }

  /** Forgets the past and stops. */
  reset(): void {
    this.#holds = false;
    this.decided.fill(0);
    this.body?.reset();
  }

  elapse(seconds: number): boolean {
    return this.clock.elapse(seconds);
  }

  observe(batch: DecisionBatch, row: number): void {
    const { observation, images } = this;
    this.body?.observe(batch, row);
    const observationAt = row * observation.length;
    for (let i = 0; i < observation.length; i++) observation[i] = batch.observations[observationAt + i];
    const pixelAt = row * images.length;
    if (batch.images) for (let i = 0; i < images.length; i++) images[i] = batch.images[pixelAt + i];
  }

  decide(batch: DecisionBatch, row: number, origin: DecisionOrigin | null): void {
    const { body } = this;
    if (!body) return;
    this.batch = batch;
    this.row = row;
    this.origin = origin;
    this.#from.set(body.values);
    body.decide(batch.actions, row);
    this.decided.set(body.values);
    this.#holds = true;
    body.prepare();
    this.#parts.onDecision();
  }

  decideAlone(): void {
    const writer = this.#writer;
    this.body?.observe(this.#alone, 0);
    writer.clear();
    this.heuristic?.(writer);
    writer.finish();
    this.decide(this.#alone, 0, null);
  }

  act(seconds: number): void {
    const { body } = this;
    if (!body || !this.#holds) return;
    if (this.#parts.interpolate) this.#glide(body.values);
    body.act(seconds);
  }

  fail(error: unknown): Error | null {
    const ours = error instanceof EnvironmentError || error instanceof ConfigurationError;
    const told = ours ? error : this.#wrap(error);
    try {
      this.enabled = false;
    } catch {
      // What failed may fail to stop as well; the first error is the one to tell.
    }
    return this.#parts.onError(told) ? null : told;
  }

  #wrap(error: unknown): EnvironmentError {
    const message = error instanceof Error ? error.message : String(error);
    return new EnvironmentError(
      `${this.#parts.who}: needed sensors, actuators and a policy that work, came the error "${message}". Mend what threw it, see its cause.`,
      { cause: error },
    );
  }

  /** Moves the values in force from the last decision's towards this one's; reached when the next is due. */
  #glide(values: Float32Array): void {
    const { progress } = this.clock;
    for (let i = 0; i < values.length; i++) {
      if (this.#glides[i]) values[i] = this.#from[i] + (this.decided[i] - this.#from[i]) * progress;
    }
  }
}
