import { Constants } from "@babylonjs/core/Engines/constants.js";
import type { Material } from "@babylonjs/core/Materials/material.js";
import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture.js";
import type { Texture } from "@babylonjs/core/Materials/Textures/texture.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { materialFromImages, type BakedImages, type TextureRecipe } from "../../../plugin/paint.ts";
import type { Made, MaterialRack } from "../work/material-rack.ts";
import { plainImages } from "./plain-images.ts";
import type { Wardrobe } from "./stage.ts";
import { mapBytes, type MapName } from "./thumbnail.ts";

/** Makes Babylon's materials of painted ones when something wears them, and puts them away when nothing does. */
export class Tailor implements Wardrobe {
  /** What is worn before anything was painted: the same shader as all that comes, with nothing in it. */
  readonly plain: Material;
  readonly dark: Material;
  readonly #scene: Scene;
  readonly #rack: MaterialRack;
  readonly #lit = new Map<number, PBRMaterial>();
  readonly #flat = new Map<number, StandardMaterial>();
  #map: MapName = "material";
  #repeat = 1;

  constructor(rack: MaterialRack, scene: Scene) {
    this.#scene = scene;
    this.#rack = rack;
    this.plain = this.#make("plain", plainImages(92));
    this.dark = this.#make("dark", plainImages(44));
  }

  /** Which map is shown; all of them under light by `"material"`. */
  setMap(map: MapName): void {
    if (map === this.#map) return;
    this.#map = map;
    for (const material of this.#flat.values()) material.dispose(false, true);
    this.#flat.clear();
  }

  /** How often the tile repeats where it is laid once by default. */
  setRepeat(times: number): void {
    this.#repeat = times;
    for (const material of this.#lit.values()) repeatTextures(material, times);
    for (const material of this.#flat.values()) repeatTextures(material, times);
  }

  /** Has these ready, and puts all others away. */
  prepare(worn: ReadonlySet<number>): void {
    for (const wardrobe of [this.#lit, this.#flat]) {
      for (const [id, material] of wardrobe) {
        if (worn.has(id)) continue;
        material.dispose(false, true);
        wardrobe.delete(id);
      }
    }
    for (const id of worn) this.materialOf(id);
  }

  materialOf(id: number): Material | null {
    const made = this.#rack.get(id);
    if (this.#map !== "material") return made ? this.#flatOf(made) : null;
    const present = this.#lit.get(id);
    if (present || !made) return present ?? null;
    const material = this.#make(made.name, made.images, made.recipe);
    repeatTextures(material, this.#repeat);
    this.#lit.set(id, material);
    return material;
  }

  #make(name: string, images: BakedImages, recipe: TextureRecipe | null = null): PBRMaterial {
    const material = materialFromImages(name, images, this.#scene, { recipe });
    material.maxSimultaneousLights = 2;
    return material;
  }

  #flatOf(made: Made): StandardMaterial {
    const present = this.#flat.get(made.id);
    if (present) return present;
    const { width, height } = made.images;
    const texture = RawTexture.CreateRGBATexture(
      mapBytes(made.images, this.#map),
      width,
      height,
      this.#scene,
      true,
      true,
      Constants.TEXTURE_TRILINEAR_SAMPLINGMODE,
    );
    texture.wrapU = texture.wrapV = Constants.TEXTURE_WRAP_ADDRESSMODE;
    texture.anisotropicFilteringLevel = 4;
    const material = new StandardMaterial(`${made.name} ${this.#map}`, this.#scene);
    material.disableLighting = true;
    material.emissiveColor = Color3.Black();
    material.emissiveTexture = texture;
    material.specularColor = Color3.Black();
    repeatTextures(material, this.#repeat);
    this.#flat.set(made.id, material);
    return material;
  }
}

/** Has a material's textures repeat so often where they are laid once. */
export function repeatTextures(material: Material, times: number): void {
  for (const texture of material.getActiveTextures() as Texture[]) {
    if ("uScale" in texture && texture.name !== "sky") texture.uScale = texture.vScale = times;
  }
}
