import type { InternalTexture } from "@babylonjs/core/Materials/Textures/internalTexture.js";
import { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../../core/errors.ts";
import type { TextureRecipe } from "../../paint/recipe.ts";
import type { OrderPicture } from "../../paint/texture-generator.ts";
import { NeuralTexture } from "./neural-texture.ts";
import { withRecipe } from "./recipe-metadata.ts";
import { TEXTURE_CHANNELS, type TextureChannel, type TextureImage } from "./texture-image.ts";

/** How a painted material looks, beyond its maps. */
export interface DressOptions {
  /**
   * A material that gets the new look; it keeps its name and all that is not about these maps. Its neural textures are updated,
   * other textures are replaced and stay yours to dispose of. Default a new material.
   */
  readonly into?: PBRMaterial;
  /**
   * Lets heights hide what is behind them: `"offset"` costs one sample more, `"occlusion"` up to 15 and is right at steep angles.
   * Default `"none"`.
   */
  readonly parallax?: "none" | "offset" | "occlusion";
  /** How scene files keep the textures: see `NeuralTextureOptions`. Default `"image"`. */
  readonly savedAs?: "image" | "recipe";
  /** How often the pattern repeats along u and v of new textures. Default once. */
  readonly repeat?: number | { readonly u: number; readonly v: number };
}

/** A channel's picture that is on the GPU, and on no wall yet. */
export interface StagedChannel {
  readonly internal: InternalTexture;
  /** Its pixels in ordinary memory, or null. */
  readonly image: TextureImage | null;
}

/** What a material is dressed in. */
export interface Look {
  readonly channels: Readonly<Record<TextureChannel, StagedChannel>>;
  /** What a height of 1 means, in shorter sides of the tile. */
  readonly relief: number;
  readonly recipe: TextureRecipe | null;
  readonly pictures: readonly OrderPicture[];
  /** Paints the same again after a lost GPU; null where Babylon or the recipe can do that. */
  readonly repaint: (() => Promise<void>) | null;
}

/** The material slot of each channel. */
const SLOTS = { albedo: "albedoTexture", normal: "bumpTexture", orm: "metallicTexture" } as const;

/** Textures of a material, old or new, that will show what is staged for them. */
export type Wardrobe = Readonly<Record<TextureChannel, NeuralTexture>>;

/**
 * Finds the textures that are to show a new look: those that the material has, or new ones, which nobody sees yet.
 *
 * @throws ConfigurationError when `into` is of another scene or was disposed of.
 */
export function openWardrobe(who: string, name: string, scene: Scene, options: DressOptions): Wardrobe {
  const { into, savedAs = "image", repeat = 1 } = options;
  assertAlive(who, scene, into);
  const { u, v } = typeof repeat === "number" ? { u: repeat, v: repeat } : repeat;
  const textures = TEXTURE_CHANNELS.map((channel) => {
    const present = into?.[SLOTS[channel]];
    if (present instanceof NeuralTexture && present.channel === channel) {
      if (options.savedAs) present.savedAs = savedAs;
      return [channel, present] as const;
    }
    const texture = new NeuralTexture(`${name} ${channel}`, { channel, savedAs }, scene);
    texture.uScale = u;
    texture.vScale = v;
    return [channel, texture] as const;
  });
  return Object.fromEntries(textures) as Record<TextureChannel, NeuralTexture>;
}

/** Disposes of those textures that no material got. */
export function closeWardrobe(wardrobe: Wardrobe, into: PBRMaterial | undefined): void {
  for (const channel of TEXTURE_CHANNELS) {
    if (into?.[SLOTS[channel]] !== wardrobe[channel]) wardrobe[channel].dispose();
  }
}

/** Shows a new look, all maps at the same moment. */
export function dress(name: string, wardrobe: Wardrobe, look: Look, scene: Scene, options: DressOptions): PBRMaterial {
  const material = options.into ?? new PBRMaterial(name, scene);
  for (const channel of TEXTURE_CHANNELS) {
    const { internal, image } = look.channels[channel];
    const texture = wardrobe[channel];
    texture.pictures = look.pictures;
    texture.show(internal, image, look.recipe, look.repaint);
    if (material[SLOTS[channel]] !== texture) material[SLOTS[channel]] = texture;
  }
  // Factors that the maps are multiplied by.
  material.metallic = 1;
  material.roughness = 1;
  material.useAmbientOcclusionFromMetallicTextureRed = true;
  material.useRoughnessFromMetallicTextureAlpha = false;
  material.useRoughnessFromMetallicTextureGreen = true;
  material.useMetallnessFromMetallicTextureBlue = true;
  turnNormals(material, scene, look.relief);
  const { parallax = options.into ? null : "none" } = options;
  if (parallax) {
    material.useParallax = parallax !== "none";
    material.useParallaxOcclusion = parallax === "occlusion";
  }
  material.metadata = withRecipe(material.metadata, look.recipe);
  return material;
}

/**
 * Our normals have red right and green up, as OpenGL's. In left-handed scenes Babylon 9.35 finds tangents that point the other way,
 * which its flags turn back; its parallax, which does not know the flags, has to be turned by its sign. Measured by
 * tests/browser/paint-material.test.ts.
 */
function turnNormals(material: PBRMaterial, scene: Scene, relief: number): void {
  const isTurned = !scene.useRightHandedSystem;
  material.invertNormalMapX = isTurned;
  material.invertNormalMapY = isTurned;
  material.parallaxScaleBias = isTurned ? -relief : relief;
}

/** @throws ConfigurationError when the scene, or the material in it, is gone. */
export function assertAlive(who: string, scene: Scene, into: PBRMaterial | undefined): void {
  if (scene.isDisposed) {
    throw new ConfigurationError(`${who}: needed a scene in use, came one that was disposed of. Paint before that.`);
  }
  if (!into || scene.materials.includes(into)) return;
  throw new ConfigurationError(
    `${who}: needed a material of the scene to paint into, came "${into.name}", which is not in it. Give another, or none.`,
  );
}
