import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { SolidBuilder } from "../../scenery/solid-builder.ts";
import { unlit } from "./backdrop.ts";
import { LANTERN } from "./court.ts";

/** The lantern by the door. It is there for its light, and wears its own iron. */
export function buildLantern(scene: Scene): Mesh[] {
  const { x, y, z } = LANTERN;
  const iron = new SolidBuilder();
  for (const right of [-0.12, 0.12]) {
    for (const ahead of [-0.12, 0.12]) {
      iron.block({ x: x + right, y, z: z + ahead, width: 0.03, height: 0.4, depth: 0.03, bevel: 0.01 });
    }
  }
  iron.drum({ x, z, y: y + 0.19, height: 0.2, lowerRadius: 0.25, upperRadius: 0.05, sides: 6 });
  iron.drum({ x, z, y: y - 0.25, height: 0.07, lowerRadius: 0.12, upperRadius: 0.2, sides: 6 });
  iron.block({ x, y: y + 0.36, z: z + 0.25, width: 0.06, height: 0.06, depth: 0.55, bevel: 0.02 });
  const flame = new SolidBuilder().drum({
    x,
    z,
    y: y - 0.17,
    height: 0.34,
    lowerRadius: 0.1,
    upperRadius: 0.03,
    sides: 7,
  });
  const black = unlit("lantern iron", new Color3(0.06, 0.055, 0.055), scene);
  const burning = unlit("flame", new Color3(1, 0.8, 0.46), scene);
  const meshes = [iron.toMesh("lantern", black, scene), flame.toMesh("flame", burning, scene)];
  for (const mesh of meshes) mesh.useVertexColors = false;
  return meshes;
}
