import { HemisphericLight } from "@babylonjs/core/Lights/hemisphericLight.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3, Color4 } from "@babylonjs/core/Maths/math.color.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import { CreateCylinder } from "@babylonjs/core/Meshes/Builders/cylinderBuilder.js";
import { CreatePolyhedron } from "@babylonjs/core/Meshes/Builders/polyhedronBuilder.js";
import { VertexBuffer } from "@babylonjs/core/Buffers/buffer.js";
import { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { GEMS, PAINT, seekerConfig } from "../rules/config.ts";
import { PILLARS } from "../rules/court.ts";

/** Layer of all that the golem's camera sees; what only people see is drawn on others. */
export const SEEN_LAYER = 0x02000000;
const SEEN_BY_ALL = 0x0fffffff;

/** One court, as the golem's camera sees it. Nodes are children of its root. */
export interface SeekerBodies {
  readonly golem: TransformNode;
  /** In the order of `GEMS`. */
  readonly gems: readonly Mesh[];
  readonly court: Mesh;
}

type Paint = readonly [number, number, number] | readonly number[];

/** Builds a court around `root`: everything that stands still is one mesh, so that a camera costs four draw calls. */
export function makeSeekerBodies(root: TransformNode): SeekerBodies {
  const scene = root.getScene();
  light(scene);
  const court = makeCourt(scene);
  court.parent = root;
  const golem = new TransformNode("seeker", scene);
  golem.parent = root;
  const gems = GEMS.map((name) => {
    const gem = CreatePolyhedron(name, { type: 1, size: seekerConfig.gem.radius }, scene);
    gem.material = gemMaterial(scene, name);
    gem.parent = root;
    gem.position.y = seekerConfig.gem.height;
    return gem;
  });
  for (const mesh of [court, ...gems]) {
    mesh.layerMask = SEEN_BY_ALL;
    mesh.isPickable = false;
  }
  return { golem, gems, court };
}

/** One soft light for all courts of a scene, the same in the worker and in the game. */
function light(scene: Scene): void {
  const name = "light of the courts";
  if (scene.getLightByName(name)) return;
  const sky = new HemisphericLight(name, new Vector3(0.3, 1, -0.2), scene);
  sky.groundColor = new Color3(0.45, 0.45, 0.5);
  sky.specular = Color3.Black();
}

function makeCourt(scene: Scene): Mesh {
  const { court, wallHeight, pillars } = seekerConfig;
  const half = court / 2;
  const parts: Mesh[] = [box(scene, { width: court, depth: court, height: 0.2 }, PAINT.floor, [0, -0.1, 0])];
  for (const side of [-1, 1]) {
    const middle = side * (half + 0.15);
    const long = { height: wallHeight, width: court + 0.6, depth: 0.3 };
    parts.push(box(scene, long, PAINT.wall, [0, wallHeight / 2, middle]));
    parts.push(box(scene, { ...long, width: 0.3, depth: court }, PAINT.wall, [middle, wallHeight / 2, 0]));
  }
  PILLARS.forEach(({ x, z }, index) => {
    const size = { diameter: 2 * pillars.radius, height: pillars.height, tessellation: 12 };
    parts.push(painted(CreateCylinder("pillar", size, scene), PAINT.pillars[index], [x, pillars.height / 2, z]));
  });
  const merged = Mesh.MergeMeshes(parts, true, true)!;
  merged.name = "court";
  merged.material = courtMaterial(scene);
  return merged;
}

function box(
  scene: Scene,
  size: { width: number; depth: number; height: number },
  paint: Paint,
  at: readonly [number, number, number],
): Mesh {
  return painted(CreateBox("stone", size, scene), paint, at);
}

function painted(mesh: Mesh, [red, green, blue]: Paint, [x, y, z]: readonly [number, number, number]): Mesh {
  mesh.position.set(x, y, z);
  const colours = Array.from({ length: mesh.getTotalVertices() }, () => [red, green, blue, 1]).flat();
  mesh.setVerticesData(VertexBuffer.ColorKind, colours);
  return mesh;
}

function courtMaterial(scene: Scene): StandardMaterial {
  return shared(scene, "stone of the courts", (material) => {
    material.specularColor = Color3.Black();
  });
}

function gemMaterial(scene: Scene, name: (typeof GEMS)[number]): StandardMaterial {
  return shared(scene, `${name} of the courts`, (material) => {
    const [red, green, blue] = PAINT[name];
    material.diffuseColor = new Color3(red, green, blue);
    material.emissiveColor = new Color3(red, green, blue).scale(0.45);
    material.specularColor = Color3.Black();
  });
}

function shared(scene: Scene, name: string, paint: (material: StandardMaterial) => void): StandardMaterial {
  const known = scene.getMaterialByName(name);
  if (known) return known as StandardMaterial;
  const material = new StandardMaterial(name, scene);
  paint(material);
  return material;
}

/** The sky over all courts; the golem sees it above the walls. */
export const SKY = new Color4(0.03, 0.04, 0.09, 1);
