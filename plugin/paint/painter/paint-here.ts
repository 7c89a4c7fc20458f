import { ConfigurationError, TextureFileError } from "../../core/errors.ts";
import { sha256 } from "../../core/sha-256.ts";
import type { PaintNetworks } from "../generators/paint-networks.ts";
import { textureGenerators } from "../generators/texture-generators.ts";
import type { Imaginer } from "../imaginer/imaginer.ts";
import { bakeImages } from "../maps/bake.ts";
import type { TextureRecipe } from "../recipe.ts";
import { pictureHash, storablePicture } from "../recipes/picture-hash.ts";
import type { OrderPicture, PaintWatch } from "../texture-generator.ts";
import { NamedNetwork } from "./named-network.ts";
import { orderOf, type PaintedMaterial, type PaintRequest } from "./paint-request.ts";

/**
 * Paints where it is called, in Node or in a worker of your own: on a page, the work belongs to a `Painter`.
 *
 * @param networks - What generators may use; each is asked for when it is needed. Default none.
 * @throws ConfigurationError for a request that cannot be, before any work; TextureFileError where another network would be used than the
 * one that is asked for; the signal's reason when cancelled.
 */
export async function paintHere(
  request: PaintRequest,
  watch: PaintWatch = {},
  networks: PaintNetworks = {},
): Promise<PaintedMaterial> {
  const estimator = new NamedNetwork("estimator of maps", networks.findEstimator, request.estimator);
  const { findImaginer } = networks;
  let fitHash: string | null = null;
  const findFitted = async (): Promise<Imaginer> => {
    const found = await findImaginer!(request.fit);
    fitHash = found.fitHash;
    return found;
  };
  const imaginer = new NamedNetwork("imaginer", findImaginer && findFitted, request.imaginer);
  const generators = textureGenerators({ findEstimator: estimator.find, findImaginer: imaginer.find });
  const generator = generators.find(({ name }) => name === request.generator);
  if (!generator) {
    const names = generators.map(({ name }) => `"${name}"`).join(", ");
    throw new ConfigurationError(
      `Painter: needed one of the generators ${names}, came "${request.generator}". Choose one of them, or upgrade babylon-neural.`,
    );
  }
  const asked = generator.check(orderOf(request));
  watch.signal?.throwIfAborted();
  const pictures = asked.pictures.map((entry) => ({ ...entry, picture: storablePicture(entry.picture) }));
  const hashes = await Promise.all(pictures.map(({ picture }) => pictureHash(picture)));
  const { seed, width, height, settings } = asked;
  const maps = await generator.paint({ ...asked, pictures }, watch);
  watch.signal?.throwIfAborted();
  const recipe: TextureRecipe = {
    format: "babylon-neural-texture",
    version: 1,
    generator: generator.name,
    seed: seed >>> 0,
    width,
    height,
    settings,
    pictures: pictures.map(({ role, name, picture }, i) => ({
      role,
      hash: hashes[i],
      name,
      width: picture.width,
      height: picture.height,
    })),
    ...(estimator.fileHash === null ? {} : { estimator: estimator.fileHash }),
    ...(imaginer.fileHash === null ? {} : { imaginer: imaginer.fileHash }),
    ...(fitHash === null ? {} : { imaginerFit: fitHash }),
  };
  return { recipe, maps, images: bakeImages(maps) };
}

/**
 * What to ask for to get a recipe's pixels again.
 *
 * @param pictures - Those that the recipe names, in its order; roles and names are the recipe's.
 * @param fit - The bytes of what the imaginer had learned besides, where the recipe names that.
 * @throws TextureFileError when a picture or the fit is missing or another one.
 */
export async function requestOf(
  recipe: TextureRecipe,
  pictures: readonly Pick<OrderPicture, "picture">[] = [],
  fit?: Uint8Array,
): Promise<PaintRequest> {
  await assertPictures(recipe, pictures);
  await assertFit(recipe, fit);
  return {
    generator: recipe.generator,
    seed: recipe.seed,
    size: { width: recipe.width, height: recipe.height },
    settings: recipe.settings,
    pictures: recipe.pictures.map(({ role, name }, i) => ({ role, name, picture: pictures[i].picture })),
    ...(recipe.estimator === undefined ? {} : { estimator: recipe.estimator }),
    ...(recipe.imaginer === undefined ? {} : { imaginer: recipe.imaginer }),
    ...(recipe.imaginerFit === undefined || !fit ? {} : { fit }),
  };
}

/** @throws TextureFileError unless they are those that the recipe names, in its order. */
export async function assertPictures(
  recipe: TextureRecipe,
  pictures: readonly Pick<OrderPicture, "picture">[],
): Promise<void> {
  if (pictures.length !== recipe.pictures.length) {
    const names = recipe.pictures.map(({ name }) => `"${name}"`).join(", ");
    throw new TextureFileError(
      `Recipe: needed ${recipe.pictures.length} pictures${names && ` (${names})`}, came ${pictures.length}. Give the pictures that it was painted from.`,
    );
  }
  const hashes = await Promise.all(pictures.map(({ picture }) => pictureHash(picture)));
  recipe.pictures.forEach((entry, i) => {
    if (entry.hash === hashes[i]) return;
    const { width, height } = pictures[i].picture;
    throw new TextureFileError(
      `Recipe: needed the picture "${entry.name}" of ${entry.width} × ${entry.height} pixels as "${entry.role}", came another one of ${width} × ${height}. Give the same file again.`,
    );
  });
}

/** @throws TextureFileError where the recipe names a fit, and this is another one or none. */
export async function assertFit({ imaginerFit: wanted }: TextureRecipe, fit: Uint8Array | undefined): Promise<void> {
  const came = wanted !== undefined && fit ? await sha256(Uint8Array.from(fit)) : null;
  if (wanted !== undefined && came !== wanted) {
    throw new TextureFileError(
      `Recipe: needed what the imaginer had learned, with the SHA-256 ${wanted.slice(0, 12)}…, came ${came ? `${came.slice(0, 12)}…` : "nothing"}. Give the file of that fit.`,
    );
  }
}
