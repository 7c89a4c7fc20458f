import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { TextureRecipe } from "../../paint/recipe.ts";
import type { OrderPicture } from "../../paint/texture-generator.ts";
import type { SharedDevice } from "../shared-device.ts";
import { assertAlive, closeWardrobe, dress, openWardrobe, type DressOptions } from "./dress-material.ts";
import { takeTurn } from "./paint-turn.ts";
import { isOnSharedDevice, stageByMemory, stageOnGpu } from "./stage-tensors.ts";
import { assertTensorMaps, type TensorMaps } from "./tensor-buffers.ts";

/** What a relief on the GPU counts as for parallax, in shorter sides of the tile, since it is not read back. */
const USUAL_RELIEF = 0.05;

/** What a material of tensors may know beyond them. */
export interface TensorMaterialOptions extends DressOptions {
  /** By `shareDevice`: then nothing leaves the GPU. Default null: the maps go through ordinary memory. */
  readonly shared?: SharedDevice | null;
  /** How the maps were made. With it, a scene's texture painter can bring them back after a lost GPU. Default null. */
  readonly recipe?: TextureRecipe | null;
  /** The recipe's pictures, in order. Default none. */
  readonly pictures?: readonly OrderPicture[];
  /** Paints them again after a lost GPU, in place of the recipe: shows its result in the same material. Default null. */
  readonly repaint?: (() => Promise<void>) | null;
  readonly signal?: AbortSignal;
}

/**
 * A physically based material with the maps of tensors: what a network of your own has painted.
 *
 * With a shared device, a compute shader turns the tensors into textures, with 0 bytes read back. Such textures have no copy in ordinary
 * memory: after a lost GPU they show a plain colour until `repaint` or the scene's texture painter has brought them back; call `keep()` on
 * them where neither can. Without one (WebGL2, tensors of the WASM backend) the maps are read, baked here, which takes some 0.3 s for
 * 512 × 512 pixels, and uploaded once a texture.
 *
 * @param maps - Not disposed. They are read before the promise resolves.
 * @returns `options.into`, or a new material.
 * @throws ConfigurationError when the maps do not fit each other, or `into` is gone; DeviceLostError when the GPU is lost meanwhile; the
 *   signal's reason. The previous look stays then, and nothing is left behind.
 */
export function materialFromTensors(
  name: string,
  maps: TensorMaps,
  scene: Scene,
  options: TensorMaterialOptions = {},
): Promise<PBRMaterial> {
  return hangTensors(`materialFromTensors "${name}"`, name, maps, scene, options);
}

/** The same for somebody else's errors. */
export async function hangTensors(
  who: string,
  name: string,
  maps: TensorMaps,
  scene: Scene,
  options: TensorMaterialOptions,
): Promise<PBRMaterial> {
  const { shared = null, into, signal, recipe = null, pictures = [], repaint = null } = options;
  assertTensorMaps(who, maps);
  signal?.throwIfAborted();
  const turn = takeTurn(into);
  const wardrobe = openWardrobe(who, name, scene, options);
  try {
    const channels =
      shared && shared.engine === scene.getEngine() && isOnSharedDevice(shared)
        ? await stageOnGpu(who, wardrobe, maps, shared)
        : await stageByMemory(who, wardrobe, maps);
    try {
      signal?.throwIfAborted();
      assertAlive(who, scene, into);
    } catch (error) {
      for (const { internal } of Object.values(channels)) internal.dispose();
      throw error;
    }
    if (into && turn.isOvertaken()) {
      for (const { internal } of Object.values(channels)) internal.dispose();
      closeWardrobe(wardrobe, into);
      return into;
    }
    turn.show();
    const relief = typeof maps.relief === "number" ? maps.relief : USUAL_RELIEF;
    return dress(name, wardrobe, { channels, relief, recipe, pictures, repaint }, scene, options);
  } catch (error) {
    closeWardrobe(wardrobe, into);
    throw error;
  }
}
