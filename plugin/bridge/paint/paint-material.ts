import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { breathe } from "../../core/breathe.ts";
import { ConfigurationError } from "../../core/errors.ts";
import type { PaintedMaterial, PaintRequest } from "../../paint/painter/paint-request.ts";
import type { Picture } from "../../paint/picture.ts";
import type { OrderPicture, PaintWatch } from "../../paint/texture-generator.ts";
import { assertAlive, closeWardrobe, dress, openWardrobe, type DressOptions } from "./dress-material.ts";
import { takeTurn, type PaintTurn } from "./paint-turn.ts";
import { stageImages } from "./stage-images.ts";

/** The part of what was painted that a material is made of. */
export type PaintedImages = Pick<PaintedMaterial, "recipe" | "images">;

/** As much of a painter as a material needs. */
export interface MaterialPainter {
  paint(request: PaintRequest, watch?: PaintWatch): Promise<PaintedImages>;
}

/** What to paint, by whom, and where it goes. */
export interface PaintMaterialOptions extends PaintWatch, DressOptions {
  /** Does the work in its worker; stays yours. One painter serves any number of materials. */
  readonly painter: MaterialPainter;
  /** A class of procedural material, e.g. `"brick"`: the short way to say `settings: { material }`. */
  readonly material?: string;
  /** What of the class to change, e.g. `{ moss: 0.8 }`: the short way to say `settings: { attributes }`. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** A picture to paint from; `readPicture` makes one of a file. The short way to say `pictures` with one of them. */
  readonly from?: Picture | { readonly picture: Picture; readonly name: string };
  /** All pictures with their roles, in place of `from`. */
  readonly pictures?: readonly OrderPicture[];
  /** Default `"example"` where there is a picture to paint from, else `"procedural"`. */
  readonly generator?: string;
  /** As the generator documents them. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Which of the endless variations; its lowest 32 bits count. Default 1. */
  readonly seed?: number;
  /** Pixels of a square tile, or of a longer one. Default 512, or as the picture, made smaller to at most 512. */
  readonly size?: number | { readonly width: number; readonly height: number };
}

/**
 * Paints a seamless material and puts it on the GPU: albedo, normals with heights, occlusion, roughness and metallic, with
 * mipmaps. `wall.material = await paintMaterial("mossy stone", { painter, material: "roughStone", attributes: { moss: 0.8 } }, scene)`.
 *
 * Nothing changes until all maps are complete; then they appear in the same frame. A painting that fails or is cancelled leaves
 * `into` as it was and nothing behind, and one that is overtaken by a later one into the same material is not shown. The
 * recipe is in the material's `metadata.textureRecipe`. Dispose of it with `material.dispose(false, true)`.
 *
 * @returns `options.into`, or a new material.
 * @throws ConfigurationError for an order that cannot be, or when the scene or `into` is gone; the signal's reason when cancelled.
 */
export async function paintMaterial(name: string, options: PaintMaterialOptions, scene: Scene): Promise<PBRMaterial> {
  const who = `paintMaterial "${name}"`;
  const { painter, into, signal } = options;
  const request = requestOf(who, options);
  assertAlive(who, scene, into);
  signal?.throwIfAborted();
  const turn = takeTurn(into);
  const painted = await painter.paint(request, options);
  signal?.throwIfAborted();
  assertAlive(who, scene, into);
  if (into && turn.isOvertaken()) return into;
  return hang(who, name, painted, request.pictures ?? [], scene, options, turn);
}

/** Uploads the maps with rests, then shows them. */
async function hang(
  who: string,
  name: string,
  { images, recipe }: PaintedImages,
  pictures: readonly OrderPicture[],
  scene: Scene,
  options: PaintMaterialOptions,
  turn: PaintTurn,
): Promise<PBRMaterial> {
  const { into, signal } = options;
  const wardrobe = openWardrobe(who, name, scene, options);
  const staging = stageImages(who, wardrobe, images);
  try {
    let step = staging.next();
    while (!step.done) {
      await breathe();
      signal?.throwIfAborted();
      assertAlive(who, scene, into);
      if (into && turn.isOvertaken()) {
        closeWardrobe(wardrobe, into);
        return into;
      }
      step = staging.next();
    }
    turn.show();
    return dress(
      name,
      wardrobe,
      { channels: step.value, relief: images.relief, recipe, pictures, repaint: null },
      scene,
      options,
    );
  } catch (error) {
    closeWardrobe(wardrobe, into);
    throw error;
  } finally {
    staging.return(undefined as never);
  }
}

function requestOf(who: string, options: PaintMaterialOptions): PaintRequest {
  const { material, attributes, from, seed, size } = options;
  if (from && options.pictures) {
    throw new ConfigurationError(
      `${who}: needed either from or pictures, came both. Put the picture among the others.`,
    );
  }
  const generator = options.generator ?? (from || options.pictures?.length ? "example" : "procedural");
  const role = generator === "photograph" ? "photograph" : "example";
  const pictures = options.pictures ?? (from ? [{ role, ...named(from) }] : []);
  const settings = {
    ...options.settings,
    ...(material === undefined ? {} : { material }),
    ...(attributes === undefined ? {} : { attributes }),
  };
  return {
    generator,
    settings,
    pictures,
    ...(seed === undefined ? {} : { seed }),
    ...(size === undefined ? {} : { size }),
  };
}

function named(from: Picture | { readonly picture: Picture; readonly name: string }): {
  picture: Picture;
  name: string;
} {
  return "picture" in from ? { picture: from.picture, name: from.name } : { picture: from, name: "picture" };
}
