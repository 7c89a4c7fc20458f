import { afterEach, describe, expect, it } from "vitest";
import { ACTUATOR_FORMS } from "../../../plugin/scene/forms/actuator-forms.ts";
import type { NumberField, PartForm } from "../../../plugin/scene/forms/form.ts";
import { initialOptions } from "../../../plugin/scene/forms/initial-options.ts";
import { SENSOR_FORMS } from "../../../plugin/scene/forms/sensor-forms.ts";
import { createParts } from "../../../plugin/scene/keep/create-parts.ts";
import { ACTUATOR_KINDS, SENSOR_KINDS, type PartOptions } from "../../../plugin/scene/registry.ts";
import { createTestWorld, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

/** What an editor would make of a form, once somebody has picked the target. */
function filled(form: PartForm): PartOptions {
  const nodes = form.fields.filter(({ type }) => type === "node").map(({ name }) => [name, "ball"]);
  return { ...initialOptions(form), ...(Object.fromEntries(nodes) as PartOptions) };
}

/** The labels that parts of that form give, made as a scene makes them. */
async function make(form: PartForm, options: PartOptions): Promise<readonly unknown[]> {
  world ??= await createTestWorld();
  if (!world.scene.getNodeById("ball")) world.node("ball");
  const part = { kind: form.kind, options };
  const drive = { kind: "drive", options: { speed: 1 } };
  const parts = SENSOR_FORMS.includes(form)
    ? createParts({ sensors: [part], actuators: [drive] }, world.scene, "test").sensors
    : createParts({ sensors: [], actuators: [part] }, world.scene, "test").actuators;
  return parts.flatMap((made) => [
    ...made.labels,
    ...("branches" in made ? made.branches : []),
    ...("image" in made ? [made.image] : []),
  ]);
}

describe("The forms", () => {
  it("are there for every built-in kind, and for nothing else", () => {
    expect(SENSOR_FORMS.map(({ kind }) => kind)).toEqual(SENSOR_KINDS);
    expect(ACTUATOR_FORMS.map(({ kind }) => kind)).toEqual(ACTUATOR_KINDS);
  });

  it.each([...SENSOR_FORMS, ...ACTUATOR_FORMS])("begin with options that work: $kind", async (form) => {
    expect((await make(form, filled(form))).length).toBeGreaterThan(0);
  });

  it.each([...SENSOR_FORMS, ...ACTUATOR_FORMS])(
    "have sliders whose ends, and every option's beginning, work: $kind",
    async (form) => {
      for (const field of form.fields) {
        if (field.type === "node") continue;
        const values = field.type === "number" ? [field.minimum, field.maximum, field.initial] : [field.initial];
        for (const value of values) {
          await expect(
            make(form, { ...filled(form), [field.name]: value }),
            `${field.name}: ${JSON.stringify(value)}`,
          ).resolves.not.toHaveLength(0);
        }
      }
    },
  );

  it("are in plain words: every field has a title and a hint that is a sentence", () => {
    for (const { kind, title, hint, fields } of [...SENSOR_FORMS, ...ACTUATOR_FORMS]) {
      for (const part of [{ title, hint }, ...fields]) {
        expect(part.title, kind).toMatch(/^[A-Z]/);
        expect(part.hint, kind).toMatch(/^[A-Z].*\.$/);
      }
    }
  });

  it("begin on their sliders, a step from the end", () => {
    const numbers = [...SENSOR_FORMS, ...ACTUATOR_FORMS].flatMap(({ fields }) =>
      fields.filter((field): field is NumberField => field.type === "number"),
    );
    for (const { name, minimum, maximum, initial, step } of numbers) {
      expect(initial, name).toBeGreaterThanOrEqual(minimum);
      expect(initial, name).toBeLessThanOrEqual(maximum);
      expect(step, name).toBeLessThanOrEqual((maximum - minimum) / 10);
    }
  });
});

describe("initialOptions", () => {
  it("takes what is needed and what is suggested, and leaves nodes and the rest out", () => {
    const form = SENSOR_FORMS.find(({ kind }) => kind === "directionTo")!;
    expect(initialOptions(form)).toEqual({ maximum: 20 });
  });

  it("shares nothing with the form", () => {
    const form = SENSOR_FORMS.find(({ kind }) => kind === "gridSensor")!;
    const options = initialOptions(form) as { sees: string[] };
    options.sees.push("goal");
    expect(initialOptions(form)["sees"]).toEqual(["wall"]);
  });
});
