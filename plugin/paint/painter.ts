import type { WorkerLike } from "../core/worker-port.ts";
import type {
  SpeciesLessonOptions,
  SpeciesLessonProgress,
  SpeciesLessonWatch,
  TaughtSpecies,
} from "./automata/species-lesson.ts";
import type { ZipOptions } from "./export/export-zip.ts";
import type { TextureZip } from "./export/import-zip.ts";
import type { MapFileOptions, MapName } from "./export/map-files.ts";
import type {
  FitImaginerOptions,
  FitImaginerProgress,
  FitImaginerWatch,
  FitSources,
  TaughtImaginer,
} from "./imaginer/fit-lesson.ts";
import type { PieceMask } from "./imaginer/piece-layout.ts";
import type {
  DenoisedPicture,
  PainterDenoiseOptions,
  PainterEncodeOptions,
  PainterRegrowOptions,
  ReconstructedPicture,
} from "./painter/mend-picture.ts";
import type { PaintedMaterial, PaintRequest } from "./painter/paint-request.ts";
import type { TextureCodes } from "./painter/texture-codes.ts";
import { WorkerLane } from "./painter/worker-lane.ts";
import type { ReadPicture, ReadPictureOptions } from "./pictures/read-picture.ts";
import type { Picture } from "./picture.ts";
import type { TextureRecipe } from "./recipe.ts";
import type { OrderPicture, PaintWatch } from "./texture-generator.ts";

export type { BakedImages } from "./maps/bake.ts";
export type { PaintedMaterial, PaintRequest } from "./painter/paint-request.ts";

/**
 * Paints materials in a worker, so that no frame waits. All calls are promises; several may be made at once, and are answered
 * one after the other.
 */
