import { Random } from "../../../plugin/core/random.ts";
import type { TaughtStack } from "../../../plugin/nets/imaginer/teach-imaginer.ts";
import { srgbBytes } from "../../../plugin/paint/maps/srgb.ts";
import type { MaterialMaps } from "../../../plugin/paint/materials/material-maps.ts";
import { HELD_OUT_CLASSES, MATERIAL_NAMES } from "../../../plugin/paint/materials/material-classes.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import { randomAttributes } from "../../../plugin/paint/materials/random-attributes.ts";

/** Pixels on each side of the materials that are learned from and judged by. */
export const SIDE = 128;
/** Classes that may be shown. */
export const SHOWN_CLASSES: readonly string[] = MATERIAL_NAMES.filter((name) => !HELD_OUT_CLASSES.includes(name));
/** Chance of the materials that are learned from; judges draw from other streams. */
const SHELF_STREAM = 0x1a61;

/** A material of a class with what it was made of. */
export interface ShelfMaterial extends TaughtStack {
  readonly name: string;
  /** In the order of `ATTRIBUTE_LABELS`. */
  readonly attributes: Float32Array;
}

/**
 * The `index`-th material of a stream of chance; classes take turns.
 *
 * @param stream - Another one gives other attributes.
 * @param seed - Another one gives the same attributes with parts in other places.
 */
export function drawMaterial(name: string, index: number, stream: number, seed = 0): MaterialMaps {
  const random = new Random(index, stream);
  const attributes = randomAttributes(name, random);
  return proceduralMaterial(name, { seed: random.fork(seed).uint32(), size: SIDE, attributes });
}

/** Materials of all classes that may be shown, taking turns. */
export function fillShelf(count: number, onMade: (made: number) => void): ShelfMaterial[] {
  return Array.from({ length: count }, (_, index) => {
    const name = SHOWN_CLASSES[index % SHOWN_CLASSES.length];
    const maps = drawMaterial(name, index, SHELF_STREAM);
    onMade(index + 1);
    return shelve(name, maps);
  });
}

function shelve(name: string, maps: MaterialMaps): ShelfMaterial {
  const { heights, roughness, metallic, layout, attributes } = maps;
  const colours = srgbBytes(maps.albedo);
  const stack = new Uint8Array(heights.length * 6);
  for (let i = 0; i < heights.length; i++) {
    stack.set(colours.subarray(3 * i, 3 * i + 3), 6 * i);
    stack[6 * i + 3] = Math.round(255 * heights[i]);
    stack[6 * i + 4] = Math.round(255 * roughness[i]);
    stack[6 * i + 5] = Math.round(255 * metallic[i]);
  }
  const pieces = Uint8Array.from(layout, (piece) => (piece > 0 ? 1 : 0));
  const hasPieces = pieces.includes(0) && pieces.includes(1);
  return { name, attributes, stack, layout: hasPieces ? pieces : null };
}
