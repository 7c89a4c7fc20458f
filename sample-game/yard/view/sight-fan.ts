import { Constants } from "@babylonjs/core/Engines/constants.js";
import { VertexBuffer } from "@babylonjs/core/Buffers/buffer.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { VertexData } from "@babylonjs/core/Meshes/mesh.vertexData.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { yardConfig } from "../rules/config.ts";
import type { GroundShape } from "../rules/geometry.ts";
import { castRay } from "./cast-ray.ts";

const RAYS = 120;
const FLOOR = 0.045;

/** How much fainter the light is behind a golem than before it: it sees all around, but it looks ahead. */
const BEHIND = 0.45;

/** The ground that a golem sees, as a faint light that stops at walls and obstacles. */
export class SightFan {
  readonly mesh: Mesh;
  readonly #material: StandardMaterial;
  readonly #positions = new Float32Array((RAYS + 2) * 3);
  readonly #colours: Float32Array;

  constructor(index: number, scene: Scene) {
    this.mesh = new Mesh(`sight ${index}`, scene);
    this.mesh.isPickable = false;
    this.mesh.alwaysSelectAsActiveMesh = true;
    this.#material = new StandardMaterial(`sight ${index}`, scene);
    this.#material.disableLighting = true;
    this.#material.specularColor = Color3.Black();
    this.#material.alphaMode = Constants.ALPHA_ADD;
    this.#material.alpha = 0.999;
    this.#material.backFaceCulling = false;
    this.#material.disableDepthWrite = true;
    this.#material.fogEnabled = false;
    this.mesh.material = this.#material;
    const colours = new Float32Array((RAYS + 2) * 4).fill(1);
    const indices: number[] = [];
    for (let ray = 0; ray < RAYS; ray++) indices.push(0, ray + 1, ray + 2);
    const vertices = new VertexData();
    vertices.positions = this.#positions;
    vertices.colors = colours;
    vertices.normals = new Float32Array((RAYS + 2) * 3);
    vertices.indices = indices;
    vertices.applyToMesh(this.mesh, true);
    this.#colours = colours;
  }

  /** Spreads the light anew. Allocates nothing. */
  update(
    golem: { x: number; z: number; yaw: number },
    shapes: readonly GroundShape[],
    colour: Color3,
    strength: number,
  ): void {
    const { sight } = yardConfig.golem;
    const positions = this.#positions;
    const colours = this.#colours;
    positions[0] = golem.x;
    positions[1] = FLOOR;
    positions[2] = golem.z;
    for (let ray = 0; ray <= RAYS; ray++) {
      const angle = golem.yaw + (ray / RAYS) * 2 * Math.PI;
      const x = Math.sin(angle);
      const z = Math.cos(angle);
      const distance = Math.min(sight, castRay(golem, x, z, sight, shapes, yardConfig.side));
      const at = (ray + 1) * 3;
      positions[at] = golem.x + x * distance;
      positions[at + 1] = FLOOR;
      positions[at + 2] = golem.z + z * distance;
      // Additive, so colour is what counts.
      const ahead = 0.5 + 0.5 * Math.cos(angle - golem.yaw);
      const left = Math.pow(1 - distance / sight, 1.1) * (BEHIND + (1 - BEHIND) * ahead);
      const colourAt = (ray + 1) * 4;
      colours[colourAt] = colours[colourAt + 1] = colours[colourAt + 2] = left;
    }
    this.mesh.updateVerticesData(VertexBuffer.PositionKind, positions);
    this.mesh.updateVerticesData(VertexBuffer.ColorKind, colours);
    colour.scaleToRef(strength, this.#material.emissiveColor);
  }

  dispose(): void {
    this.mesh.dispose();
    this.#material.dispose();
  }
}