export interface Painter {
  /**
   * Paints one material.
   *
   * Cancelled by its signal it rejects at once; a worker that does not stop within 0.3 s is replaced silently.
   *
   * @throws ConfigurationError for a request that cannot be; PaintingError when the worker died, the next call gets a new one; the
   * signal's reason when cancelled.
   */
  paint(request: PaintRequest, watch?: PaintWatch): Promise<PaintedMaterial>;
  /**
   * Makes a recipe's pixels again: the same ones in the same engine, and with the same estimator where one took part.
   *
   * @param recipe - From `readRecipe`, if it comes from somewhere else.
   * @param pictures - Those that the recipe names, in its order.
   * @throws TextureFileError when a picture or a fit is missing or another one; and as `paint`.
   */
  repaint(
    recipe: TextureRecipe,
    pictures?: readonly Pick<OrderPicture, "picture">[],
    watch?: RepaintWatch,
  ): Promise<PaintedMaterial>;
  /**
   * Codes of pictures and of all classes, by the imaginer that the worker was given: for arithmetic with them on the page.
   *
   * @param pictures - sRGB, [height, width, 3], each in [0, 1]. Default none.
   * @throws ConfigurationError where the worker has no imaginer, and for pictures that cannot be; PaintingError when the worker died; the
   * signal's reason when cancelled.
   */
  textureCodes(pictures?: readonly Picture[], watch?: PaintWatch): Promise<TextureCodes>;
  /**
   * Where the pieces of what a request imagines would lie, without painting it: bricks, stones or boards as the code plans them, or as the
   * request's setting `pieces` says. To be shown, and to be drawn on: `drawnPieces` makes such a setting of the mask.
   *
   * @param request - Of the generator `"imagined"`. A picture as `"layout"` is not looked at.
   * @returns A mask of the tile's shape, at most 128 pixels on its longer side; null for a material without pieces.
   * @throws ConfigurationError for a request that cannot be; PaintingError when the worker died; the signal's reason when cancelled.
   */
  planPieces(request: PaintRequest, watch?: Pick<PaintWatch, "signal">): Promise<PieceMask | null>;
  /**
   * Takes noise out of a picture, by the denoiser that the worker was given.
   *
   * @param picture - sRGB, [height, width, 3], without noise each in [0, 1], with it in [−2, 3]; sides of 8 to 4096 pixels.
   * @throws ConfigurationError where the worker has no denoiser, and for a picture or options that cannot be; PolicyFileError or StorageError
   * where the denoiser's file is none or cannot be fetched; UnsupportedError where the worker cannot compute it; PaintingError when the worker
   * died; the signal's reason when cancelled.
   */
  denoise(picture: Picture, options?: PainterDenoiseOptions, watch?: PaintWatch): Promise<DenoisedPicture>;
  /**
   * What is left of a picture after it was a code, by the autoencoder that the worker was given. The code is refined four times unless told
   * otherwise: some four times the work of `{ refine: 0 }`.
   *
   * @param picture - sRGB, [height, width, 3], each in [0, 1]; sides of 8 to 4096 pixels.
   * @throws As `denoise`, about the autoencoder.
   */
  reconstruct(picture: Picture, options?: PainterEncodeOptions, watch?: PaintWatch): Promise<ReconstructedPicture>;
  /**
   * Fills scratches and small holes by what the autoencoder expects there. All else stays as it was, number by number.
   *
   * @param picture - As for `reconstruct`.
   * @param hole - Not 0 where a pixel is unknown, [height, width].
   * @throws As `reconstruct`.
   */
  inpaint(
    picture: Picture,
    hole: ArrayLike<number>,
    options?: PainterEncodeOptions,
    watch?: PaintWatch,
  ): Promise<Picture>;
  /**
   * Grows new texture in place of what was scratched out, from the rest of the picture. All else stays as it was, number by number.
   *
   * @param picture - As for `reconstruct`.
   * @param hole - Not 0 where texture shall grow anew, [height, width].
   * @throws As `reconstruct`; ConfigurationError where too little is left to grow from.
   */
  regrow(
    picture: Picture,
    hole: ArrayLike<number>,
    options?: PainterRegrowOptions,
    watch?: PaintWatch,
  ): Promise<Picture>;
  /**
   * Reads a picture file as `readPicture` does, in a worker of its own that ends afterwards: large photographs take time to open.
   */
  readPicture(file: Blob | Uint8Array, options?: ReadPictureOptions): Promise<ReadPicture>;
  /** Packs a material into a zip, as `exportZip` does, in a worker of its own that ends afterwards. */
  exportZip(
    painted: Pick<PaintedMaterial, "recipe" | "images">,
    options?: ZipOptions,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** One map as a PNG file with the recipe in it, as `encodeMap` makes it, in a worker of its own that ends afterwards. */
  encodeMap(
    painted: Pick<PaintedMaterial, "recipe" | "images">,
    map: MapName,
    options?: MapFileOptions,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Unpacks such a zip, as `importZip` does, in a worker of its own that ends afterwards. */
  importZip(file: Uint8Array): Promise<TextureZip>;
  /**
   * Teaches a species of living texture from a picture, in a worker of its own that ends afterwards: paintings do not wait for it.
   *
   * @param name - For people, 1 to 40 characters.
   * @param source - Opaque sRGB, [height, width, 3]; its middle is learned, at 128 × 128 pixels or 64 × 64. Patterns that repeat within some 20
   * pixels suit.
   * @throws ConfigurationError for what cannot be; TrainingError; PaintingError when the worker died; the signal's reason when cancelled.
   */
  teachSpecies(
    name: string,
    source: Picture,
    options?: SpeciesLessonOptions,
    watch?: SpeciesLessonWatch,
  ): Promise<TaughtSpecies>;
  /**
   * Fits the worker's imaginer to a picture or a stack of maps, or to up to 50 of them, in a worker of its own that ends afterwards: the result
   * is a small file, by which that material can be imagined at any size, with any seed.
   *
   * @param name - For people, 1 to 40 characters; no class of the imaginer. It is the material's name in requests with that fit.
   * @param source - One, or a list of the same kind, pictures or maps: what is drawn is like all of them together then.
   * @throws ConfigurationError for what cannot be; TrainingError; PaintingError when the worker died; the signal's reason when cancelled.
   */
  fitImaginer(
    name: string,
    source: FitSources,
    options?: FitImaginerOptions,
    watch?: FitImaginerWatch,
  ): Promise<TaughtImaginer>;
  /** Ends the workers; what is under way rejects. May be called twice. */
  dispose(): void;
}

/** How a repainting is followed. */
export interface RepaintWatch extends PaintWatch {
  /** The bytes of what the imaginer had learned, where the recipe names it. */
  readonly fit?: Uint8Array;
}

/**
 * Makes a painter. Its worker starts with the first call.
 *
 * @param makeWorker - Starts a module worker whose module calls `servePainting`. Called again whenever a worker was ended or
 * died.
 */
export function createPainter(makeWorker: () => WorkerLike): Painter {
  const easel = new WorkerLane(makeWorker, { keepsWorker: true });
  const files = new WorkerLane(makeWorker, { keepsWorker: false });
  const school = new WorkerLane(makeWorker, { keepsWorker: false });
  return {
    paint: (request, watch = {}) =>
      easel.run({ type: "paint", request, watched: watch.onProgress !== undefined }, watch),
    repaint: (recipe, pictures = [], { fit = null, ...watch } = {}) =>
      easel.run({ type: "repaint", recipe, pictures, fit, watched: watch.onProgress !== undefined }, watch),
    textureCodes: (pictures = [], watch = {}) => easel.run({ type: "codes", pictures }, watch),
    planPieces: (request, watch = {}) => easel.run({ type: "pieces", request }, watch),
    denoise: (picture, options = {}, watch = {}) => easel.run({ type: "denoise", picture, options }, watch),
    reconstruct: (picture, options = {}, watch = {}) => easel.run({ type: "reconstruct", picture, options }, watch),
    inpaint: (picture, hole, options = {}, watch = {}) =>
      easel.run({ type: "inpaint", picture, hole: holeBytes(hole), options }, watch),
    regrow: (picture, hole, options = {}, watch = {}) =>
      easel.run({ type: "regrow", picture, hole: holeBytes(hole), options }, watch),
    readPicture: (file, options = {}) => files.run({ type: "read", file, options }),
    exportZip: ({ recipe, images }, options = {}) =>
      files.run({ type: "export", painted: { recipe, images }, options }),
    encodeMap: ({ recipe, images }, map, options = {}) =>
      files.run({ type: "map", painted: { recipe, images }, map, options }),
    importZip: (file) => files.run({ type: "import", file }),
    teachSpecies: (name, source, options = {}, { onProgress: onLesson, ...watch } = {}) =>
      school.run(
        { type: "teachSpecies", name, picture: source, options },
        { ...watch, ...(onLesson ? { onLesson: (progress) => onLesson(progress as SpeciesLessonProgress) } : {}) },
      ),
    fitImaginer: (name, source, options = {}, { onProgress: onLesson, ...watch } = {}) =>
      school.run(
        { type: "fitImaginer", name, source, options },
        { ...watch, ...(onLesson ? { onLesson: (progress) => onLesson(progress as FitImaginerProgress) } : {}) },
      ),
    dispose: () => {
      easel.dispose();
      files.dispose();
      school.dispose();
    },
  };
}

function holeBytes(hole: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(hole.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = hole[i] ? 1 : 0;
  return bytes;
}
