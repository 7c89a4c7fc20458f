import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { choiceCount, type ActionSpec, type DiscreteBranch } from "../core/action-spec.ts";
import { ConfigurationError, EnvironmentError } from "../core/errors.ts";
import type { ActionBatch } from "../core/environment.ts";
import { imageSize, observationSpec, pictureSize } from "../core/observation-spec.ts";
import type { DecisionBatch } from "../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../core/role-spec.ts";
import type { Actuator } from "./actuator.ts";
import type { DebugPen, Sensor } from "./sensor.ts";

/** Where observations and masks are written: a row for each agent. */
export type Sights = Pick<DecisionBatch, "observations" | "images" | "masks">;

/** Sensors and actuators that some agent has: they may remember things, so that two agents must not share them. */
const taken = new WeakMap<object, string>();

/**
 * One agent's sensors and actuators, joined: reads a whole observation, applies a whole action.
 *
 * Controllers on the page and environments for teaching both drive agents through this class, so that an agent senses
 * and moves in the game exactly as it did when it learned. Nothing allocates after construction.
 */
export class AgentBody {
  readonly node: TransformNode;
  readonly sensors: readonly Sensor[];
  readonly actuators: readonly Actuator[];
  readonly role: RoleSpec;
  /** The values in force: each actuator's continuous values and then its choices. */
  readonly values: Float32Array;
  readonly #who: string;
  readonly #labels: readonly string[];
  readonly #pixels: number;
  readonly #choices: number;
  #disposed = false;

  /**
   * @param who - Named in messages, e.g. `NeuralController "guard"`.
   * @throws ConfigurationError for no sensors, no actuators, repeated labels, parts that another agent has, or a node
   * that lacks what one of them needs.
   */
  constructor(node: TransformNode, sensors: readonly Sensor[], actuators: readonly Actuator[], who: string) {
    this.node = node;
    this.sensors = sensors;
    this.actuators = actuators;
    this.#who = who;
    this.role = deriveRole(sensors, actuators, who);
    this.#labels = sensors.flatMap((sensor) => sensor.labels);
    this.#pixels = imageSize(this.role.observation);
    this.#choices = choiceCount(this.role.action);
    let size = 0;
    for (const actuator of actuators) size += actuator.labels.length + actuator.branches.length;
    this.values = new Float32Array(size);
    assertFree(sensors, "sensor", who);
    assertFree(actuators, "actuator", who);
    attachAll([...sensors, ...actuators], node, who);
  }

  /** Forgets the past, at the start of an episode. */
  reset(): void {
    this.values.fill(0);
    for (const sensor of this.sensors) sensor.reset?.(this.node);
    for (const actuator of this.actuators) actuator.reset?.(this.node);
  }

  /** Tells slow sensors to begin. One decision before `observe`. */
  prepare(): void {
    for (const sensor of this.sensors) sensor.prepare?.(this.node);
  }

