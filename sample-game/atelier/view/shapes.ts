import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import { CreateCylinder } from "@babylonjs/core/Meshes/Builders/cylinderBuilder.js";
import { CreatePlane } from "@babylonjs/core/Meshes/Builders/planeBuilder.js";
import { CreateSphere } from "@babylonjs/core/Meshes/Builders/sphereBuilder.js";
import { VertexBuffer } from "@babylonjs/core/Buffers/buffer.js";
import type { Material } from "@babylonjs/core/Materials/material.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { Stand } from "./orbit-view.ts";

/** Ways to look at a material. */
export type ViewName = "yard" | "tiles" | "sphere" | "cube" | "plane";

/** How often the flat view shows the tile, each way. */
export const FLAT_TILES = 3;

/** Where the camera stands in each view. */
export const STANDS: Readonly<Record<ViewName, Stand>> = {
  yard: {
    target: [0.35, 1.22, 1.2],
    distance: 8.2,
    yaw: 0.1,
    pitch: 0.16,
    fits: [7.4, 3.7],
    yawLimit: 0.62,
    pitchLimits: [0.02, 0.62],
    zoomLimits: [0.85, 3],
  },
  tiles: {
    target: [0, 1, 0],
    distance: 6,
    yaw: 0,
    pitch: 0,
    fits: [3.1, 3.1],
    yawLimit: 0.7,
    pitchLimits: [-0.7, 0.7],
    zoomLimits: [0.7, 8],
  },
  sphere: {
    target: [0, 1, 0],
    distance: 5.4,
    yaw: 0.35,
    pitch: 0.16,
    fits: [2.5, 2.5],
    yawLimit: Infinity,
    pitchLimits: [-0.1, 1.2],
    zoomLimits: [0.6, 4],
  },
  cube: {
    target: [0, 0.92, 0],
    distance: 6,
    yaw: 0.62,
    pitch: 0.38,
    fits: [2.75, 2.75],
    yawLimit: Infinity,
    pitchLimits: [-0.06, 1.2],
    zoomLimits: [0.6, 4],
  },
  plane: {
    target: [0, 0.04, 0],
    distance: 6,
    yaw: 0.5,
    pitch: 0.62,
    fits: [4.3, 3],
    yawLimit: Infinity,
    pitchLimits: [0.1, 1.5],
    zoomLimits: [0.6, 6],
  },
};

/** The shapes of the study, one for each view but the yard's; one at a time is shown. */
export class Shapes {
  readonly meshes: Readonly<Record<Exclude<ViewName, "yard">, Mesh>>;
  readonly #plinth: Mesh;

  /** @param plain - Worn before anything was painted. @param dark - What they stand on. */
  constructor(plain: Material, dark: Material, scene: Scene) {
    const tiles = CreatePlane("tiles", { size: 3 }, scene);
    tiles.position.y = 1;
    scaleUvs(tiles, FLAT_TILES, FLAT_TILES);
    const sphere = CreateSphere("sphere", { diameter: 2, segments: 48 }, scene);
    sphere.position.y = 1.02;
    scaleUvs(sphere, 2, 1);
    const cube = CreateBox("cube", { size: 1.5 }, scene);
    cube.position.y = 0.77;
    const plane = CreateBox("plane", { width: 2.8, depth: 2.8, height: 0.08 }, scene);
    layFromAbove(plane, 1.4);
    plane.position.y = 0.06;
    this.meshes = { tiles, sphere, cube, plane };
    for (const mesh of Object.values(this.meshes)) {
      mesh.material = plain;
      mesh.receiveShadows = true;
      mesh.isPickable = false;
      mesh.setEnabled(false);
    }
    this.#plinth = CreateCylinder("plinth", { diameter: 4.2, height: 0.12, tessellation: 64 }, scene);
    this.#plinth.position.y = -0.04;
    this.#plinth.material = dark;
    this.#plinth.receiveShadows = true;
    this.#plinth.isPickable = false;
    this.#plinth.setEnabled(false);
  }

  /** All shapes, and what they stand on. */
  get all(): Mesh[] {
    return [...Object.values(this.meshes), this.#plinth];
  }

  /** Shows the shape of a view and hides the others. */
  show(view: ViewName): void {
    for (const [name, mesh] of Object.entries(this.meshes)) mesh.setEnabled(name === view);
    this.#plinth.setEnabled(view !== "yard" && view !== "tiles");
  }

  get casters(): Mesh[] {
    const { sphere, cube, plane } = this.meshes;
    return [sphere, cube, plane];
  }
}

function scaleUvs(mesh: Mesh, across: number, upright: number): void {
  const uvs = mesh.getVerticesData(VertexBuffer.UVKind)!;
  for (let i = 0; i < uvs.length; i += 2) {
    uvs[i] *= across;
    uvs[i + 1] *= upright;
  }
  mesh.setVerticesData(VertexBuffer.UVKind, uvs);
}

function layFromAbove(mesh: Mesh, metres: number): void {
  const positions = mesh.getVerticesData(VertexBuffer.PositionKind)!;
  const uvs = new Float32Array((positions.length / 3) * 2);
  for (let i = 0; i < uvs.length / 2; i++) {
    uvs[2 * i] = positions[3 * i] / metres + positions[3 * i + 1];
    uvs[2 * i + 1] = positions[3 * i + 2] / metres + positions[3 * i + 1];
  }
  mesh.setVerticesData(VertexBuffer.UVKind, uvs);
}
