import type { PartForm } from "./form.ts";
import { ACCELERATION, ONE_DEGREE, PHYSICS, SPEED } from "./shared-fields.ts";

/** What a palette shows of the built-in actuators: one form for each of `ACTUATOR_KINDS`. See `SENSOR_FORMS`. */
export const ACTUATOR_FORMS: readonly PartForm[] = [
  {
    kind: "drive",
    title: "Drive",
    hint: "Forward and backward, as on wheels. Take it together with Turn.",
    fields: [
      SPEED,
      {
        ...SPEED,
        name: "reverse",
        title: "Backwards",
        hint: "Speed backwards; 0 for agents that only go forward. Left out, it is the speed forward.",
        minimum: 0,
        initial: 1.5,
        optional: true,
      },
      ACCELERATION,
      PHYSICS,
    ],
  },
  {
    kind: "turn",
    title: "Turn",
    hint: "To the left and to the right, about the vertical.",
    fields: [
      {
        type: "number",
        name: "radiansPerSecond",
        title: "Rate",
        hint: "How fast it turns at full action.",
        unit: "°/s",
        minimum: 5 * ONE_DEGREE,
        maximum: 720 * ONE_DEGREE,
        step: 5 * ONE_DEGREE,
        initial: 180 * ONE_DEGREE,
      },
      PHYSICS,
    ],
  },
  {
    kind: "movePlane",
    title: "Move",
    hint: "Over the ground in any direction, without turning.",
    fields: [
      SPEED,
      {
        type: "choice",
        name: "frame",
        title: "Directions",
        hint: "Whether the directions are the world's, or turn with the agent.",
        choices: [
          { value: "world", title: "The world's X and Z" },
          { value: "body", title: "The agent's right and forward" },
        ],
        initial: "world",
        optional: true,
      },
      ACCELERATION,
      PHYSICS,
    ],
  },
  {
    kind: "jump",
    title: "Jump",
    hint: "A choice between jumping and not, while it stands on something. Needs a physics body.",
    fields: [
      {
        ...SPEED,
        title: "Take-off speed",
        hint: "Upward speed. The height reached is its square, divided by twice the gravity.",
        initial: 5,
      },
      {
        type: "number",
        name: "groundDistance",
        title: "Origin to ground",
        hint: "From the entity's origin down to the ground on which it stands. Left out, it is measured.",
        unit: "m",
        minimum: 0.05,
        maximum: 10,
        step: 0.05,
        initial: 0.5,
        optional: true,
      },
    ],
  },
];
