import type { Scene } from "@babylonjs/core/scene.js";
import { controllersOf, keptControllers, keptLessons, type ControllerDescription } from "../../../plugin/index.ts";
import type { Standing } from "../rules/steps.ts";

/** How far somebody has come in a scene. What cannot be read counts as not there. */
export function standingOf(scene: Scene): Standing {
  const kept = [...scene.meshes, ...scene.transformNodes].flatMap((node) => read(() => keptControllers(node)));
  return {
    hasController: kept.length > 0,
    hasSenses: kept.some(hasSenses),
    hasLesson: read(() => keptLessons(scene)).length > 0,
    hasPolicy: controllersOf(scene).some(({ policy }) => policy !== null),
    isKept: kept.some(({ policy }) => policy !== undefined),
  };
}

function hasSenses({ sensors }: ControllerDescription): boolean {
  return sensors.some(({ kind }) => kind !== "velocity");
}

function read<T>(list: () => readonly T[]): readonly T[] {
  try {
    return list();
  } catch {
    return [];
  }
}
