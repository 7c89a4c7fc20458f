import type { DiscreteBranch } from "../core/action-spec.ts";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { DebugPen } from "./sensor.ts";

/**
 * Turns numbers that a policy decided into motion.
 *
 * Your own takes six lines: `{ labels: ["glow"], branches: [], act: (node, values, offset) => { … } }`.
 */
export interface Actuator {
  /** One name per continuous action; its values are clipped to [-1, 1] before they come. */
  readonly labels: readonly string[];
  /** Choices; their values are whole numbers, the index of the taken alternative. */
  readonly branches: readonly DiscreteBranch[];
  /** Name in the registry of built-in actuators, e.g. `"drive"`. */
  readonly kind?: string;
  /** What the built-in was made with, as plain JSON. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Told once about each decision, before it is applied: for what happens once and not for as long as it holds. */
  decided?(node: TransformNode, values: Float32Array, offset: number): void;
  /**
   * Applies the decided values. Called at every frame or physics step while the decision holds; must not allocate.
   *
   * @param values - Continuous values from `offset` on, then the taken choices.
   * @param offset - Where this actuator's values begin.
   * @param seconds - Time since the last call.
   */
  act(node: TransformNode, values: Float32Array, offset: number, seconds: number): void;
  /**
   * Writes 1 where an alternative may be taken now, else 0, from `mask[offset]` on; all are 1 before the call. Only for
   * actuators with branches; each branch keeps at least one.
   */
  mask?(node: TransformNode, mask: Uint8Array, offset: number): void;
  /** Called once, when the agent gets it. @throws ConfigurationError when the node lacks what the actuator needs. */
  attach?(node: TransformNode): void;
  /** Stops what is going on, at the start of an episode and when the agent loses its controller. */
  reset?(node: TransformNode): void;
  /** Draws what it is doing, for the debug view. */
  draw?(node: TransformNode, values: Float32Array, offset: number, pen: DebugPen): void;
  /** May be called twice. */
  dispose?(): void;
}
