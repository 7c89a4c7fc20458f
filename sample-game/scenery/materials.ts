import type { BaseTexture } from "@babylonjs/core/Materials/Textures/baseTexture.js";
import type { Texture } from "@babylonjs/core/Materials/Textures/texture.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { createSurface, type SurfaceName } from "./surface.ts";

/** What everything is made of; all materials are shared and live as long as the scene. */
export class Materials {
  readonly cobbles: StandardMaterial;
  readonly turf: StandardMaterial;
  readonly stone: StandardMaterial;
  readonly golemStone: StandardMaterial;
  readonly wood: StandardMaterial;
  readonly iron: StandardMaterial;
  readonly cloth: StandardMaterial;
  readonly flame: StandardMaterial;
  readonly #scene: Scene;
  #hedge: StandardMaterial | null = null;
  #detail = { lights: 6, relief: true };
  readonly #lit: { material: StandardMaterial; bumps: BaseTexture | null; shine: Color3 }[];

  constructor(scene: Scene) {
    this.#scene = scene;
    const stone = createSurface("hewn", 256, scene, 2.4);
    const textured = (name: string, surface: SurfaceName, size: number, depth: number): StandardMaterial => {
      const { albedo, relief } = createSurface(surface, size, scene, depth);
      return this.#create(name, scene, albedo, relief);
    };
    this.cobbles = textured("cobbles", "cobbles", 512, 3);
    this.cobbles.diffuseColor = new Color3(0.62, 0.62, 0.68);
    this.cobbles.specularColor = new Color3(0.22, 0.24, 0.3);
    this.cobbles.specularPower = 48;
    this.turf = textured("turf", "turf", 256, 1.6);
    this.wood = textured("wood", "planks", 256, 2.4);
    this.stone = this.#create("stone", scene, stone.albedo, stone.relief);
    this.stone.diffuseColor = new Color3(0.66, 0.66, 0.72);
    this.golemStone = this.#create("golem stone", scene, stone.albedo, stone.relief);
    this.golemStone.diffuseColor = new Color3(1.25, 1.2, 1.15);
    this.golemStone.specularColor = new Color3(0.16, 0.16, 0.2);
    this.iron = this.#create("iron", scene);
    this.iron.diffuseColor = new Color3(0.1, 0.1, 0.12);
    this.iron.specularColor = new Color3(0.4, 0.4, 0.45);
    this.cloth = this.#create("cloth", scene);
    this.cloth.specularColor = new Color3(0.04, 0.04, 0.06);
    this.flame = new StandardMaterial("flame", scene);
    this.flame.disableLighting = true;
    this.flame.emissiveColor = new Color3(1, 0.78, 0.42);
    this.flame.fogEnabled = false;
    const lit = [this.cobbles, this.turf, this.stone, this.golemStone, this.wood, this.iron, this.cloth];
    this.#lit = lit.map((material) => ({ material, bumps: material.bumpTexture, shine: material.specularColor }));
  }

  /** Clipped leaves; made when it is first asked for. */
  get hedge(): StandardMaterial {
    if (this.#hedge) return this.#hedge;
    const { albedo, relief } = createSurface("leaves", 256, this.#scene, 3.4);
    const hedge = this.#create("hedge", this.#scene, albedo, relief);
    hedge.specularColor = new Color3(0.07, 0.09, 0.07);
    this.#lit.push({ material: hedge, bumps: relief, shine: hedge.specularColor });
    this.#hedge = hedge;
    this.setDetail(this.#detail.lights, this.#detail.relief);
    return hedge;
  }

  /** A material that glows by itself and takes no light. */
  static glowing(name: string, colour: Color3, scene: Scene): StandardMaterial {
    const material = new StandardMaterial(name, scene);
    material.disableLighting = true;
    material.emissiveColor = colour.clone();
    material.specularColor = Color3.Black();
    return material;
  }

  /**
   * How much the materials show.
   *
   * @param lights - How many shine on one thing at most: sky, moon, and then lamps.
   * @param relief - Whether surfaces have bumps and highlights.
   */
  setDetail(lights: number, relief: boolean): void {
    this.#detail = { lights, relief };
    for (const { material, bumps, shine } of this.#lit) {
      material.maxSimultaneousLights = lights;
      material.bumpTexture = relief ? bumps : null;
      material.specularColor = relief ? shine : Color3.Black();
      const albedo = material.diffuseTexture;
      if (albedo) albedo.anisotropicFilteringLevel = relief ? 4 : 1;
    }
  }

  /** How often a material's surface is repeated along a mesh, bumps included, whether they show at present or not. */
  tile(material: StandardMaterial, times: number): void {
    const bumps = this.#lit.find((lit) => lit.material === material)?.bumps ?? null;
    for (const texture of [material.diffuseTexture, bumps] as (Texture | null)[]) {
      if (texture) texture.uScale = texture.vScale = times;
    }
  }

  #create(
    name: string,
    scene: Scene,
    albedo: BaseTexture | null = null,
    relief: BaseTexture | null = null,
  ): StandardMaterial {
    const material = new StandardMaterial(name, scene);
    material.diffuseTexture = albedo;
    material.bumpTexture = relief;
    material.specularColor = new Color3(0.09, 0.09, 0.11);
    material.specularPower = 24;
    material.maxSimultaneousLights = 6;
    return material;
  }
}
