import type { BitsField, ChoiceField, NodeField, NumberField, OffsetField, TagsField, TextField } from "./form.ts";

/** A whole turn in radians: the most that an opening can have. */
export const WHOLE_TURN = 2 * Math.PI;

/** One degree in radians: the step of every slider of angles. */
export const ONE_DEGREE = Math.PI / 180;

/** How many rays a sensor has. */
export const RAYS: NumberField = {
  type: "number",
  name: "rays",
  title: "Rays",
  hint: "More rays miss less and cost more: about 6 µs each at every decision.",
  unit: "",
  minimum: 1,
  maximum: 64,
  step: 1,
  initial: 9,
  whole: true,
};

/** How far rays reach. */
export const RANGE: NumberField = {
  type: "number",
  name: "range",
  title: "Range",
  hint: "How far the rays reach. What lies beyond is not felt.",
  unit: "m",
  minimum: 0.5,
  maximum: 100,
  step: 0.5,
  initial: 12,
};

/** What rays tell apart. */
export const SEES: TagsField = {
  type: "tags",
  name: "sees",
  title: "Tells apart",
  hint: "Tags of things that each ray tells apart. Without any it only tells how far away something is.",
  initial: [],
  optional: true,
};

/** Which collision groups are felt. */
export const COLLIDE_WITH: BitsField = {
  type: "bits",
  name: "collideWith",
  title: "Collision groups",
  hint: "With physics: which collision groups count. Left out, all do.",
  initial: 1,
  optional: true,
};

/** Where a sensor begins. */
export const ORIGIN: OffsetField = {
  type: "offset",
  name: "origin",
  title: "Looks from",
  hint: "The place from which it looks, to the right of, above and ahead of the entity's origin.",
  initial: [0, 0, 0],
  optional: true,
};

/** Which node is meant. */
export const TARGET: NodeField = {
  type: "node",
  name: "target",
  title: "Target",
  hint: "Click the thing in the scene that is meant.",
};

/** How the labels of a target begin. */
export const LABEL: TextField = {
  type: "text",
  name: "label",
  title: "Name",
  hint: "Begins the names of its numbers. Needed when an agent has several of these.",
  initial: "target",
  optional: true,
};

/** Whether an actuator moves a body. */
export const PHYSICS: ChoiceField = {
  type: "choice",
  name: "physics",
  title: "Physics",
  hint: "Whether the physics body is moved, or the entity itself.",
  choices: [
    { value: "auto", title: "The body, if there is one" },
    { value: "required", title: "The body, which must be there" },
    { value: "off", title: "The entity itself" },
  ],
  initial: "auto",
  optional: true,
};

/** How fast an actuator moves. */
export const SPEED: NumberField = {
  type: "number",
  name: "speed",
  title: "Speed",
  hint: "At full action.",
  unit: "m/s",
  minimum: 0.1,
  maximum: 30,
  step: 0.1,
  initial: 3,
};

/** How fast an actuator changes its speed. */
export const ACCELERATION: NumberField = {
  type: "number",
  name: "acceleration",
  title: "Acceleration",
  hint: "How fast the speed changes. Left out, it changes at once.",
  unit: "m/s²",
  minimum: 0.5,
  maximum: 100,
  step: 0.5,
  initial: 10,
  optional: true,
};
