import type { Behavior } from "@babylonjs/core/Behaviors/behavior.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { Observable, type Observer } from "@babylonjs/core/Misc/observable.js";
import type { Node } from "@babylonjs/core/node.js";
import { ConfigurationError } from "../core/errors.ts";
import { observationLabels, quoteAll } from "../core/observation-spec.ts";
import type { DecisionBatch, Policy } from "../core/policy.ts";
import type { RoleSpec } from "../core/role-spec.ts";
import { assertSameRole } from "../core/same-role.ts";
import type { ActionWriter } from "./action-writer.ts";
import type { Actuator } from "./actuator.ts";
import { deriveRole } from "./agent-body.ts";
import { AgentDriver } from "./agent-driver.ts";
import { assertNumber } from "./check-option.ts";
import { DecisionScheduler, type DecisionOrigin } from "./decision-scheduler.ts";
import type { DebugPen, Sensor } from "./sensor.ts";

/**
 * Decides in place of a policy, by writing actions by name: `actions.set("drive", 1)`. Called once a decision.
 *
 * @param controller - Knows what the agent senses: `controller.observed("target visible")`.
 */
export type Heuristic = (actions: ActionWriter, controller: NeuralController) => void;

export interface NeuralControllerOptions {
  /** At least one; each made for this controller alone. */
  readonly sensors: readonly Sensor[];
  /** At least one; each made for this controller alone. */
  readonly actuators: readonly Actuator[];
  /** How often the agent decides, above 0; not more often than there are frames. Default 10, as in lessons. */
  readonly decisionsPerSecond?: number;
  /** Whether numbers glide from one decision to the next instead of being held. Default false, as in lessons. */
  readonly interpolate?: boolean;
  /** Whether the likeliest action is taken instead of drawing one. Default true. */
  readonly greedy?: boolean;
  /**
   * When in its period the agent decides, from 0 to 1; `"spread"` gives each controller of the scene another place, so
   * that their rays do not all fall into one frame. Default 0: all decide in the same frame, in one batch.
   */
  readonly phase?: number | "spread";
  readonly policy?: Policy;
  readonly heuristic?: Heuristic;
}

/** What happened at one decision. The same object every time: copy what you keep. */
export interface Decision {
  readonly controller: NeuralController;
  /** What the agent sensed, [observation]. */
  readonly observation: Float32Array;
  /** What it will do: each actuator's numbers, in [-1, 1], and then the numbers of its taken choices. */
  readonly values: Float32Array;
  /** Whether a heuristic decided, and not the policy. */
  readonly scripted: boolean;
  /** All that decided together with it: its masks, pictures and unclipped actions are row `row` of these arrays. */
  readonly batch: DecisionBatch;
  readonly row: number;
  /** Which policy decided, and where it stood; null where a heuristic did. */
  readonly origin: DecisionOrigin | null;
}

/**
 * Lets a neural network drive a node of your scene: `mesh.addBehavior(new NeuralController("guard", { … }))`.
 *
 * It senses and decides at a fixed rate, whatever the frame rate, and acts at every frame, before animations and physics.
 * At most one decision falls into a frame; frames longer than a tenth of a second, as after a sleeping tab, count as a
 * tenth, and nothing is caught up. Controllers of a scene that share a policy decide in one batch. Nothing happens until
 * there is a policy or a heuristic, nor while the node is disabled. Nothing allocates from frame to frame. Disposing of
 * the node disposes of the controller; policies belong to you.
 */
export class NeuralController implements Behavior<TransformNode> {
  readonly name: string;
  /** What a policy for this controller must have been taught with. */
  readonly role: RoleSpec;
  readonly decisionsPerSecond: number;
  /** In the order of their labels in the role. */
  readonly sensors: readonly Sensor[];
  readonly actuators: readonly Actuator[];
  /** Whether numbers glide from one decision to the next. */
  readonly interpolate: boolean;
  /** When in its period it decides: a share of the period, or `"spread"`. */
  readonly phase: number | "spread";
  /** Told after every decision, before it is applied. */
  readonly onDecisionObservable = new Observable<Decision>();
  /**
   * Told when a sensor, an actuator, the policy or the heuristic failed, e.g. gave NaN; the controller is disabled then,
   * and others go on. When nobody listens, the error is thrown once, out of `scene.render()`.
   */
  readonly onErrorObservable = new Observable<Error>();

  readonly #who: string;
  readonly #labels: readonly string[];
  readonly #driver: AgentDriver;
  readonly #decision: { -readonly [Key in keyof Decision]: Decision[Key] };
  #heuristic: Heuristic | null = null;
  #disposal: Observer<Node> | null = null;
  #disposed = false;

