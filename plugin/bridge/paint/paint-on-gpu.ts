import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import type { Scene } from "@babylonjs/core/scene.js";
import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";
import type { EstimatedTensors, MapEstimator, TensorEstimateOptions } from "../../paint/photograph/map-estimator.ts";
import type { Picture } from "../../paint/picture.ts";
import type { TextureRecipe } from "../../paint/recipe.ts";
import { pictureHash } from "../../paint/recipes/picture-hash.ts";
import type { SharedDevice } from "../shared-device.ts";
import { assertAlive, type DressOptions } from "./dress-material.ts";
import { hangTensors } from "./material-from-tensors.ts";
import { assertThere, isOnSharedDevice } from "./stage-tensors.ts";

/** A photograph, the network that reads it, and the GPU on which all of it happens. */
export interface PaintOnGpuOptions extends DressOptions {
  /** By `shareDevice`, of the scene's engine. */
  readonly shared: SharedDevice;
  /**
   * By `loadMapEstimator(…, { backend: "webgpu" })` after `shareDevice`; stays yours. A function is asked again after a lost GPU, with which
   * the weights went: give a new one then.
   */
  readonly estimator: MapEstimator | (() => MapEstimator | Promise<MapEstimator>);
  /** The photograph: sRGB, [height, width, 3]. `readPicture` makes one of a file. */
  readonly from: Picture | { readonly picture: Picture; readonly name: string };
  /** What lies beyond its borders: "wrap" for a picture that tiles, "cut" for any other. Default "wrap". */
  readonly edges?: "wrap" | "cut";
  /** Whether albedo is freed of light and shadow. Default true. */
  readonly evenLight?: boolean;
  /** From where its light comes: "find" looks for it, "shade" from everywhere, or an azimuth in radians. Default "find". */
  readonly light?: TensorEstimateOptions["light"];
  /** What a height of 1 shall mean, in shorter sides of the tile. Default as the network thinks. */
  readonly relief?: number;
  readonly signal?: AbortSignal;
}

/**
 * Estimates the maps of a photograph and makes a material of them without leaving the GPU: one upload of the picture, the network, one
 * shader, the mipmaps; 0 bytes are read back. An estimate, no measurement.
 *
 * After a lost GPU it is painted again by itself where `estimator` is a function, else by the scene's texture painter; the picture is kept
 * in memory for that. A failed or cancelled painting leaves `into` as it was.
 *
 * @returns `options.into`, or a new material.
 * @throws ConfigurationError when TensorFlow.js does not compute on the scene's device; DeviceLostError when the GPU is lost meanwhile;
 *   the signal's reason when cancelled.
 */
export async function paintMaterialOnGpu(name: string, options: PaintOnGpuOptions, scene: Scene): Promise<PBRMaterial> {
  const who = `paintMaterialOnGpu "${name}"`;
  const { shared, into, signal, relief, edges = "wrap", evenLight = true, light = "find" } = options;
  assertAlive(who, scene, into);
  if (shared.engine !== scene.getEngine()) {
    throw new ConfigurationError(
      `${who}: needed the shared device of the scene's engine, came another engine's. Share the device of the engine that draws the scene.`,
    );
  }
  signal?.throwIfAborted();
  await shared.ready;
  assertOnGpu(who, shared);
  const { picture, name: pictureName } =
    "picture" in options.from ? options.from : { picture: options.from, name: "picture" };
  const settings = { edges, evenLight, light, ...(relief === undefined ? {} : { relief }) };
  const recipe = await recipeOf(picture, pictureName, settings);
  signal?.throwIfAborted();
  const pictures = [{ role: "photograph", name: pictureName, picture }];

  const paint = async (target: DressOptions, watched?: AbortSignal): Promise<PBRMaterial> => {
    const estimator = typeof options.estimator === "function" ? await options.estimator() : options.estimator;
    watched?.throwIfAborted();
    assertOnGpu(who, shared);
    const { albedo, heights, roughness, relief: guessed } = estimate(estimator, picture, { edges, evenLight, light });
    try {
      const maps = { albedo, heights, roughness, relief: relief ?? guessed };
      return await hangTensors(who, name, maps, scene, {
        ...target,
        ...origin,
        ...(watched ? { signal: watched } : {}),
      });
    } finally {
      tf.dispose([albedo, heights, roughness, guessed]);
    }
  };
  let restoring: Promise<void> | null = null;
  const restore = async (): Promise<void> => {
    await shared.ready;
    await paint({ into: material });
  };
  // Asked by each of the textures.
  const repaint = (): Promise<void> => (restoring ??= restore().finally(() => (restoring = null)));
  const origin = { shared, recipe, pictures, repaint: typeof options.estimator === "function" ? repaint : null };
  const material = await paint(options, signal);
  return material;
}

/** The network's maps. The picture's tensor is gone afterwards. */
function estimate(estimator: MapEstimator, picture: Picture, options: TensorEstimateOptions): EstimatedTensors {
  const { height, width, channels, pixels } = picture;
  const tensor = tf.tensor4d(pixels, [1, height, width, channels]);
  try {
    return estimator.estimateTensors(tensor, options);
  } finally {
    tensor.dispose();
  }
}

async function recipeOf(picture: Picture, name: string, settings: TextureRecipe["settings"]): Promise<TextureRecipe> {
  const { height, width } = picture;
  return {
    format: "babylon-neural-texture",
    version: 1,
    generator: "photograph",
    seed: 1,
    width,
    height,
    settings,
    pictures: [{ role: "photograph", hash: await pictureHash(picture), name, width, height }],
  };
}

/** @throws DeviceLostError while the device is lost, ConfigurationError unless TensorFlow.js computes on it. */
function assertOnGpu(who: string, shared: SharedDevice): void {
  assertThere(who, shared);
  if (isOnSharedDevice(shared)) return;
  throw new ConfigurationError(
    `${who}: needed TensorFlow.js to compute on the shared device, came the backend "${tf.getBackend()}". Call tf.setBackend("webgpu") after shareDevice, or paint with a painter.`,
  );
}
