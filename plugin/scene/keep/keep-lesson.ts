import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../../core/errors.ts";
import { UntrustedField } from "../../core/untrusted-field.ts";
import type { LessonPlan } from "../lesson-plan/plan.ts";
import { listIn, ownValue, readBlock, writeList } from "./keepsake.ts";
import { KEEPSAKE_WORDING } from "./read-controller.ts";
import { readText } from "./read-part.ts";

/**
 * Writes a lesson plan into the scene's `metadata`, where scene files keep it; one of the same name is replaced, and everything
 * else stays. Plans with faults are kept too, since people do not finish everything at once: `checkPlan` tells.
 *
 * @throws ConfigurationError for what is no plan, or metadata that cannot hold it; nothing has changed then.
 */
export function keepLesson(scene: Scene, plan: LessonPlan): void {
  const kept = readLesson(plan, "lesson");
  const entries = [...listIn(scene, readBlock(scene), "lessons")];
  const index = entries.findIndex((entry) => ownValue(entry, "name") === kept.name);
  if (index >= 0) entries[index] = kept;
  else entries.push(kept);
  writeList(scene, "lessons", entries);
}

/** @returns Whether the scene kept a lesson of that name. @throws ConfigurationError for a block that cannot be read. */
export function forgetLesson(scene: Scene, name: string): boolean {
  const entries = listIn(scene, readBlock(scene), "lessons");
  const others = entries.filter((entry) => ownValue(entry, "name") !== name);
  if (others.length === entries.length) return false;
  writeList(scene, "lessons", others);
  return true;
}

/**
 * The lesson plans that a scene keeps, in order; after glTF, once `restoreControllers` has run. What their terms and rules say is
 * not checked here: `checkPlan` does.
 *
 * @throws ConfigurationError for a block that cannot be read, or an entry that is no plan.
 */
export function keptLessons(scene: Scene): readonly LessonPlan[] {
  return listIn(scene, readBlock(scene), "lessons").map((entry, index) => readLesson(entry, `lessons[${index}]`));
}

/**
 * Checks that something has the form of a plan.
 *
 * @returns A copy.
 * @throws ConfigurationError naming the place of what has not.
 */
export function readLesson(value: unknown, place: string, who = "Scene"): LessonPlan {
  const field = new UntrustedField(value, place, who, {
    ...KEEPSAKE_WORDING,
    advice: "Correct it, or remove it and keep the lesson again.",
    error: (message) => new ConfigurationError(message),
  });
  const version = field.get("version").number();
  if (version !== 1) field.get("version").fail("version 1");
  if (readText(field.get("name")).trim() === "") field.get("name").fail("a name");
  readText(field.get("node"));
  readText(field.get("controller"));
  for (const list of ["rewards", "ends", "resets"]) for (const item of field.get(list).list()) item.get("kind").text();
  try {
    return JSON.parse(JSON.stringify(value)) as LessonPlan;
  } catch {
    return field.fail("plain JSON that is not nested too deeply");
  }
}
