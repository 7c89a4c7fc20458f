import type { InternalTexture } from "@babylonjs/core/Materials/Textures/internalTexture.js";
import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { Scene } from "@babylonjs/core/scene.js";
import { NeuralTexture } from "../../../plugin/bridge/paint/neural-texture.ts";
import type { BakedImages } from "../../../plugin/paint/maps/bake.ts";
import { bakeImages } from "../../../plugin/paint/maps/bake.ts";
import { paintHere } from "../../../plugin/paint/painter/paint-here.ts";
import type { Painter } from "../../../plugin/paint/painter.ts";
import { requestOf } from "../../../plugin/paint/painter/paint-here.ts";
import type { TextureRecipe } from "../../../plugin/paint/recipe.ts";

/** A scene that draws nothing, on an engine that keeps account of its textures as those with a GPU do. */
export function emptyScene(): Scene {
  return new Scene(new CountingEngine());
}

class CountingEngine extends NullEngine {
  override createRawTexture(...args: Parameters<NullEngine["createRawTexture"]>): InternalTexture {
    const texture = super.createRawTexture(...args);
    this.getLoadedTexturesCache().push(texture);
    return texture;
  }

  override _releaseTexture(texture: InternalTexture): void {
    const cache = this.getLoadedTexturesCache();
    cache.splice(cache.indexOf(texture), 1);
  }
}

/** How many painted textures a scene has; physically based materials bring one of Babylon's own along. */
export function paintedTextures(scene: Scene): number {
  return scene.textures.filter((texture) => texture instanceof NeuralTexture).length;
}

/** A flat square: albedo 0.5 in linear light (188 in sRGB), height 0.5, roughness 0.8, no metal. */
export function flatImages(size: number): BakedImages {
  const pixels = size * size;
  return bakeImages({
    width: size,
    height: size,
    relief: 0.05,
    albedo: new Float32Array(3 * pixels).fill(0.5),
    heights: new Float32Array(pixels).fill(0.5),
    roughness: new Float32Array(pixels).fill(0.8),
    metallic: new Float32Array(pixels),
  });
}

/** A procedural recipe of that size. */
export function sandRecipe(size: number, seed = 3): TextureRecipe {
  return {
    format: "babylon-neural-texture",
    version: 1,
    generator: "procedural",
    seed,
    width: size,
    height: size,
    settings: { material: "sand", attributes: {} },
    pictures: [],
  };
}

/** A painter without a worker, and what it was asked for. */
export function paintingHere(): Pick<Painter, "paint" | "repaint"> & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    paint: (request, watch) => {
      asked.push(`paint ${request.generator}`);
      return paintHere(request, watch);
    },
    repaint: async (recipe, pictures, watch) => {
      asked.push(`repaint ${recipe.width}`);
      return paintHere(await requestOf(recipe, pictures), watch);
    },
  };
}
