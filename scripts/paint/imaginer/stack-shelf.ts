import { Random } from "../../../plugin/core/random.ts";
import { depthOf } from "../../../plugin/nets/imaginer/pieces/layout.ts";
import type { LayoutKind } from "../../../plugin/nets/imaginer/pieces/layout-plan.ts";
import type { TaughtLayout, TaughtStack } from "../../../plugin/nets/imaginer/taught-stack.ts";
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

/** Classes that consist of plain pieces, and how those lie; others say it themselves, or have none. */
const LAYOUTS: Readonly<Record<string, LayoutKind>> = {
  brick: "bond",
  cobble: "cells",
  plank: "boards",
};

/** A material of a class; its attributes are in the order of `ATTRIBUTE_LABELS`. */
export interface ShelfMaterial extends TaughtStack {
  readonly name: string;
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
  return proceduralMaterial(name, { seed: random.fork(seed).uint32(), size: SIDE, attributes, parts: true });
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

/**
 * Materials of one class out of those that `fillShelf` gives; none of a class that may not be shown.
 *
 * @param from - How many of that class come before them.
 */
export function taughtMaterials(name: string, from: number, count: number): MaterialMaps[] {
  const turn = SHOWN_CLASSES.indexOf(name);
  if (turn < 0) return [];
  return Array.from({ length: count }, (_, i) =>
    drawMaterial(name, turn + (from + i) * SHOWN_CLASSES.length, SHELF_STREAM),
  );
}

function shelve(name: string, maps: MaterialMaps): ShelfMaterial {
  const { heights, roughness, metallic, attributes } = maps;
  const colours = srgbBytes(maps.albedo);
  const stack = new Uint8Array(heights.length * 6);
  for (let i = 0; i < heights.length; i++) {
    stack.set(colours.subarray(3 * i, 3 * i + 3), 6 * i);
    stack[6 * i + 3] = Math.round(255 * heights[i]);
    stack[6 * i + 4] = Math.round(255 * roughness[i]);
    stack[6 * i + 5] = Math.round(255 * metallic[i]);
  }
  return {
    name,
    stack,
    layout: taughtLayout(name, maps),
    kind: SHOWN_CLASSES.indexOf(name),
    attributes,
  };
}

function taughtLayout(name: string, { layout, parts }: MaterialMaps): TaughtLayout | null {
  const kind = LAYOUTS[name];
  if (!parts && !kind) return null;
  const { ids, numbers } = parts ?? { ids: layout, numbers: null };
  const counts = parts ?? countPieces(ids);
  const gap = ids.reduce((sum, id) => sum + Number(id === 0), 0) / ids.length;
  const plan = { kind: parts?.kind ?? kind, across: counts.across, down: counts.down, gap };
  return { plan, ids, numbers, depths: depthOf(ids, SIDE, SIDE) };
}

/** How many pieces there are across and down. */
function countPieces(ids: Uint16Array): { readonly across: number; readonly down: number } {
  const count = new Set(ids).size - (ids.includes(0) ? 1 : 0);
  // A piece is as wide as its longest unbroken lines are on average, and as high.
  const shape = meanRun(ids, 1) / meanRun(ids, SIDE);
  return { across: Math.sqrt(count / shape), down: Math.sqrt(count * shape) };
}

/** The mean length of lines within pieces, along rows (step 1) or columns (step `SIDE`); a line that goes all around ends once. */
function meanRun(ids: Uint16Array, step: number): number {
  let [solid, ends] = [0, 0];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === 0) continue;
    solid++;
    const next = step === 1 ? i - (i % SIDE) + ((i + 1) % SIDE) : (i + SIDE) % ids.length;
    if (ids[next] !== ids[i]) ends++;
  }
  return Math.min(SIDE, solid / Math.max(1, ends));
}
