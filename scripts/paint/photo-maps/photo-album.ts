import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import { Random } from "../../../plugin/core/random.ts";
import { ambientOcclusion } from "../../../plugin/paint/maps/ambient-occlusion.ts";
import { srgbBytes } from "../../../plugin/paint/maps/srgb.ts";
import { randomCamera } from "../../../plugin/paint/photograph/camera.ts";
import { photograph } from "../../../plugin/paint/photograph/photograph.ts";
import type { ShelvedMaterial } from "./material-shelf.ts";
import { mixedCut } from "./mixed-cut.ts";
import { lightLean } from "./true-light.ts";

/** One surface in several lights, and the truth about it. All of it tiles. */
export interface AlbumPage {
  /** Pixels on each side. */
  readonly side: number;
  readonly photos: readonly AlbumPhoto[];
  /** sRGB, [side, side, 3], of 255. */
  readonly albedo: Uint8Array;
  /** [side, side], of 65535. */
  readonly heights: Uint16Array;
  /** From the deepest to the highest point, in pixels. */
  readonly rise: number;
  /** [side, side], of 255. */
  readonly roughness: Uint8Array;
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
/** How far the sky is looked for, in pixels: less far than shadows are followed. */
const SKY_REACH = 24;
const CHANCE = 0xa1b;

/**
 * Photographs of whole tiles to learn from: of each material in turn, mixed with others, in several lights. Each page is made once and
 * then kept in a folder; a page takes some 0.15 s and 1 MB.
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
  return {
    side: SIDE,
    photos,
    albedo: srgbBytes(maps.albedo),
    heights: Uint16Array.from(maps.heights, (height) => Math.round(65535 * height)),
    rise: maps.relief * SIDE,
    roughness: Uint8Array.from(maps.roughness, (value) => Math.round(255 * value)),
  };
}
