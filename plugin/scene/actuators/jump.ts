import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Actuator } from "../actuator.ts";
import { assertNumber } from "../check-option.ts";
import { DEBUG_COLOURS } from "../debug-colours.ts";
import { assertPhysics, bodyOf } from "../physics.ts";
import { Pose } from "../pose.ts";
import type { DebugPen } from "../sensor.ts";
import { Sight } from "../sight.ts";

export interface JumpOptions {
  /** Upward speed at take-off, in scene units a second, above 0. The height reached is speed² / (2 · gravity). */
  readonly speed: number;
  /**
   * From the node's origin straight down to the ground on which it stands, in scene units, above 0. Default: down to the
   * lowest point of its meshes when the agent gets the actuator.
   */
  readonly groundDistance?: number;
}

/** So far above the ground an agent still counts as standing, in scene units. */
const TOLERANCE = 0.1;

/**
 * Lets the agent jump: the choice `"jump"` between `"none"` and `"jump"`, which is masked while it is in the air.
 *
 * Needs a physics body; one ray straight down from the node's origin tells whether it stands on something. Jumps at most
 * once per decision, by setting the body's vertical velocity.
 *
 * @throws ConfigurationError for numbers that cannot work; when given to an agent, for a node without a physics body.
 */
export function jump(options: JumpOptions): Actuator {
  const { speed, groundDistance } = options;
  assertNumber("jump", "speed", speed, { above: 0 }, "Give scene units a second.");
  if (groundDistance !== undefined) {
    assertNumber("jump", "groundDistance", groundDistance, { above: 0 }, "Give scene units from origin to ground.");
  }
  const pose = new Pose();
  const sight = new Sight();
  const below = new Vector3();
  const velocity = new Vector3();
  let reach = 0;
  let wanted = false;

  function stands(node: TransformNode): boolean {
    const { position } = pose.read(node);
    below.set(position.x, position.y - reach, position.z);
    sight.begin(node, position, reach);
    return sight.cast(position, below);
  }

  return {
    kind: "jump",
    options: { ...options },
    labels: [],
    branches: [{ label: "jump", choices: ["none", "jump"] }],
    attach(node: TransformNode): void {
      assertPhysics(node, "required", "jump");
      reach = (groundDistance ?? heightOfOrigin(node)) + TOLERANCE;
    },
    mask(node: TransformNode, mask: Uint8Array, offset: number): void {
      mask[offset + 1] = stands(node) ? 1 : 0;
    },
    decided(_node: TransformNode, values: Float32Array, offset: number): void {
      wanted = values[offset] === 1;
    },
    act(node: TransformNode): void {
      if (!wanted) return;
      wanted = false;
      const body = bodyOf(node);
      if (!body || !stands(node)) return;
      body.getLinearVelocityToRef(velocity);
      body.setLinearVelocity(velocity.set(velocity.x, speed, velocity.z));
    },
    reset(): void {
      wanted = false;
    },
    draw(node: TransformNode, values: Float32Array, offset: number, pen: DebugPen): void {
      if (values[offset] !== 1) return;
      const { position } = pose.read(node);
      pen.line(position, below.set(position.x, position.y + 2, position.z), DEBUG_COLOURS.action);
    },
  };
}

function heightOfOrigin(node: TransformNode): number {
  const lowest = node.getHierarchyBoundingVectors().min.y;
  const height = node.absolutePosition.y - lowest;
  return Math.max(0, Math.min(height, 1e6));
}
