import fc from "fast-check";
import { ACTUATOR_FORMS } from "../../../plugin/scene/forms/actuator-forms.ts";
import type { FormField, PartForm } from "../../../plugin/scene/forms/form.ts";
import { SENSOR_FORMS } from "../../../plugin/scene/forms/sensor-forms.ts";
import type { ControllerDescription } from "../../../plugin/scene/keep/description.ts";
import type { PartDescription } from "../../../plugin/scene/registry.ts";

/** Ids of nodes that descriptions name; some would be no good names of variables. */
export const NODE_IDS = ["ball", "red ball", "7 of 9", "constructor", "drive", "new", 'a"b\\c*/\u2028', "スコア"];

const text = fc.oneof(
  fc.constantFrom("goal", "wall", "*/", "__proto__", "toString"),
  fc.string({ minLength: 1, maxLength: 9 }),
);
const name = text.filter((word) => word.trim() !== "");
const tags = fc.uniqueArray(name, { maxLength: 3 });

/** What an option may be, within what an editor lets people set. */
function option(field: FormField): fc.Arbitrary<unknown> {
  switch (field.type) {
    case "number": {
      const { minimum, maximum, step, whole } = field;
      if (whole === true) return fc.integer({ min: minimum, max: maximum });
      const steps = Math.floor((maximum - minimum) / step);
      return fc.integer({ min: 0, max: steps }).map((count) => minimum + count * step);
    }
    case "bits":
      return fc.integer({ min: 1, max: 255 });
    case "flag":
      return fc.boolean();
    case "choice":
      return fc.constantFrom(...field.choices.map(({ value }) => value));
    case "choices":
      return fc.shuffledSubarray(
        field.choices.map(({ value }) => value),
        { minLength: 1 },
      );
    case "text":
      return name;
    case "tags":
      return field.optional === true ? tags : fc.uniqueArray(name, { minLength: 1, maxLength: 3 });
    case "node":
      return fc.constantFrom(...NODE_IDS);
    case "offset":
      return fc.tuple(...([0, 1, 2] as const).map(() => fc.double({ min: -9, max: 9, noNaN: true })));
    case "cells":
      return fc.tuple(...([0, 1] as const).map(() => fc.integer({ min: 0, max: 4 }).map((half) => 2 * half + 1)));
    case "area":
      return fc.constant([0, 0, 1, 1]);
    case "sensor":
      return fc.oneof(...SENSOR_FORMS.filter(({ kind }) => kind !== "stacked" && kind !== "gridSensor").map(part));
  }
}

/** A part of that form; options that may be left out are there or not. */
function part(form: PartForm): fc.Arbitrary<PartDescription> {
  const needed = form.fields.filter(({ optional }) => optional !== true).map((field) => field.name);
  const options = Object.fromEntries(form.fields.map((field) => [field.name, option(field)]));
  return fc
    .record(options, { requiredKeys: needed, noNullPrototype: true })
    .map((given) => (Object.keys(given).length > 0 ? { kind: form.kind, options: given } : { kind: form.kind }));
}

/** Controllers as an editor could make them. Some repeat a label, which is for whoever makes them to refuse. */
export const arbitraryController: fc.Arbitrary<ControllerDescription> = fc.record(
  {
    name: fc.oneof(name, fc.constantFrom(...NODE_IDS)),
    sensors: fc.uniqueArray(fc.oneof(...SENSOR_FORMS.map(part)), {
      minLength: 1,
      maxLength: 4,
      selector: ({ kind }) => kind,
    }),
    actuators: fc.uniqueArray(fc.oneof(...ACTUATOR_FORMS.filter(({ kind }) => kind !== "jump").map(part)), {
      minLength: 1,
      maxLength: 3,
      selector: ({ kind }) => kind,
    }),
    decisionsPerSecond: fc.integer({ min: 1, max: 60 }),
    interpolate: fc.constant(true),
    greedy: fc.constant(false),
    phase: fc.constantFrom("spread" as const, 0.25, 0.5),
    network: fc.record({
      hidden: fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 4 }),
      activation: fc.constantFrom("tanh" as const, "relu" as const),
      sharedTrunk: fc.boolean(),
    }),
  },
  { requiredKeys: ["name", "sensors", "actuators", "decisionsPerSecond"], noNullPrototype: true },
);
