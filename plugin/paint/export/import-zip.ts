import { strFromU8, unzipSync } from "fflate";
import { TextureFileError } from "../../core/errors.ts";
import { type BakedImages, normalsFor } from "../maps/bake.ts";
import { linearFromSrgbBytes } from "../maps/srgb.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import { assertFit, assertPictures } from "../painter/paint-here.ts";
import { decodePng, type PngPicture } from "../png.ts";
import type { TextureRecipe } from "../recipe.ts";
import { readRecipe } from "../recipes/read-recipe.ts";
import type { OrderPicture } from "../texture-generator.ts";
import { FIT_NAME, type MaterialNote, pictureName } from "./export-zip.ts";
import { pictureOfPng } from "./picture-file.ts";
import { isPngBounded } from "./png-bounds.ts";

/** What a zip holds. */
export interface TextureZip {
  readonly recipe: TextureRecipe;
  /** As fine as the files: 8 bits, heights 16. */
  readonly maps: SurfaceMaps;
  /** The same bytes that were exported. */
  readonly images: BakedImages;
  /** The pictures that the recipe names, in its order; empty where the zip was made without. */
  readonly pictures: readonly OrderPicture[];
  /** The bytes of what the imaginer had learned, where the recipe names that; null where the zip was made without. */
  readonly fit: Uint8Array | null;
}

const MOST_BYTES = 512 * 1024 * 1024;
const MOST_FILES = 256;
const MOST_SIDE = 4096;
/** The longest side that a picture in a zip can have, and the most pixels. */
const MOST_PICTURE_SIDE = 16_384;
const MOST_PICTURE_PIXELS = 2 ** 25;
const AGAIN = "Export it again.";

/**
 * Unpacks what `exportZip` packed; also when somebody packed the folder anew.
 *
 * Takes about 0.2 s for 512 × 512 pixels; on a page, ask the `Painter`. Memory is bounded, whatever the file says.
 *
 * @throws TextureFileError when it is something else, damaged, cut off, changed, too large or of a newer format.
 */
export async function importZip(file: Uint8Array): Promise<TextureZip> {
  const files = unpack(file);
  const recipe = readRecipe(textOf(files, "recipe.json"));
  const note = readNote(textOf(files, "material.json"));
  const { width, height } = recipe;
  const map = (name: string, channels: number, depth: 8 | 16): PngPicture["pixels"] =>
    readMap(fileOf(files, name), name, { width, height, channels, depth });
  const albedo = withAlpha(map("albedo.png", 3, 8));
  const normal = normalsFor(withAlpha(map("normal.png", 3, 8)), note.normals);
  const orm = withAlpha(map("orm.png", 3, 8));
  const heights = Uint16Array.from(map("height.png", 1, 16));
  const images: BakedImages = { width, height, relief: note.relief, albedo, normal, orm, heights };
  return {
    recipe,
    maps: mapsOf(images),
    images,
    pictures: await readPictures(files, recipe),
    fit: await readFit(files, recipe),
  };
}

function unpack(file: Uint8Array): ReadonlyMap<string, Uint8Array> {
  if (!(file[0] === 0x50 && file[1] === 0x4b)) {
    fail(`needed a zip, came ${file.length} bytes of something else. Choose a zip of a texture.`);
  }
  let sum = file.length;
  let count = 0;
  let unpacked: Record<string, Uint8Array>;
  try {
    unpacked = unzipSync(file, {
      filter: ({ originalSize, size }) => {
        count += 1;
        sum += originalSize + size;
        if (count > MOST_FILES) fail(`needed at most ${MOST_FILES} files, came more. Choose a zip of a texture.`);
        if (!(sum <= MOST_BYTES)) {
          fail(`needed at most ${MOST_BYTES / 1024 / 1024} MB unpacked, came more. Choose a zip of a texture.`);
        }
        return true;
      },
    });
  } catch (cause) {
    if (cause instanceof TextureFileError) throw cause;
    throw new TextureFileError(`importZip: needed a whole zip, came one that is damaged or cut off. Get it again.`, {
      cause,
    });
  }
  // A folder that was packed anew has its own name before each file.
  const recipe = Object.keys(unpacked).find((name) => /(^|\/)recipe\.json$/.test(name) && !name.startsWith("__MACOSX"));
  if (recipe === undefined)
    fail("needed a zip of a texture, came one without recipe.json. Choose a zip that exportZip made.");
  const folder = recipe.slice(0, -"recipe.json".length);
  const inside = Object.entries(unpacked).filter(([name]) => name.startsWith(folder));
  return new Map(inside.map(([name, bytes]) => [name.slice(folder.length), bytes]));
}

