import type { Material } from "@babylonjs/core/Materials/material.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { Node } from "@babylonjs/core/node.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { METADATA_KEY, METADATA_VERSION } from "./description.ts";
import { readLesson } from "./keep-lesson.ts";
import { listIn, nameKeeper, ownValue, readBlock, writeList, type KeepsakeBlock } from "./keepsake.ts";

/** Where painting keeps a recipe in a material's metadata; see `paintMaterial`. */
const RECIPE_KEY = "textureRecipe";
/** Under that name a node keeps its material's recipe on its way through glTF. */
const MATERIAL = "material";

/** No more ids are given back for one node: more than anybody names in lessons and controllers. */
const MOST_IDS = 4096;

/**
 * Writes glTF so that what the scene keeps travels along, in the nodes' extras:
 * `await withGltfExtras(scene, () => GLTF2Export.GLBAsync(scene, "yard"))`.
 *
 * Controllers, lessons and recipes of painted materials; and the ids of the nodes that they name, since glTF keeps none. Load the
 * file with `@babylonjs/loaders/glTF/2.0` and its extension `ExtrasAsMetadata`, then call `restoreControllers`. Do not change
 * metadata while it writes: the nodes have other objects then.
 *
 * @returns What `write` gives.
 * @throws what `write` throws; the metadata is as before.
 */
export async function withGltfExtras<T>(scene: Scene, write: () => Promise<T>): Promise<T> {
  const changed: { readonly node: Node; readonly before: unknown; readonly during: object }[] = [];
  try {
    for (const node of allNodes(scene)) {
      const block = blockForGltf(node, scene);
      if (!block) continue;
      const before = node.metadata as unknown;
      const during = withExtras(before, block);
      node.metadata = during;
      changed.push({ node, before, during });
    }
    return await write();
  } finally {
    for (const { node, before, during } of changed) if (node.metadata === during) node.metadata = before;
  }
}

/** What a node has to take along, or null. A block that cannot be read travels as it is. */
function blockForGltf(node: Node, scene: Scene): object | null {
  let block: KeepsakeBlock | null;
  try {
    block = readBlock(node);
  } catch {
    return ownValue(node.metadata, METADATA_KEY) as object;
  }
  const lessons = readLessons(scene).filter((lesson) => ownValue(lesson, "node") === node.id);
  const recipe = ownValue(materialOf(node)?.metadata, RECIPE_KEY);
  if (!block && lessons.length === 0 && recipe === undefined) return null;
  const full = {
    version: METADATA_VERSION,
    ...block,
    ...(lessons.length > 0 && { lessons }),
    ...(recipe !== undefined && { paint: { ...(block?.["paint"] as object | undefined), [MATERIAL]: recipe } }),
  };
  const ids = renamedNodes({ controllers: ownValue(block, "controllers"), lessons, self: node.id }, scene);
  return ids.length > 0 ? { ...full, ids } : full;
}

function readLessons(scene: Scene): readonly unknown[] {
  try {
    return listIn(scene, readBlock(scene), "lessons");
  } catch {
    return [];
  }
}

/** Every id of a node that stands in there and is not that node's name, with the name. */
function renamedNodes(kept: object, scene: Scene): [id: string, name: string][] {
  const names = new Map(allNodes(scene).map(({ id, name }) => [id, name]));
  const found = new Map<string, string>();
  try {
    JSON.stringify(kept, (_key, value: unknown) => {
      const name = typeof value === "string" ? names.get(value) : undefined;
      if (name !== undefined && name !== value) found.set(value as string, name);
      return value;
    });
  } catch {
    // Nested too deeply to be anything of ours; what was found until then is right.
  }
  return [...found];
}

function withExtras(metadata: unknown, block: object): object {
  const gltf = ownValue(metadata, "gltf") as object | undefined;
  const extras = ownValue(gltf, "extras") as object | undefined;
  return { ...(metadata as object | null), gltf: { ...gltf, extras: { ...extras, [METADATA_KEY]: block } } };
}

/**
 * Puts right what glTF has moved or lost: gives nodes their ids back, and puts lessons and recipes to where they belong.
 *
 * @param onError - Told of what a node holds that cannot be read.
 * @returns What was done, one line each.
 */
export function settleGltf(scene: Scene, onError: OnError): string[] {
  const notes: string[] = [];
  for (const node of allNodes(scene)) {
    try {
      const block = ownValue(ownValue(ownValue(node.metadata, "gltf"), "extras"), METADATA_KEY);
      if (block === undefined) continue;
      notes.push(...giveIdsBack(ownValue(block, "ids"), scene), ...moveLessons(node, scene, onError));
      const recipe = ownValue(ownValue(block, "paint"), MATERIAL);
      const material = materialOf(node);
      if (material && recipe !== undefined && ownValue(material.metadata, RECIPE_KEY) === undefined) {
        material.metadata = { ...(material.metadata as object | null), [RECIPE_KEY]: recipe };
      }
    } catch (error) {
      onError(node, error);
    }
  }
  return notes;
}

/** An id goes to the only node of its name, unless a node has it already. */
function giveIdsBack(ids: unknown, scene: Scene): string[] {
  if (!Array.isArray(ids)) return [];
  return ids.slice(0, MOST_IDS).flatMap((entry: unknown) => {
    const [id, name] = Array.isArray(entry) ? (entry as unknown[]) : [];
    if (typeof id !== "string" || typeof name !== "string" || scene.getNodeById(id)) return [];
    const named = allNodes(scene).filter((node) => node.name === name);
    if (named.length !== 1) return [];
    named[0].id = id;
    return [`${nameKeeper(named[0])} got its id ${JSON.stringify(id)} back, which glTF does not keep.`];
  });
}

type OnError = (keeper: Node | Scene, error: unknown) => void;

/** Those that are no lessons are reported and stay behind. */
function moveLessons(node: Node, scene: Scene, onError: OnError): string[] {
  const found = listIn(node, readBlock(node), "lessons").filter((lesson, index) => {
    try {
      return readLesson(lesson, `lessons[${index}]`, nameKeeper(node)).name !== "";
    } catch (error) {
      onError(node, error);
      return false;
    }
  });
  if (found.length === 0) return [];
  const there = listIn(scene, readBlock(scene), "lessons");
  const names = new Set(there.map((lesson) => ownValue(lesson, "name")));
  const moved = found.filter((lesson) => !names.has(ownValue(lesson, "name")));
  if (moved.length > 0) writeList(scene, "lessons", [...there, ...moved]);
  writeList(node, "lessons", []);
  return moved.length > 0 ? [`${nameKeeper(node)} brought ${moved.length} of the scene's lessons along.`] : [];
}

function materialOf(node: Node): Material | null {
  return "material" in node ? (node as AbstractMesh).material : null;
}

function allNodes(scene: Scene): Node[] {
  return [...scene.transformNodes, ...scene.meshes, ...scene.cameras, ...scene.lights];
}
