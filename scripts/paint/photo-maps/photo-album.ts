import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import { Random } from "../../../plugin/core/random.ts";
import { ambientOcclusion } from "../../../plugin/paint/maps/ambient-occlusion.ts";
import { randomCamera } from "../../../plugin/paint/photograph/camera.ts";
import { photograph } from "../../../plugin/paint/photograph/photograph.ts";
import type { ShelvedMaterial } from "./material-shelf.ts";
import { mixedCut } from "./mixed-cut.ts";
import { lightLean } from "./true-light.ts";

/** One surface in several lights. */
export interface AlbumPage {
  /** Pixels on each side; all photographs tile. */
  readonly side: number;
  readonly photos: readonly AlbumPhoto[];
}

/** A photograph and its light. */
export interface AlbumPhoto {
  /** sRGB, [side, side, 3], of 255. */
  readonly bytes: Uint8Array;
  /** See `lightLean`. */
  readonly lean: readonly [right: number, up: number];
}

const SIDE = 256;
/** Photographs of a surface: how open its sky is takes longest and does not change with the light. */
const LIGHTS = 3;
/** How far the sky is looked for, in pixels, as where photographs are taken for maps. */
const SKY_REACH = 24;
const CHANCE = 0xa1b;

/**
 * Photographs of whole tiles to learn the light from: of each material in turn, mixed with others, in several lights. Each page is made
 * once and then kept in a folder; a page takes some 0.13 s and 0.6 MB.
 *
 * @param count - How many pages.
 * @param onMade - Called after each.
 */
export async function fillAlbum(
  shelf: readonly ShelvedMaterial[],
  { count, folder }: { readonly count: number; readonly folder: string },
  onMade: (made: number) => void,
): Promise<AlbumPage[]> {
  await mkdir(folder, { recursive: true });
  const album: AlbumPage[] = [];
  for (let i = 0; i < count; i++) {
    const file = `${folder}/${i}.page`;
    if (existsSync(file)) {
      album.push(deserialize(await readFile(file)) as AlbumPage);
    } else {
      const page = makePage(shelf, i);
      await writeFile(`${file}.part`, serialize(page));
      await rename(`${file}.part`, file);
      album.push(page);
    }
    onMade(i + 1);
  }
  return album;
}

function makePage(shelf: readonly ShelvedMaterial[], index: number): AlbumPage {
  const random = new Random(index, CHANCE);
  const maps = mixedCut(shelf, index % shelf.length, { size: SIDE, isWhole: true }, random);
  const occlusion = ambientOcclusion(maps, { reach: SKY_REACH / SIDE, directions: 8, steps: 6 });
  const photos = Array.from({ length: LIGHTS }, () => {
    const camera = randomCamera(random);
    const { pixels } = photograph(maps, camera, { occlusion });
    return { bytes: Uint8Array.from(pixels, (value) => Math.round(255 * value)), lean: lightLean(camera) };
  });
  return { side: SIDE, photos };
}
