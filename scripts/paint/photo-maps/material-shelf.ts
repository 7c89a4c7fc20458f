import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import { Random } from "../../../plugin/core/random.ts";
import { linearFromSrgbBytes, srgbBytes } from "../../../plugin/paint/maps/srgb.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { HELD_OUT_CLASSES, MATERIAL_NAMES } from "../../../plugin/paint/materials/material-classes.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import { abstractMaterial } from "./reliefs/abstract-material.ts";
import { randomAttributes } from "../../../plugin/paint/materials/random-attributes.ts";

/** A material in eight and sixteen bits. */
export interface ShelvedMaterial {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly relief: number;
  /** sRGB, [height, width, 3]. */
  readonly albedo: Uint8Array;
  /** [height, width], of 65535. */
  readonly heights: Uint16Array;
  /** [height, width], of 255; so is the other. */
  readonly roughness: Uint8Array;
  readonly metallic: Uint8Array;
}

/** Classes that may be shown to a network. */
export const SHOWN_CLASSES: readonly string[] = MATERIAL_NAMES.filter((name) => !HELD_OUT_CLASSES.includes(name));

/** Every so many materials, one is large: features as wide as half a photograph. */
const LARGE_EVERY = 5;
const SIZE = 256;
const LARGE = 512;

/** Of so many materials one after the other, the first is of a class and the others are abstract. */
const ABSTRACT_EVERY = 3;

/**
 * Materials to photograph: of all classes that may be shown, one class after the other, and between them abstract ones. Each is made once
 * and then kept in a folder.
 *
 * @param count - How many.
 * @param folder - Where they are kept.
 * @param onMade - Called after each.
 */
export async function fillShelf(
  count: number,
  folder: string,
  onMade: (made: number) => void,
): Promise<ShelvedMaterial[]> {
  await mkdir(folder, { recursive: true });
  const shelf: ShelvedMaterial[] = [];
  for (let i = 0; i < count; i++) {
    const file = `${folder}/${i}.material`;
    if (existsSync(file)) {
      shelf.push(deserialize(await readFile(file)) as ShelvedMaterial);
    } else {
      const material = makeMaterial(i);
      await writeFile(`${file}.part`, serialize(material));
      await rename(`${file}.part`, file);
      shelf.push(material);
    }
    onMade(i + 1);
  }
  return shelf;
}

function makeMaterial(index: number): ShelvedMaterial {
  const random = new Random(index, 0x5e1f);
  if (index % ABSTRACT_EVERY > 0) return shelve("abstract", abstractMaterial(random, SIZE));
  const turn = Math.floor(index / ABSTRACT_EVERY);
  const name = SHOWN_CLASSES[turn % SHOWN_CLASSES.length];
  const attributes = randomAttributes(name, random);
  const size = Math.floor(turn / SHOWN_CLASSES.length) % LARGE_EVERY === LARGE_EVERY - 1 ? LARGE : SIZE;
  return shelve(name, proceduralMaterial(name, { seed: random.uint32(), size, attributes }));
}

function shelve(name: string, maps: SurfaceMaps): ShelvedMaterial {
  const bytes = (values: Float32Array): Uint8Array => Uint8Array.from(values, (value) => Math.round(255 * value));
  return {
    name,
    width: maps.width,
    height: maps.height,
    relief: maps.relief,
    albedo: srgbBytes(maps.albedo),
    heights: Uint16Array.from(maps.heights, (height) => Math.round(65535 * height)),
    roughness: bytes(maps.roughness),
    metallic: bytes(maps.metallic),
  };
}

/** Which part of a material is looked at, and how. */
export interface Cut {
  /** Pixels on each side of what is cut out. */
  readonly size: number;
  /** Top left corner in the material, in its pixels; goes on at the other side. */
  readonly top: number;
  readonly left: number;
  /** Pixels of the material to one of the cut: 1, or 2 for the mean of four. */
  readonly shrink: number;
  /** Which of the eight ways to lay it down: quarter turns, then those of the mirrored one. */
  readonly way: number;
}

/** Linear light of each byte. */
const LINEAR = linearFromSrgbBytes(Uint8Array.from({ length: 256 }, (_, byte) => byte));

/** A part of a material as maps. */
export function cutOut(material: ShelvedMaterial, cut: Cut): SurfaceMaps {
  const { size, shrink } = cut;
  const { width, height } = material;
  const albedo = new Float32Array(3 * size * size);
  const [heights, roughness, metallic] = Array.from({ length: 3 }, () => new Float32Array(size * size));
  const weight = 1 / (shrink * shrink);
  for (let row = 0, pixel = 0; row < size; row++) {
    for (let column = 0; column < size; column++, pixel++) {
      const [across, down] = turned(column, row, size, cut.way);
      for (let y = 0; y < shrink; y++) {
        for (let x = 0; x < shrink; x++) {
          const line = (cut.top + down * shrink + y) % height;
          const from = line * width + ((cut.left + across * shrink + x) % width);
          for (let c = 0; c < 3; c++) albedo[3 * pixel + c] += weight * LINEAR[material.albedo[3 * from + c]];
          heights[pixel] += (weight * material.heights[from]) / 65535;
          roughness[pixel] += (weight * material.roughness[from]) / 255;
          metallic[pixel] += (weight * material.metallic[from]) / 255;
        }
      }
    }
  }
  // The same rise, in short sides of the cut.
  const relief = (material.relief * Math.min(width, height)) / shrink / size;
  return { width: size, height: size, albedo, heights, relief, roughness, metallic };
}

/** Where a pixel of a square comes from that is laid down in one of the eight ways. */
export function turned(column: number, row: number, size: number, way: number): [across: number, down: number] {
  const last = size - 1;
  const across = way >= 4 ? last - column : column;
  if (way % 4 === 0) return [across, row];
  if (way % 4 === 1) return [row, last - across];
  if (way % 4 === 2) return [last - across, last - row];
  return [last - row, across];
}
