import { Tags } from "@babylonjs/core/Misc/tags.js";
import type { Node } from "@babylonjs/core/node.js";

/**
 * Tells whether a thing, or something that it is a part of, carries a tag.
 *
 * A tag is given with Babylon's `Tags.AddTagsTo(mesh, "wall")`, which is stored in scene files and copied to clones,
 * or with `node.metadata = { tags: ["wall"] }`. Tags may change at any time. Allocates nothing.
 */
export function hasTag(node: Node, tag: string): boolean {
  for (let at: Node | null = node; at; at = at.parent) {
    // The object of all tags, not a copy; null where there are none.
    const tags = Tags.GetTags(at, false) as Readonly<Record<string, boolean>> | null;
    if (tags?.[tag] === true) return true;
    const listed = (at.metadata as { tags?: unknown } | null | undefined)?.tags;
    if (Array.isArray(listed) && listed.includes(tag)) return true;
  }
  return false;
}

/** Tells whether `node` is `whole` or a part of it. */
export function isPartOf(node: Node, whole: Node): boolean {
  return node === whole || node.isDescendantOf(whole);
}
