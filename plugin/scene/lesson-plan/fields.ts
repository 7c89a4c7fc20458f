import type { AreaField, NodeField, NumberField, TagsField } from "../forms/form.ts";

/** The node that a rule is about. */
export const TARGET: NodeField = {
  type: "node",
  name: "target",
  title: "Target",
  hint: "The node that it is about: click it in the scene.",
};

/** How near counts as there. */
export const WITHIN: NumberField = {
  type: "number",
  name: "within",
  title: "Within",
  hint: "How near counts as there, from origin to origin: at least the sum of both radii.",
  unit: "m",
  minimum: 0.1,
  maximum: 10,
  step: 0.1,
  initial: 1.5,
  above: 0,
};

/** What counts as touched. */
export const TOUCH_TAGS: TagsField = {
  type: "tags",
  name: "with",
  title: "Tags",
  hint: "Only things with one of these tags count. Without any, everything does, the floor too.",
  initial: [],
};

/** A rectangle on the ground. */
export const AREA: AreaField = {
  type: "area",
  name: "area",
  title: "Area",
  hint: "Drawn on the ground.",
  initial: [-8, -8, 8, 8],
};