  /**
   * Writes row `row` of the observations, pictures and masks.
   *
   * @throws EnvironmentError naming the label of a value that is not a finite number.
   */
  observe({ observations, images, masks }: Sights, row: number): void {
    const offset = row * this.#labels.length;
    let at = offset;
    let pixel = row * this.#pixels;
    for (const sensor of this.sensors) {
      sensor.read(this.node, observations, at);
      at += sensor.labels.length;
      if (!sensor.image || !images) continue;
      sensor.readImage!(this.node, images, pixel);
      pixel += pictureSize(sensor.image);
    }
    for (let i = offset; i < at; i++) {
      if (!Number.isFinite(observations[i])) {
        throw new EnvironmentError(
          `${this.#who}: the observation "${this.#labels[i - offset]}" needs a finite number, came ${observations[i]}. Mend that sensor.`,
          { symptom: { rule: "not-a-number", kind: "observation", about: this.#labels[i - offset] } },
        );
      }
    }
    let maskAt = row * this.#choices;
    for (const actuator of this.actuators) {
      let width = 0;
      for (const branch of actuator.branches) width += branch.choices.length;
      if (width === 0) continue;
      masks.fill(1, maskAt, maskAt + width);
      actuator.mask?.(this.node, masks, maskAt);
      maskAt += width;
    }
  }

  /**
   * Takes over row `row` of decided actions, clipped to [-1, 1].
   *
   * @throws EnvironmentError naming the label of an action that is not a number.
   */
  decide(actions: ActionBatch, row: number): void {
    let continuous = row * this.role.action.continuous.length;
    let discrete = row * this.role.action.discrete.length;
    let at = 0;
    for (const actuator of this.actuators) {
      for (let i = 0; i < actuator.labels.length; i++) {
        const value = actions.continuous[continuous++];
        if (Number.isNaN(value)) throw this.#badAction(actuator.labels[i]);
        this.values[at++] = Math.min(1, Math.max(-1, value));
      }
      for (let i = 0; i < actuator.branches.length; i++) this.values[at++] = actions.discrete[discrete++]!;
    }
    at = 0;
    for (const actuator of this.actuators) {
      actuator.decided?.(this.node, this.values, at);
      at += actuator.labels.length + actuator.branches.length;
    }
    for (const sensor of this.sensors) sensor.decided?.(this.values);
  }

  #badAction(label: string): EnvironmentError {
    return new EnvironmentError(
      `${this.#who}: the action "${label}" needs a number, came NaN. Whatever decides is broken: mend it, or load another policy.`,
    );
  }

  /** Applies the values in force for `seconds`, then tells the sensors that measure time. */
  act(seconds: number): void {
    let at = 0;
    for (const actuator of this.actuators) {
      actuator.act(this.node, this.values, at, seconds);
      at += actuator.labels.length + actuator.branches.length;
    }
    for (const sensor of this.sensors) sensor.tick?.(this.node, seconds);
  }

  /** Draws what was last sensed and what is being done. */
  draw(pen: DebugPen): void {
    for (const sensor of this.sensors) sensor.draw?.(this.node, pen);
    let at = 0;
    for (const actuator of this.actuators) {
      actuator.draw?.(this.node, this.values, at, pen);
      at += actuator.labels.length + actuator.branches.length;
    }
  }

  /** Lets go of the node, and of its sensors and actuators. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const part of [...this.sensors, ...this.actuators]) taken.delete(part);
    for (const actuator of this.actuators) {
      actuator.reset?.(this.node);
      actuator.dispose?.();
    }
    for (const sensor of this.sensors) sensor.dispose?.();
  }
}

/** Refuses stateful parts that belong to another agent; parts without any hook may be shared. */
function assertFree(parts: readonly (Sensor | Actuator)[], what: string, who: string): void {
  parts.forEach((part, index) => {
    const owner = taken.get(part);
    const remembers = part.attach ?? part.reset ?? part.decided ?? part.dispose;
    if (owner === undefined || remembers === undefined) return;
    const name = part.kind === undefined ? "" : ` (${part.kind})`;
    throw new ConfigurationError(
      `${who}: needed a free ${what} ${index}${name}, came one that belongs to ${owner}. Make new sensors and actuators for each agent.`,
    );
  });
}

/** Attaches every part; when one refuses, lets go of those before it. */
function attachAll(parts: readonly (Sensor | Actuator)[], node: TransformNode, who: string): void {
  let count = 0;
  try {
    for (const part of parts) {
      part.attach?.(node);
      taken.set(part, who);
      count += 1;
    }
  } catch (error) {
    for (const part of parts.slice(0, count)) {
      taken.delete(part);
      part.dispose?.();
    }
    throw error;
  }
}

/** Derives a role's spec from the labels of its sensors and actuators. */
export function deriveRole(sensors: readonly Sensor[], actuators: readonly Actuator[], who: string): RoleSpec {
  const discrete: DiscreteBranch[] = actuators.flatMap((actuator) => [...actuator.branches]);
  const action: ActionSpec = { continuous: actuators.flatMap((actuator) => [...actuator.labels]), discrete };
  const labels = sensors.flatMap((sensor) => [...sensor.labels]);
  const unbounded = sensors.flatMap((sensor) => [...(sensor.unbounded ?? [])]);
  const images = sensors.flatMap(({ image }) => (image ? [image] : []));
  const role = { observation: observationSpec({ labels, unbounded, images }), action };
  assertRoleSpec(role, who);
  for (const { image, readImage } of sensors) {
    if (!image || readImage) continue;
    throw new ConfigurationError(
      `${who}: the sensor of the picture "${image.label}" needs a function readImage, came none. Write the bytes there.`,
    );
  }
  return role;
}
