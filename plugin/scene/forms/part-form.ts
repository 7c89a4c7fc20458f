import { ACTUATOR_FORMS } from "./actuator-forms.ts";
import type { PartForm } from "./form.ts";
import { SENSOR_FORMS } from "./sensor-forms.ts";

/** Where a part of an agent stands. */
export type PartList = "sensors" | "actuators";

const FORMS: Readonly<Record<PartList, ReadonlyMap<string, PartForm>>> = {
  sensors: new Map(SENSOR_FORMS.map((form) => [form.kind, form])),
  actuators: new Map(ACTUATOR_FORMS.map((form) => [form.kind, form])),
};

/** The form of a kind of sensor or actuator; undefined for a kind that is not built in. */
export function partForm(list: PartList, kind: string): PartForm | undefined {
  return FORMS[list].get(kind);
}