  /**
   * @throws ConfigurationError for no sensors or actuators, repeated labels, or a rate that is not above 0;
   * PolicyMismatchError for a policy with other labels.
   */
  constructor(name: string, options: NeuralControllerOptions) {
    const { sensors, actuators, decisionsPerSecond = 10, interpolate = false, greedy = true, phase = 0 } = options;
    const who = `NeuralController "${name}"`;
    const rateAdvice = "Say how often the agent decides.";
    assertNumber(who, "decisionsPerSecond", decisionsPerSecond, { above: 0 }, rateAdvice);
    if (phase !== "spread") {
      assertNumber(who, "phase", phase, { atLeast: 0, atMost: 1 }, 'Give a share of the period, or "spread".');
    }
    this.name = name;
    this.role = deriveRole(sensors, actuators, who);
    this.decisionsPerSecond = decisionsPerSecond;
    this.sensors = sensors;
    this.actuators = actuators;
    this.interpolate = interpolate;
    this.phase = phase;
    this.#who = who;
    this.#labels = observationLabels(this.role.observation);
    this.#driver = new AgentDriver({
      who,
      role: this.role,
      sensors,
      actuators,
      period: 1 / decisionsPerSecond,
      interpolate,
      onDecision: () => this.#tellDecision(),
      onError: (error) => this.#tellError(error),
    });
    this.#decision = {
      controller: this,
      observation: this.#driver.observation,
      values: this.#driver.decided,
      scripted: false,
      batch: this.#driver.batch,
      row: 0,
      origin: null,
    };
    this.greedy = greedy;
    this.policy = options.policy ?? null;
    this.heuristic = options.heuristic ?? null;
  }

  /** The node that it drives, or null. */
  get attachedNode(): TransformNode | null {
    return this.#driver.body?.node ?? null;
  }

  /**
   * The policy that decides, or null. May be replaced at any time; the next decision is the new one's.
   *
   * @throws PolicyMismatchError when it was taught with other sensors or actuators; the old one then stays.
   */
  get policy(): Policy | null {
    return this.#driver.policy;
  }

  set policy(policy: Policy | null) {
    if (policy) assertSameRole(policy.role, this.role, this.#who);
    this.#driver.policy = policy;
  }

  /** A player's or a script's control, which decides instead of the policy while it is set. May change at any time. */
  get heuristic(): Heuristic | null {
    return this.#heuristic;
  }

  set heuristic(heuristic: Heuristic | null) {
    this.#heuristic = heuristic;
    this.#driver.heuristic = heuristic ? (actions) => heuristic(actions, this) : null;
  }

  /** Whether the likeliest action is taken instead of drawing one. May change at any time. */
  get greedy(): boolean {
    return this.#driver.greedy;
  }

  set greedy(greedy: boolean) {
    this.#driver.greedy = greedy;
  }

  /** While false, the agent neither senses nor acts; switching it off also stops what its actuators are doing. */
  get enabled(): boolean {
    return this.#driver.enabled;
  }

  set enabled(enabled: boolean) {
    this.#driver.enabled = enabled;
  }

  /** While true, nothing is sensed, decided or applied, and no time passes; then it goes on where it was. */
  get paused(): boolean {
    return this.#driver.paused;
  }

  set paused(paused: boolean) {
    this.#driver.paused = paused;
  }

  /** What was sensed at the last decision, [observation]. Do not write to it. */
  get observation(): Float32Array {
    return this.#driver.observation;
  }

  /** The pictures of the last decision, one after the other, [imageSize]. Do not write to it. */
  get images(): Uint8Array {
    return this.#driver.images;
  }

  /** What was decided last: each actuator's numbers, in [-1, 1], and then its taken choices. Do not write to it. */
  get values(): Float32Array {
    return this.#driver.decided;
  }

  /**
   * What was sensed under a label at the last decision, 0 before the first.
   *
   * @throws ConfigurationError for a label that none of the sensors has.
   */
  observed(label: string): number {
    const index = this.#labels.indexOf(label);
    if (index >= 0) return this.observation[index];
    throw new ConfigurationError(
      `${this.#who}: needed a label of its sensors, came "${label}". Use one of: ${quoteAll(this.#labels)}.`,
    );
  }

  /** Part of Babylon's `Behavior`; there is nothing to do before it is attached. */
  init(): void {}

  /**
   * Called by `node.addBehavior(controller)`.
   *
   * @throws ConfigurationError when it drives a node already, was disposed, or the node lacks what a sensor or an
   * actuator needs.
   */
  attach(node: TransformNode): void {
    if (this.#disposed) {
      throw new ConfigurationError(`${this.#who}: needed a controller in use, came a disposed one. Make a new one.`);
    }
    const driven = this.attachedNode;
    if (driven) {
      throw new ConfigurationError(
        `${this.#who}: needed a free controller, came one that drives "${driven.name}". Make one for each node.`,
      );
    }
    this.#driver.attach(node);
    const scheduler = DecisionScheduler.of(node.getScene());
    this.#driver.clock.restart(this.phase === "spread" ? scheduler.nextPhase() : this.phase);
    scheduler.add(this.#driver);
    this.#disposal = node.onDisposeObservable.add(() => this.dispose());
  }

  /** Called by `node.removeBehavior(controller)`; stops the actuators. It can be added to a node again. */
  detach(): void {
    const node = this.attachedNode;
    if (!node) return;
    DecisionScheduler.of(node.getScene()).remove(this.#driver);
    // Deferred: Babylon.js 9.35 passes over the next observer when one leaves in the middle of a round.
    this.#disposal?.remove(true);
    this.#disposal = null;
    this.#driver.detach();
  }

  /** Forgets the past and stops, e.g. when your game starts a new round. */
  reset(): void {
    this.#driver.reset();
  }

  /** Draws what was last sensed and what is being done; `DebugView` calls it. */
  draw(pen: DebugPen): void {
    this.#driver.body?.draw(pen);
  }

  /** Whether `dispose` was called, or its node was disposed of. */
  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Leaves its node and its listeners. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.attachedNode?.removeBehavior(this);
    this.detach();
    this.onDecisionObservable.clear();
    this.onErrorObservable.clear();
  }

  #tellDecision(): void {
    const { origin, batch, row } = this.#driver;
    this.#decision.scripted = origin === null;
    this.#decision.origin = origin;
    this.#decision.batch = batch;
    this.#decision.row = row;
    this.onDecisionObservable.notifyObservers(this.#decision);
  }

  #tellError(error: Error): boolean {
    if (!this.onErrorObservable.hasObservers()) return false;
    this.onErrorObservable.notifyObservers(error);
    return true;
  }
}
