import { CreatePolyhedron } from "@babylonjs/core/Meshes/Builders/polyhedronBuilder.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { Halo, Halos } from "./halo.ts";
import type { Materials } from "./materials.ts";
import { PALETTE } from "./palette.ts";
import { SolidBuilder, type Tint } from "./solid-builder.ts";

/** Where a gem is, and whether it still lies there. */
export interface GemPlace {
  readonly x: number;
  readonly z: number;
  /** `"lying"`, or anything else once it is taken. */
  readonly state: string;
}

const GOLD: Tint = [1.5, 1.05, 0.4];

/** The gems' common material. */
export function createGemMaterial(scene: Scene): StandardMaterial {
  const material = new StandardMaterial("gem", scene);
  material.diffuseColor = new Color3(0.04, 0.5, 0.34);
  material.emissiveColor = new Color3(0.03, 0.42, 0.28);
  material.specularColor = new Color3(0.9, 1, 0.95);
  material.specularPower = 64;
  return material;
}

/** A gem that floats over its pedestal, with a light around it that is seen from afar. */
export class GemFigure {
  readonly root: TransformNode;
  readonly meshes: readonly Mesh[];
  readonly #gem: Mesh;
  readonly #glow: Halo;
  readonly #pool: Halo;
  #shown = 1;

  constructor(index: number, material: StandardMaterial, materials: Materials, halos: Halos, scene: Scene) {
    this.root = new TransformNode(`gem ${index}`, scene);
    const pedestal = buildPedestal().toMesh(`pedestal ${index}`, materials.stone, scene);
    pedestal.parent = this.root;
    pedestal.receiveShadows = true;
    this.#gem = CreatePolyhedron(`gem ${index}`, { type: 1, size: 0.24 }, scene);
    this.#gem.scaling.y = 1.45;
    this.#gem.material = material;
    this.#gem.parent = this.root;
    this.#gem.isPickable = false;
    this.meshes = [pedestal, this.#gem];
    this.#glow = halos.glow(`gem glow ${index}`, this.root, 2, PALETTE.gem, 0.5);
    this.#pool = halos.pool(`gem light ${index}`, this.root, 3.4, PALETTE.gem, 0.3);
    this.#pool.mesh.position.y = 0.05;
  }

  /** @param seconds - Since the last frame. */
  update(piece: GemPlace, seconds: number, clock: number): void {
    this.root.position.x = piece.x;
    this.root.position.z = piece.z;
    const target = piece.state === "lying" ? 1 : 0;
    this.#shown += (target - this.#shown) * Math.min(1, seconds * 9);
    const height = 0.85 + 0.09 * Math.sin(clock * 2 + piece.x);
    this.#gem.position.y = height + (1 - this.#shown) * 0.9;
    this.#gem.rotation.y = clock * 1.3;
    this.#gem.scaling.set(this.#shown, this.#shown * 1.45, this.#shown);
    this.#gem.isVisible = this.#shown > 0.03;
    this.#glow.mesh.position.y = this.#gem.position.y;
    this.#glow.set(PALETTE.gem, 0.62 * this.#shown * (0.9 + 0.1 * Math.sin(clock * 3.1 + piece.z)));
    this.#pool.set(PALETTE.gem, 0.34 * this.#shown);
  }

  dispose(): void {
    for (const halo of [this.#glow, this.#pool]) halo.dispose();
    this.root.dispose();
  }
}

/** A round foot of stone with a gilded rim, 0.43 m high. */
export function buildPedestal(): SolidBuilder {
  return new SolidBuilder()
    .drum({ x: 0, z: 0, y: 0, height: 0.1, lowerRadius: 0.36, upperRadius: 0.33, sides: 12 })
    .drum({ x: 0, z: 0, y: 0.1, height: 0.2, lowerRadius: 0.22, upperRadius: 0.2, sides: 10, tint: [0.8, 0.8, 0.84] })
    .drum({ x: 0, z: 0, y: 0.3, height: 0.1, lowerRadius: 0.25, upperRadius: 0.32, sides: 12 })
    .drum({ x: 0, z: 0, y: 0.4, height: 0.03, lowerRadius: 0.27, upperRadius: 0.25, sides: 12, tint: GOLD });
}
