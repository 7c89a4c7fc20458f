import type { Node } from "@babylonjs/core/node.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { show } from "../../core/container.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { METADATA_KEY, METADATA_VERSION } from "./description.ts";
import { migrateKeepsake } from "./migrate-keepsake.ts";

/** Whatever has metadata of its own: a node, or the scene. */
export type Keeper = Node | Scene;

/** A block of kept things, brought up to date; what is in its lists is not checked yet. */
export type KeepsakeBlock = Readonly<Record<string, unknown>> & { readonly version: number };

/** How a keeper is called in messages. */
export function nameKeeper(keeper: Keeper): string {
  return "activeCamera" in keeper ? "Scene" : `Node ${show(keeper.name)}`;
}

/**
 * What a node or a scene keeps, up to date, or null. Looks into `metadata`, and into the extras that Babylon's glTF loader
 * puts there.
 *
 * @throws ConfigurationError for a block that is no object, or newer than this release.
 */
export function readBlock(keeper: Keeper): KeepsakeBlock | null {
  const { metadata } = keeper as { readonly metadata: unknown };
  const raw =
    ownValue(metadata, METADATA_KEY) ?? ownValue(ownValue(ownValue(metadata, "gltf"), "extras"), METADATA_KEY);
  return raw === undefined || raw === null ? null : migrateKeepsake(raw, nameKeeper(keeper));
}

/**
 * Puts a list into what a node or a scene keeps; an empty list leaves nothing behind. The rest of the metadata stays, and
 * objects that hold it are never changed in place, since clones share them.
 *
 * @throws ConfigurationError for metadata that cannot hold anything, or a block that cannot be read: nothing is lost.
 */
export function writeList(keeper: Keeper, list: "controllers" | "lessons", entries: readonly unknown[]): void {
  const holder = keeper as { metadata: unknown };
  const { metadata } = holder;
  if (metadata !== undefined && metadata !== null && !isPlain(metadata)) {
    throw new ConfigurationError(
      `${nameKeeper(keeper)}: needed metadata that is an object, or none, came ${show(metadata)}. Put it into an object, e.g. metadata = { mine: … }.`,
    );
  }
  const { [list]: _, ...others } = readBlock(keeper) ?? { version: METADATA_VERSION };
  const block = entries.length > 0 ? { ...others, [list]: entries } : others;
  const isEmpty = Object.keys(block).every((key) => key === "version");
  holder.metadata = withBlock(metadata ?? {}, isEmpty ? undefined : block);
}

/** The entries of a list of a block. @throws ConfigurationError when it is no list. */
export function listIn(
  keeper: Keeper,
  block: KeepsakeBlock | null,
  list: "controllers" | "lessons",
): readonly unknown[] {
  const entries = block === null ? undefined : ownValue(block, list);
  if (entries === undefined) return [];
  if (Array.isArray(entries)) return entries;
  throw new ConfigurationError(
    `${nameKeeper(keeper)}: the kept "${list}" needs a list, came ${show(entries)}. Correct it, or remove "${METADATA_KEY}" from its metadata.`,
  );
}

/** The value of an object's own field; undefined for anything else, and for what is inherited. */
export function ownValue(object: unknown, key: string): unknown {
  if (!isPlain(object) || !Object.hasOwn(object, key)) return undefined;
  return (object as Record<string, unknown>)[key];
}

/** Whether it is an object with fields: no list, no text. */
function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A copy of the metadata, of the same class, with that block or without any; null where nothing is left of it. */
function withBlock(metadata: object, block: object | undefined): object | null {
  const fields = Object.getOwnPropertyDescriptors(metadata) as Record<string, PropertyDescriptor>;
  const { [METADATA_KEY]: _, ...others } = fields;
  const gltf = withoutExtras(metadata);
  if (gltf) others["gltf"] = { value: gltf, enumerable: true, configurable: true, writable: true };
  if (block) others[METADATA_KEY] = { value: block, enumerable: true, configurable: true, writable: true };
  if (Object.keys(others).length === 0) return null;
  return Object.create(Object.getPrototypeOf(metadata) as object | null, others) as object;
}

/** What glTF left in the metadata, without the block, which has moved; undefined where there was none. */
function withoutExtras(metadata: object): object | undefined {
  const gltf = ownValue(metadata, "gltf");
  const extras = ownValue(gltf, "extras");
  if (ownValue(extras, METADATA_KEY) === undefined) return undefined;
  const { [METADATA_KEY]: _, ...rest } = extras as Record<string, unknown>;
  return { ...(gltf as object), extras: rest };
}
