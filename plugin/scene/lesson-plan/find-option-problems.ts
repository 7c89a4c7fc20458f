import { show } from "../../core/container.ts";
import type { FormField, PartForm } from "../forms/form.ts";
import type { PlanProblem } from "./plan.ts";

/** Tells whether a node of that id is there. */
export type HasNode = (id: string) => boolean;

/**
 * Everything that is wrong with a part's options, as far as its form can tell. Takes anything, however broken.
 *
 * @param place - Of the options in the plan, e.g. `"rewards[1].options"`.
 */
export function findOptionProblems(form: PartForm, options: unknown, place: string, hasNode: HasNode): PlanProblem[] {
  if (options !== undefined && !isRecord(options)) {
    return [
      { place, words: `needed an object, came ${show(options)}. Choose the ${form.title} again.`, severity: "fault" },
    ];
  }
  const given = options ?? {};
  const problems: PlanProblem[] = [];
  for (const field of form.fields) {
    const value = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
    const words = value === undefined ? missing(field) : findFault(field, value, hasNode);
    if (words) problems.push({ place: `${place}.${field.name}`, words, severity: "fault" });
  }
  for (const name of Object.keys(given)) {
    if (form.fields.some((field) => field.name === name)) continue;
    const known = form.fields.map((field) => `"${field.name}"`).join(", ") || "none";
    const words = `needed an option of ${form.title} (${known}), came "${name}". It has no effect: take it out.`;
    problems.push({ place: `${place}.${name}`, words, severity: "doubt" });
  }
  return problems;
}

function missing(field: FormField): string | null {
  if (field.optional === true || field.type !== "node") return null;
  return `needed a node of the scene, came none. Click the node that is meant.`;
}

function findFault(field: FormField, value: unknown, hasNode: HasNode): string | null {
  switch (field.type) {
    case "number":
      return findNumberFault(field, value);
    case "flag":
      return typeof value === "boolean" ? null : `needed true or false, came ${show(value)}. Switch it on or off.`;
    case "text":
      return typeof value === "string" && value !== "" ? null : `needed a text, came ${show(value)}. Write a word.`;
    case "choice": {
      if (field.choices.some((choice) => choice.value === value)) return null;
      const words = field.choices.map((choice) => `"${choice.value}"`).join(" or ");
      return `needed ${words}, came ${show(value)}. Choose one of them.`;
    }
    case "node":
      if (typeof value === "string" && hasNode(value)) return null;
      return `needed the id of a node of the scene, came ${show(value)}. Click the node that is meant.`;
    case "tags":
      if (Array.isArray(value) && value.every((tag) => typeof tag === "string" && tag !== "")) return null;
      return `needed a list of tags, came ${show(value)}. Write e.g. "wall".`;
    case "area":
      return findAreaFault(value);
    default:
      return null;
  }
}

function findNumberFault(field: Extract<FormField, { type: "number" }>, value: unknown): string | null {
  const { above, atLeast, atMost, whole = false, unit } = field;
  const isIn =
    typeof value === "number" &&
    Number.isFinite(value) &&
    (above === undefined || value > above) &&
    (atLeast === undefined || value >= atLeast) &&
    (atMost === undefined || value <= atMost) &&
    (!whole || Number.isInteger(value));
  if (isIn) return null;
  const limits = [
    above === undefined ? "" : ` above ${above}`,
    atLeast === undefined ? "" : ` of at least ${atLeast}`,
    atMost === undefined ? "" : ` of at most ${round(atMost)}`,
  ].join("");
  const of = unit === "" ? "" : unit === "°" ? " in radians" : ` in ${unit}`;
  return `needed a ${whole ? "whole " : ""}number${limits}${of}, came ${show(value)}. Move the slider of "${field.title}".`;
}

function findAreaFault(value: unknown): string | null {
  const isArea = Array.isArray(value) && value.length === 4 && value.every((edge) => Number.isFinite(edge));
  if (!isArea) {
    return `needed a rectangle of 4 numbers (least x, least z, greatest x, greatest z), came ${show(value)}. Draw it again.`;
  }
  const [x0, z0, x1, z1] = value as [number, number, number, number];
  if (x0 <= x1 && z0 <= z1) return null;
  return `needed a rectangle whose least edges come first, came [${value.join(", ")}]. Draw it again.`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Whether it is a plain object as JSON gives it. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
