import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { Tags } from "@babylonjs/core/Misc/tags.js";
import type { Node } from "@babylonjs/core/node.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { worldMatrixOf } from "./pose.ts";

/** Numbers kept of one thing: its middle, the three half edges of its box, each as x and z, and its radius; see `footprints`. */
export const FOOTPRINT_SIZE = 9;

const lists = new WeakMap<Scene, Map<string, WeakRef<TaggedThings>>>();

/**
 * Everything in a scene that carries one of several tags, with the ground that it covers; agents in one scene share it.
 *
 * Looks at every node once per frame, and measures anew only what has moved, so that standing walls cost about 0.1 µs each.
 * A thing is an enabled mesh, with the bounding box of its own axes, or an enabled node that has no mesh and no children,
 * which counts as a point. Allocates only when there are more nodes than ever before.
 */
export class TaggedThings {
  /** How many places are in use below; some of them may be empty. */
  count = 0;
  /** What is there, [count]. */
  readonly nodes: (TransformNode | null)[] = [];
  /** Bit `i` says that the thing carries tag `i`; 0 for an empty place, [count]. */
  readonly bits: number[] = [];
  readonly #scene: Scene;
  readonly #tags: readonly string[];
  /** Update flag of the world matrix by which each thing was measured, [count]. */
  readonly #measured: number[] = [];
  #footprints = new Float64Array(FOOTPRINT_SIZE * 64);
  #renderId = -1;
  #stamp = 0;

  private constructor(scene: Scene, tags: readonly string[]) {
    this.#scene = scene;
    this.#tags = tags;
  }

  /** @returns The list for that scene and those tags, always the same while anybody holds it. */
  static of(scene: Scene, tags: readonly string[]): TaggedThings {
    let byTags = lists.get(scene);
    if (!byTags) {
      byTags = new Map();
      lists.set(scene, byTags);
    }
    const key = JSON.stringify(tags);
    let list = byTags.get(key)?.deref();
    if (!list) {
      list = new TaggedThings(scene, tags);
      byTags.set(key, new WeakRef(list));
    }
    return list;
  }

  /** Where things are: x and z of the middle, then x and z of three half edges, then the radius, [count, 9]. */
  get footprints(): Float64Array {
    return this.#footprints;
  }

  /**
   * Looks again, unless somebody else has done so in this frame.
   *
   * @param stamp - What the last call gave to this caller: who asks twice in a frame wants to know what moved in between.
   */
  refresh(stamp: number): number {
    const renderId = this.#scene.getRenderId();
    if (renderId !== this.#renderId || stamp === this.#stamp) {
      this.#renderId = renderId;
      this.#stamp++;
      this.#look();
    }
    return this.#stamp;
  }

  #look(): void {
    const { meshes, transformNodes } = this.#scene;
    const before = this.count;
    this.count = meshes.length + transformNodes.length;
    this.#reserve();
    let place = 0;
    for (const mesh of meshes) this.#note(place++, mesh, mesh);
    for (const node of transformNodes) this.#note(place++, node, null);
    for (; place < before; place++) this.#clear(place);
  }

  #note(place: number, node: TransformNode, mesh: AbstractMesh | null): void {
    const bits = node.isEnabled() ? tagBits(node, this.#tags) : 0;
    const shaped = bits !== 0 && mesh !== null && mesh.getTotalVertices() > 0;
    if (bits === 0 || (!shaped && hasChildren(node))) {
      this.#clear(place);
      return;
    }
    this.bits[place] = bits;
    const { m, updateFlag } = worldMatrixOf(node);
    if (this.nodes[place] === node && this.#measured[place] === updateFlag) return;
    this.nodes[place] = node;
    this.#measured[place] = updateFlag;
    const out = this.#footprints;
    const at = place * FOOTPRINT_SIZE;
    if (!shaped) {
      out.fill(0, at, at + FOOTPRINT_SIZE);
      out[at] = m[12];
      out[at + 1] = m[14];
      return;
    }
    const { center, extendSize } = mesh.getBoundingInfo().boundingBox;
    out[at] = center.x * m[0] + center.y * m[4] + center.z * m[8] + m[12];
    out[at + 1] = center.x * m[2] + center.y * m[6] + center.z * m[10] + m[14];
    out[at + 2] = extendSize.x * m[0];
    out[at + 3] = extendSize.x * m[2];
    out[at + 4] = extendSize.y * m[4];
    out[at + 5] = extendSize.y * m[6];
    out[at + 6] = extendSize.z * m[8];
    out[at + 7] = extendSize.z * m[10];
    out[at + 8] = 0;
    for (let edge = 2; edge < 8; edge += 2) {
      out[at + 8] += Math.sqrt(out[at + edge] ** 2 + out[at + edge + 1] ** 2);
    }
  }

  #clear(place: number): void {
    this.nodes[place] = null;
    this.bits[place] = 0;
    this.#measured[place] = -1;
  }

  #reserve(): void {
    if (this.count * FOOTPRINT_SIZE <= this.#footprints.length) return;
    const footprints = new Float64Array(2 * this.count * FOOTPRINT_SIZE);
    footprints.set(this.#footprints);
    this.#footprints = footprints;
  }
}

/** Which of the tags a thing carries, by itself or by what it is a part of, as in `hasTag`; walks up only once. */
function tagBits(node: Node, tags: readonly string[]): number {
  let bits = 0;
  for (let at: Node | null = node; at; at = at.parent) {
    const given = Tags.GetTags(at, false) as Readonly<Record<string, boolean>> | null;
    const listed = (at.metadata as { tags?: unknown } | null | undefined)?.tags;
    const isList = Array.isArray(listed);
    if (!given && !isList) continue;
    for (let tag = 0; tag < tags.length; tag++) {
      if (given?.[tags[tag]] === true || (isList && listed.includes(tags[tag]))) bits |= 1 << tag;
    }
  }
  return bits;
}

/** Babylon.js 9.35 tells children only as a new array. */
function hasChildren(node: Node): boolean {
  const { _children: children } = node as unknown as { readonly _children: readonly Node[] | null };
  return children !== null && children !== undefined && children.length > 0;
}
