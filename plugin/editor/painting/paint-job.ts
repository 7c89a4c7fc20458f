import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type {
  KeptMaterial,
  MaterialPainter,
  MaterialShelf,
  PaintedImages,
  Painter,
  PaintRequest,
  PaintWatch,
  PictureBook,
  TextureRecipe,
  TextureZip,
} from "../../paint.ts";
import { litFace } from "./lit-face.ts";
import type { MadeMaterial } from "./material-rack.ts";
import { nameOf, requestOf, wishOf, type PaintWish } from "./paint-wish.ts";
import type { PaintTools } from "./painting.ts";

/** Pixels on each side of the small pictures of classes and materials: sharp at 48 on screens of double density. */
export const FACE_SIDE = 96;

/** Something that becomes a material on a mesh. */
export interface PaintJob {
  readonly name: string;
  /** What the sliders say of it. */
  readonly wish: PaintWish;
  /** Fetches the pictures that it is made from. @throws ConfigurationError when one is nowhere. */
  prepare(): Promise<PreparedJob>;
}

/** A job that has everything it needs. */
export interface PreparedJob {
  readonly request: PaintRequest;
  paint(watch: PaintWatch): Promise<PaintedImages>;
}

/** Where the pictures of jobs lie, and who does them. */
export interface PaintPlace {
  readonly tools: PaintTools;
  readonly easel: Painter;
  readonly book: PictureBook;
}

/** Painting what is wished. */
export function wishedJob(wish: PaintWish, { tools, easel, book }: PaintPlace): PaintJob {
  return {
    name: nameOf(wish),
    wish,
    async prepare() {
      const { pictures, ...wished } = requestOf(wish, tools);
      const request = { ...wished, pictures: await book.gather(pictures) };
      return { request, paint: (watch) => easel.paint(request, watch) };
    },
  };
}

/** Making a recipe's pixels again. @param wish - What the sliders will say. */
export function recipeJob(recipe: TextureRecipe, wish: PaintWish, { tools, easel, book }: PaintPlace): PaintJob {
  return {
    name: nameOf(wish),
    wish,
    async prepare() {
      const pictures = await book.gather(recipe.pictures);
      const fit = await tools.keptFitOf(recipe);
      const request = await tools.requestOf(recipe, pictures, fit);
      return { request, paint: (watch) => easel.repaint(recipe, pictures, { ...watch, ...(fit ? { fit } : {}) }) };
    },
  };
}

/** Taking the pixels of a zip as they are. @param name - Default as the sliders say. @param wish - What they will say. */
export function zipJob(name: string, zip: TextureZip, wish: PaintWish, { book }: PaintPlace): PaintJob {
  return {
    name: name || nameOf(wish),
    wish,
    async prepare() {
      const { recipe, pictures } = zip;
      for (const { name: picture, picture: pixels } of pictures) await book.add(picture, pixels);
      return { request: { generator: recipe.generator, pictures }, paint: async () => zip };
    },
  };
}

/**
 * Taking a kept material as it is, or painting it again where its pixels are not kept.
 *
 * @param base - What its recipe does not say.
 * @throws StorageError when the browser cannot be asked.
 */
export async function keptJob(
  { id, name, recipe, hasImages }: KeptMaterial,
  shelf: MaterialShelf,
  base: PaintWish,
  place: PaintPlace,
): Promise<PaintJob> {
  const wish = wishOf(recipe, base, place.tools);
  const images = hasImages ? await shelf.imagesOf(id) : null;
  if (!images) return { ...recipeJob(recipe, wish, place), name };
  await place.book.findAll(recipe.pictures);
  const pictures = recipe.pictures.flatMap(({ role, name: picture, hash }) => {
    const found = place.book.peek(hash);
    return found ? [{ role, name: picture, picture: found.picture }] : [];
  });
  const request = { generator: recipe.generator, pictures };
  return { name, wish, prepare: async () => ({ request, paint: async () => ({ recipe, images }) }) };
}

/**
 * Does a job, and makes a material of it that no mesh wears yet.
 *
 * @throws The signal's reason when cancelled, and whatever painting throws; nothing is left behind then.
 */
export async function makeMaterial(
  { name, wish, prepare }: PaintJob,
  mesh: AbstractMesh,
  tools: PaintTools,
  watch: PaintWatch & { readonly signal: AbortSignal },
): Promise<MadeMaterial> {
  const { request, paint } = await prepare();
  let painted: PaintedImages | null = null;
  const painter: MaterialPainter = { paint: async (_request, how = {}) => (painted = await paint(how)) };
  const options = { ...request, painter, repeat: wish.repeat, ...watch };
  const material = await tools.paintMaterial(name, options, mesh.getScene());
  if (watch.signal.aborted) {
    material.dispose(false, true);
    watch.signal.throwIfAborted();
  }
  const { recipe, images } = painted!;
  return { name, material, painted: { recipe, images }, wish, face: litFace(images, FACE_SIDE) };
}
