import type { Scene } from "@babylonjs/core/scene.js";

const KEY = "golem-yard studio";

/** What was made in a scene: the `metadata` of the scene and of its meshes, by name. */
interface Work {
  readonly scene: unknown;
  readonly meshes: Readonly<Record<string, unknown>>;
}

/** Puts what was made on an earlier visit back into the scene's `metadata`; anything odd is left out. */
export function recallWork(scene: Scene): void {
  const work = readWork();
  if (!work) return;
  scene.metadata = work.scene;
  for (const mesh of scene.meshes) {
    if (Object.hasOwn(work.meshes, mesh.name)) mesh.metadata = work.meshes[mesh.name];
  }
}

/** Notes what was made, for the next visit. @param before - What was noted last. @returns What is noted now. */
export function noteWork(scene: Scene, before: string): string {
  const made = scene.meshes.filter(({ metadata }) => Boolean(metadata));
  const work: Work = {
    scene: scene.metadata as unknown,
    meshes: Object.fromEntries(made.map((mesh) => [mesh.name, mesh.metadata as unknown])),
  };
  const now = JSON.stringify(work);
  if (now === before) return before;
  try {
    localStorage.setItem(KEY, now);
  } catch {
    // Storage is denied or full: the next visit begins with an empty scene.
  }
  return now;
}

/** The next visit begins with an empty scene. */
export function forgetWork(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Storage is denied: nothing was noted.
  }
}

function readWork(): Work | null {
  try {
    const work = JSON.parse(localStorage.getItem(KEY) ?? "null") as Partial<Work> | null;
    if (typeof work?.meshes !== "object" || work.meshes === null) return null;
    return { scene: work.scene ?? null, meshes: work.meshes };
  } catch {
    return null;
  }
}
