import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { Presets, SingleBar } from "cli-progress";
import { Random } from "../../../plugin/core/random.ts";
import type { CropShelf } from "../../../plugin/nets/encoders/take-crops.ts";
import { srgbBytes } from "../../../plugin/paint/maps/srgb.ts";
import type { MaterialMaps } from "../../../plugin/paint/materials/material-maps.ts";
import { HELD_OUT_CLASSES, MATERIAL_NAMES } from "../../../plugin/paint/materials/material-classes.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import { randomAttributes } from "../../../plugin/paint/materials/random-attributes.ts";
import { randomCamera } from "../../../plugin/paint/photograph/camera.ts";
import { photograph } from "../../../plugin/paint/photograph/photograph.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";

/** Pixels on each side of the pictures that are learned from and judged by. */
export const SIDE = 256;
/** Classes that may be shown. */
export const SHOWN_CLASSES: readonly string[] = MATERIAL_NAMES.filter((name) => !HELD_OUT_CLASSES.includes(name));

const FOLDER = ".cache/encoders/shelf";
/** Thirty of each class. */
const PICTURES = 330;
/** Streams of chance: of what is learned from, and of what is judged by. */
const SHELF = 0x2e17;
const EXAM = 0x2e18;
const LIGHT = 0x2e19;

/**
 * Pictures of materials of all classes that may be shown, taking turns: one time the colours alone, the next time a photograph in any light,
 * without noise. Each is made once and then kept in a folder.
 */
export async function fillShelf(count = PICTURES): Promise<CropShelf> {
  await mkdir(FOLDER, { recursive: true });
  const bar = new SingleBar({ format: "pictures {bar} {value}/{total}", noTTYOutput: true }, Presets.shades_classic);
  bar.start(count, 0);
  const pictures: Uint8Array[] = [];
  for (let index = 0; index < count; index++) {
    const file = `${FOLDER}/${index}.rgb`;
    if (!existsSync(file)) {
      await writeFile(`${file}.part`, draw(index));
      await rename(`${file}.part`, file);
    }
    pictures.push(await readFile(file));
    bar.update(index + 1);
  }
  bar.stop();
  return { count, side: SIDE, picture: (index) => pictures[index] };
}

function draw(index: number): Uint8Array {
  const name = SHOWN_CLASSES[index % SHOWN_CLASSES.length];
  const maps = material(name, index, SHELF);
  const isLit = Math.floor(index / SHOWN_CLASSES.length) % 2 === 1;
  return isLit ? bytesOf(lit(maps, index)) : srgbBytes(maps.albedo);
}

/** The colours of a material that nothing is learned from, as a picture that tiles: sRGB, in whole bytes. */
export function examPicture(name: string, seed: number): Picture {
  return ofBytes(srgbBytes(material(name, seed, EXAM).albedo));
}

/** The first pictures that are learned from, drawn anew. */
export function taughtPictures(count: number): Picture[] {
  return Array.from({ length: count }, (_, index) => ofBytes(draw(index)));
}

function ofBytes(bytes: Uint8Array): Picture {
  return picture(
    SIDE,
    SIDE,
    3,
    Float32Array.from(bytes, (byte) => byte / 255),
  );
}

function material(name: string, index: number, stream: number): MaterialMaps {
  const random = new Random(index, stream);
  const attributes = randomAttributes(name, random);
  return proceduralMaterial(name, { seed: random.uint32(), size: SIDE, attributes });
}

function lit(maps: MaterialMaps, index: number): Picture {
  return photograph(maps, { ...randomCamera(new Random(index, LIGHT)), vignette: 0, readNoise: 0, shotNoise: 0 });
}

function bytesOf({ pixels }: Picture): Uint8Array {
  return Uint8Array.from(pixels, (value) => Math.round(255 * value));
}