function fileOf(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  return files.get(name) ?? fail(`needed a zip of a texture, came one without ${name}. ${AGAIN}`);
}

function textOf(files: ReadonlyMap<string, Uint8Array>, name: string): string {
  return strFromU8(fileOf(files, name));
}

function readNote(json: string): Pick<MaterialNote, "relief" | "normals"> {
  let note: unknown;
  try {
    note = JSON.parse(json);
  } catch (cause) {
    throw new TextureFileError(`importZip: needed material.json in JSON, came something else. ${AGAIN}`, { cause });
  }
  const { version, relief, normals } = (note ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof version === "number" && version > 1) {
    fail(
      `needed material.json of version 1, came version ${version}. Upgrade babylon-neural, or export it with this release.`,
    );
  }
  const isWhole = version === 1 && typeof relief === "number" && relief >= 0 && relief <= 100;
  if (!isWhole || (normals !== "opengl" && normals !== "directx")) {
    return fail(`needed version, relief and normals in material.json, came others. ${AGAIN}`);
  }
  return { relief, normals };
}

interface MapShape {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly depth: 8 | 16;
}

function readMap(file: Uint8Array, name: string, shape: MapShape): PngPicture["pixels"] {
  const png = readPng(file, name, MOST_SIDE, MOST_SIDE * MOST_SIDE);
  const depth = png.pixels instanceof Uint16Array ? 16 : 8;
  const { width, height, channels } = png;
  const fits = width === shape.width && height === shape.height && channels === shape.channels && depth === shape.depth;
  if (fits) return png.pixels;
  return fail(
    `needed ${name} of ${shape.width} × ${shape.height} × ${shape.channels} at ${shape.depth} bits, as the recipe says, came ${width} × ${height} × ${channels} at ${depth}. ${AGAIN}`,
  );
}

/** @throws TextureFileError for what is no PNG, damaged, or larger than it may be; before it is unpacked. */
function readPng(file: Uint8Array, name: string, mostSide: number, mostPixels: number): PngPicture {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const [width, height] = file.length < 33 ? [0, 0] : [view.getUint32(16), view.getUint32(20)];
  if (Math.max(width, height) > mostSide || width * height > mostPixels || !isPngBounded(file)) {
    fail(`needed a smaller picture as ${name}, came one that unpacks to too much. ${AGAIN}`);
  }
  try {
    return decodePng(file);
  } catch (cause) {
    throw new TextureFileError(`importZip: needed a whole PNG as ${name}, came a damaged one. ${AGAIN}`, { cause });
  }
}

async function readPictures(
  files: ReadonlyMap<string, Uint8Array>,
  recipe: TextureRecipe,
): Promise<readonly OrderPicture[]> {
  if (recipe.pictures.length === 0 || !files.has(pictureName(0))) return [];
  const pictures = recipe.pictures.map(({ role, name }, i) => {
    const path = pictureName(i);
    const png = readPng(fileOf(files, path), path, MOST_PICTURE_SIDE, MOST_PICTURE_PIXELS);
    return { role, name, picture: pictureOfPng(png) };
  });
  await assertPictures(recipe, pictures);
  return pictures;
}

async function readFit(files: ReadonlyMap<string, Uint8Array>, recipe: TextureRecipe): Promise<Uint8Array | null> {
  const fit = recipe.imaginerFit === undefined ? undefined : files.get(FIT_NAME);
  if (!fit) return null;
  await assertFit(recipe, fit);
  return fit;
}

function mapsOf({ width, height, relief, albedo, orm, heights }: BakedImages): SurfaceMaps {
  const pixels = width * height;
  const roughness = new Float32Array(pixels);
  const metallic = new Float32Array(pixels);
  const colours = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    roughness[i] = orm[4 * i + 1] / 255;
    metallic[i] = orm[4 * i + 2] / 255;
    for (let channel = 0; channel < 3; channel++) colours[3 * i + channel] = albedo[4 * i + channel];
  }
  const unit = Float32Array.from(heights, (value) => value / 65535);
  return { width, height, relief, albedo: linearFromSrgbBytes(colours), heights: unit, roughness, metallic };
}

function withAlpha(colours: PngPicture["pixels"]): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array((colours.length / 3) * 4);
  for (let from = 0, to = 0; from < colours.length; from += 3, to += 4) {
    pixels[to] = colours[from];
    pixels[to + 1] = colours[from + 1];
    pixels[to + 2] = colours[from + 2];
    pixels[to + 3] = 255;
  }
  return pixels;
}

function fail(message: string): never {
  throw new TextureFileError(`importZip: ${message}`);
}
