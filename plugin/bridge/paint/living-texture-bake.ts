import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../../core/errors.ts";
import { flatSurface } from "../../paint/automata/flat-surface.ts";
import { bakeImages } from "../../paint/maps/bake.ts";
import type { BakeLivingOptions } from "./living-texture-options.ts";
import type { LivingTexture } from "./living-texture.ts";
import { materialFromImages } from "./material-from-images.ts";
import { paintMaterial } from "./paint-material.ts";

/** See `LivingTexture.bakeMaterial`. */
export async function bakedLiving(
  texture: LivingTexture,
  scene: Scene,
  name: string,
  { maps = "flat", painter, into, ...watch }: BakeLivingOptions,
): Promise<PBRMaterial> {
  if (maps === "estimated" && !painter) {
    throw new ConfigurationError(
      `LivingTexture "${texture.name}": needed a painter to estimate maps, came none. Give one, or take maps: "flat".`,
    );
  }
  const baked = await texture.bake();
  watch.signal?.throwIfAborted();
  const target = into ? { into } : {};
  if (maps === "flat") return materialFromImages(name, bakeImages(flatSurface(baked)), scene, target);
  const pictures = [{ role: "photograph", picture: baked, name: `${texture.name}.png` }];
  const { width, height } = baked;
  const settings = { edges: "wrap", evenLight: false };
  const order = { painter: painter!, generator: "photograph", settings, pictures, size: { width, height } };
  return paintMaterial(name, { ...order, ...target, ...watch }, scene);
}
