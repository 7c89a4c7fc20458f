/**
 * Entry for pages that paint: seamless materials from numbers, pictures and photographs, and what is needed to judge and keep
 * them.
 */
export { PaintingError, TextureFileError } from "./core/errors.ts";

export type { LivingSnapshot } from "./bridge/paint/automata/colony.ts";
export { LivingTexture } from "./bridge/paint/living-texture.ts";
export type { BakeLivingOptions, LivingTextureOptions } from "./bridge/paint/living-texture-options.ts";
export { materialFromImages, type ImageMaterialOptions } from "./bridge/paint/material-from-images.ts";
export { NeuralTexture, type NeuralTextureOptions } from "./bridge/paint/neural-texture.ts";
export {
  paintMaterial,
  type MaterialPainter,
  type PaintedImages,
  type PaintMaterialOptions,
} from "./bridge/paint/paint-material.ts";
export type { TextureChannel, TextureImage } from "./bridge/paint/texture-image.ts";
export { setTexturePainter, type TexturePainterOptions } from "./bridge/paint/texture-painter.ts";

export { automatonSettings } from "./paint/automata/automaton-settings.ts";
export { CellField, type CellFieldOptions } from "./paint/automata/cell-field.ts";
export type { Dab, DabKind } from "./paint/automata/dab.ts";
export type {
  SpeciesLessonOptions,
  SpeciesLessonProgress,
  SpeciesLessonWatch,
  TaughtSpecies,
} from "./paint/automata/species-lesson.ts";
export { assertSpeciesName, MOST_NAME_CHARACTERS } from "./paint/automata/species-name.ts";
export { forgetSpecies, keepSpecies, keptSpecies } from "./paint/automata/species-store.ts";
export { decodeSpecies, encodeSpecies, loadSpecies, type Species } from "./paint/automata/species.ts";
export { exportZip, type ZipOptions } from "./paint/export/export-zip.ts";
export { importZip, type TextureZip } from "./paint/export/import-zip.ts";
export { encodeMap, MAP_NAMES, recipeOfPng, type MapFileOptions, type MapName } from "./paint/export/map-files.ts";
export {
  mapFile,
  nameOfZip,
  taughtFile,
  zipFile,
  type MaterialFile,
  type NamedMaterial,
} from "./paint/export/material-files.ts";
export { decodeTaught, type TaughtFile } from "./paint/export/taught-file.ts";
export { automaton } from "./paint/generators/automaton.ts";
export { exampleGenerator } from "./paint/generators/example.ts";
export { imaginedGenerator } from "./paint/generators/imagined.ts";
export type { FindImaginer, PaintNetworks } from "./paint/generators/paint-networks.ts";
export { photographGenerator } from "./paint/generators/photograph.ts";
export { procedural } from "./paint/generators/procedural.ts";
export type { EstimateOptions, FindEstimator, SurfaceEstimator } from "./paint/generators/surface-estimator.ts";
export { textureGenerators } from "./paint/generators/texture-generators.ts";
export {
  MOST_FIT_SOURCES,
  type FitDepth,
  type FitImaginerOptions,
  type FitImaginerProgress,
  type FitImaginerWatch,
  type FitSource,
  type FitSources,
  type TaughtImaginer,
} from "./paint/imaginer/fit-lesson.ts";
export {
  bringImaginerFit,
  forgetImaginerFit,
  keepImaginerFit,
  keptFitOf,
  keptImaginerFits,
  type KeepFitOptions,
  type KeptFit,
} from "./paint/imaginer/fit-store.ts";
export { decodeImaginerFit, encodeImaginerFit, type ImaginerFit } from "./paint/imaginer/imaginer-fit.ts";
export type { AttributeLabel, Imaginer, ImagineOptions as ImagineMaterialOptions } from "./paint/imaginer/imaginer.ts";
export { codePlane, type CodePlane, type PlanePlace } from "./paint/imaginer/code-plane.ts";
export {
  drawnMask,
  drawnPieces,
  readPieceLayout,
  type DrawnPieces,
  type PieceLayout,
  type PieceMask,
  type RegularPieces,
} from "./paint/imaginer/piece-layout.ts";
export { piecesInMask, readPieceMask } from "./paint/imaginer/piece-mask.ts";
export { codeArithmetic, codePath, mixCodes, type TextureCode } from "./paint/imaginer/texture-code.ts";
export { ambientOcclusion, type OcclusionOptions } from "./paint/maps/ambient-occlusion.ts";
export { bakeImages, normalsFor, type BakedImages } from "./paint/maps/bake.ts";
export { normalBytes, normalVectors, type HeightMap, type NormalConvention } from "./paint/maps/normal-map.ts";
export { packOrm } from "./paint/maps/pack-orm.ts";
export { linearFromSrgb, linearFromSrgbBytes, srgbBytes, srgbFromLinear, type Rgb } from "./paint/maps/srgb.ts";
export type { SurfaceMaps } from "./paint/maps/surface-maps.ts";
export { ATTRIBUTE_LABELS, type Attributes } from "./paint/materials/attributes.ts";
export type { MaterialClass } from "./paint/materials/material-class.ts";
export { HELD_OUT_CLASSES, MATERIAL_CLASSES, MATERIAL_NAMES } from "./paint/materials/material-classes.ts";
export type { MaterialMaps } from "./paint/materials/material-maps.ts";
export { proceduralMaterial, type ProceduralOptions } from "./paint/materials/procedural-material.ts";
export { randomAttributes } from "./paint/materials/random-attributes.ts";
export { patchCopyRate, type CopyRateOptions } from "./paint/metrics/copy-rate.ts";
export { equivarianceError, type EquivarianceOptions } from "./paint/metrics/equivariance.ts";
export {
  fitDct,
  fitPca,
  linearBaselines,
  type LinearBaselines,
  type LinearCode,
  type LinearCodeOptions,
} from "./paint/metrics/linear-code.ts";
export { pairSimilarity, type DiversityOptions } from "./paint/metrics/pair-similarity.ts";
export {
  patchSwd,
  patchSwdOverFloor,
  type PatchSwd,
  type PatchSwdOptions,
  type PatchSwdRatio,
} from "./paint/metrics/patch-swd.ts";
export type { Edges } from "./paint/metrics/power-spectrum.ts";
export { seamScore, seamSummary, type SeamScore, type SeamSummary } from "./paint/metrics/seam-score.ts";
export { meanSquaredError, psnr } from "./paint/metrics/signal-to-noise.ts";
export {
  spectrumDistance,
  type SpectrumDistance,
  type SpectrumOptions,
  type SpectrumRing,
} from "./paint/metrics/spectrum-distance.ts";
export { msSsim, ssim, type MultiScaleOptions, type SimilarityOptions } from "./paint/metrics/structural-similarity.ts";
export {
  createPainter,
  type PaintedMaterial,
  type Painter,
  type PaintRequest,
  type RepaintWatch,
} from "./paint/painter.ts";
export { paintHere, requestOf } from "./paint/painter/paint-here.ts";
export type {
  DenoisedPicture,
  PainterDenoiseOptions,
  PainterEncodeOptions,
  PainterRegrowOptions,
  ReconstructedPicture,
} from "./paint/painter/mend-picture.ts";
export type { TextureCodes } from "./paint/painter/texture-codes.ts";
export type { LightDirection } from "./paint/photograph/light-vector.ts";
export { cropped, picture, rolled, type Picture } from "./paint/picture.ts";
export { pixelArithmetic, pixelMix } from "./paint/pictures/pixel-arithmetic.ts";
export { PictureBook, type BookPicture } from "./paint/pictures/picture-book.ts";
export {
  forgetPicture,
  keepPicture,
  keptPicture,
  keptPictureHashes,
  keptPictures,
} from "./paint/pictures/picture-store.ts";
export { readPicture, type ReadPicture, type ReadPictureOptions } from "./paint/pictures/read-picture.ts";
export { decodePng, encodePng, type PngPicture } from "./paint/png.ts";
export type { RecipePicture, TextureRecipe } from "./paint/recipe.ts";
export { pictureHash } from "./paint/recipes/picture-hash.ts";
export { readRecipe } from "./paint/recipes/read-recipe.ts";
export { freeName } from "./paint/shelf/free-name.ts";
export type { ForgottenMaterial, KeptMaterial, NewMaterial } from "./paint/shelf/kept-material.ts";
export { MaterialShelf } from "./paint/shelf/material-shelf.ts";
export { codeDirection, meanCode, movedCode } from "./paint/sprites/code-arithmetic.ts";
export { codeTrend, trendDirection } from "./paint/sprites/code-trend.ts";
export { drawShield } from "./paint/sprites/draw-shield.ts";
export { imagineCode, imagineSprite, walkSprites, type ImagineOptions } from "./paint/sprites/imagine-sprite.ts";
export { randomShield, SHIELD_KINDS, shieldVector, type Shield } from "./paint/sprites/shield.ts";
export {
  decodeSpriteModel,
  encodeSpriteModel,
  loadSpriteModel,
  SpriteModel,
  type SpriteModelKind,
  type SpriteModelSpec,
} from "./paint/sprites/sprite-model.ts";
export { onGround, spriteBytes, type Sprite } from "./paint/sprites/sprite.ts";
export type { SynthesisExample, SynthesisOptions, SynthesisProgress } from "./paint/synthesis/synthesis-options.ts";
export { synthesise } from "./paint/synthesis/synthesise.ts";
export type {
  OrderPicture,
  PaintOrder,
  PaintPreview,
  PaintProgress,
  PaintWatch,
  TextureGenerator,
} from "./paint/texture-generator.ts";
export {
  exampleOf,
  exampleRequest,
  NO_EXAMPLE,
  type ExampleWish,
  type PictureUse,
  type PictureWish,
  type WishedRequest,
} from "./paint/wishes/example-wish.ts";
export { paintSamplePictures, type SamplePicture } from "./paint/wishes/sample-pictures.ts";
export type { PictureLight } from "./paint/wishes/picture-light.ts";
