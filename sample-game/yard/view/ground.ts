import type { Texture } from "@babylonjs/core/Materials/Textures/texture.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { yardConfig } from "../rules/config.ts";
import { BakedLight } from "./baked-light.ts";
import type { Materials } from "../../scenery/materials.ts";

/** The cobbled yard and the turf around it. */
export interface Ground {
  readonly yard: Mesh;
  readonly baked: BakedLight;
}

/** Cobbles reach this far under the walls and out of the gate. */
const MARGIN = 3;

/** Lays the ground. */
export function createGround(materials: Materials, scene: Scene): Ground {
  const side = yardConfig.side + 2 * MARGIN;
  const yard = CreateGround("cobbles", { width: side, height: side }, scene);
  const baked = new BakedLight(side, 176, scene);
  const { cobbles, turf } = materials;
  for (const texture of [cobbles.diffuseTexture, cobbles.bumpTexture] as Texture[]) {
    texture.uScale = texture.vScale = side / 3.4;
  }
  cobbles.emissiveTexture = baked.light;
  cobbles.ambientTexture = baked.shade;
  yard.material = cobbles;

  const field = CreateGround("turf", { width: 120, height: 120 }, scene);
  field.position.y = -0.03;
  field.material = turf;
  for (const texture of [turf.diffuseTexture, turf.bumpTexture] as Texture[]) texture.uScale = texture.vScale = 34;

  for (const mesh of [yard, field]) {
    mesh.receiveShadows = true;
    mesh.isPickable = false;
    mesh.freezeWorldMatrix();
  }
  return { yard, baked };
}
