import type { PartOptions } from "../registry.ts";
import type { PartForm } from "./form.ts";

/**
 * What a new part of a palette begins with. Nodes are left out: somebody has to pick them.
 *
 * @returns A new object that shares nothing with the form.
 */
export function initialOptions(form: PartForm): PartOptions {
  const entries = form.fields
    .filter((field) => field.type !== "node" && (field.optional !== true || field.suggested === true))
    .map((field) => [field.name, structuredClone((field as { readonly initial?: unknown }).initial)] as const);
  return Object.fromEntries(entries);
}
