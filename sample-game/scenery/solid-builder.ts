import { VertexData } from "@babylonjs/core/Meshes/mesh.vertexData.js";
import { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Material } from "@babylonjs/core/Materials/material.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { hash } from "./noise.ts";

/** Red, green and blue in [0, 1]; multiplies the material's texture. */
export type Tint = readonly [number, number, number];

/** A block with softened edges. Lengths in metres, angles in radians. */
export interface Block {
  /** Its centre. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** Turn about the upright axis. Default 0. */
  readonly yaw?: number;
  /** Lean about its own z axis. Default 0. */
  readonly lean?: number;
  /** Lean about its own x axis. Default 0. */
  readonly pitch?: number;
  /** How much of each edge is cut off. Default 0.06. */
  readonly bevel?: number;
  /** How far corners are out of place, at most. Default 0. */
  readonly wobble?: number;
  /** The lower end is this much of the upper end's size. Default 1. */
  readonly taper?: number;
  readonly tint?: Tint;
}

/** An upright drum with a flat lid. */
export interface Drum {
  readonly x: number;
  readonly z: number;
  /** Height of its foot. */
  readonly y: number;
  readonly height: number;
  readonly lowerRadius: number;
  readonly upperRadius: number;
  /** Default 14. */
  readonly sides?: number;
  /** Leaves the lid open. Default false. */
  readonly open?: boolean;
  readonly tint?: Tint;
}

const GREY: Tint = [1, 1, 1];
const TEXTURE_METRES = 1.6;

/** Collects blocks and drums and makes one mesh of them, so that a whole wall costs one draw call. */
export class SolidBuilder {
  readonly #positions: number[] = [];
  readonly #normals: number[] = [];
  readonly #uvs: number[] = [];
  readonly #colours: number[] = [];
  readonly #indices: number[] = [];
  readonly #rounded: boolean;
  #count = 0;

  /** @param rounded - Whether edges are bevelled: nearly four times as many triangles. Default true. */
  constructor(rounded = true) {
    this.#rounded = rounded;
  }

  /** Adds a block. */
  block(block: Block): this {
    const { width, height, depth, bevel = 0.06, wobble = 0, taper = 1, tint = GREY } = block;
    const half = [width / 2, height / 2, depth / 2];
    const cut = this.#rounded ? Math.min(bevel, ...half.map((length) => length * 0.9)) : 0;
    const first = this.#positions.length / 3;
    const chance = this.#count++;
    const shift = [hash(chance, 1, 91), hash(chance, 2, 91)];
    for (let corner = 0; corner < 8; corner++) {
      const sign = [corner & 1 ? 1 : -1, corner & 2 ? 1 : -1, corner & 4 ? 1 : -1];
      const narrow = sign[1] < 0 ? taper : 1;
      for (let face = 0; face < 3; face++) {
        const local = [0, 0, 0];
        for (let axis = 0; axis < 3; axis++) {
          const reach = half[axis] - (axis === face ? 0 : cut);
          local[axis] = sign[axis] * reach * (axis === 1 ? 1 : narrow);
          if (wobble > 0) local[axis] += (hash(chance * 8 + corner, axis, 93) - 0.5) * 2 * wobble;
        }
        const normal = [0, 0, 0];
        normal[face] = sign[face]!;
        const across = face === 0 ? local[2] : local[0];
        const along = face === 1 ? local[2] : local[1];
        this.#uvs.push(across / TEXTURE_METRES + shift[0], along / TEXTURE_METRES + shift[1]);
        this.#push(turn(local, block), turn(normal, block), block, tint);
      }
    }
    const triangles = this.#rounded ? ROUNDED_BLOCK : PLAIN_BLOCK;
    for (const vertex of triangles) this.#indices.push(first + vertex);
    return this;
  }

  /** Adds a drum. */
  drum(drum: Drum): this {
    const { x, y, z, height, lowerRadius, upperRadius, sides = 14, tint = GREY } = drum;
    const slope = (lowerRadius - upperRadius) / Math.max(height, 1e-6);
    const steep = Math.hypot(1, slope);
    const first = this.#positions.length / 3;
    this.#count++;
    for (let i = 0; i <= sides; i++) {
      const angle = (i / sides) * 2 * Math.PI;
      const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
      for (const [level, radius] of [
        [0, lowerRadius],
        [height, upperRadius],
      ] as const) {
        this.#uvs.push(
          (i / sides) * Math.max(1, Math.round((lowerRadius * 6) / TEXTURE_METRES)),
          (y + level) / TEXTURE_METRES,
        );
        this.#push([cos * radius, level, sin * radius], [cos / steep, slope / steep, sin / steep], { x, y, z }, tint);
      }
      if (i < sides) {
        const at = first + i * 2;
        this.#indices.push(at, at + 3, at + 1, at, at + 2, at + 3);
      }
    }
    if (!drum.open) this.#lid(drum, sides, tint);
    return this;
  }

  /** Makes the mesh. The builder stays as it is. */
  toMesh(name: string, material: Material, scene: Scene): Mesh {
    const mesh = new Mesh(name, scene);
    const vertices = new VertexData();
    vertices.positions = this.#positions;
    vertices.normals = this.#normals;
    vertices.uvs = this.#uvs;
    vertices.colors = this.#colours;
    vertices.indices = this.#indices;
    vertices.applyToMesh(mesh);
    mesh.material = material;
    mesh.isPickable = false;
    return mesh;
  }

  #lid(drum: Drum, sides: number, tint: Tint): void {
    const first = this.#positions.length / 3;
    for (let i = 0; i < sides; i++) {
      const angle = (i / sides) * 2 * Math.PI;
      const local = [Math.cos(angle) * drum.upperRadius, drum.height, Math.sin(angle) * drum.upperRadius];
      this.#uvs.push(local[0] / TEXTURE_METRES, local[2] / TEXTURE_METRES);
      this.#push(local, [0, 1, 0], drum, tint);
      if (i > 1) this.#indices.push(first, first + i - 1, first + i);
    }
  }

  #push(
    local: readonly number[],
    normal: readonly number[],
    at: { x: number; y: number; z: number },
    tint: Tint,
  ): void {
    this.#positions.push(local[0] + at.x, local[1] + at.y, local[2] + at.z);
    this.#normals.push(normal[0], normal[1], normal[2]);
    this.#colours.push(tint[0], tint[1], tint[2], 1);
  }
}

/** Leans, pitches and turns a point about the block's centre. */
function turn(point: readonly number[], { yaw = 0, lean = 0, pitch = 0 }: Block): number[] {
  let [x, y, z] = point as [number, number, number];
  if (lean !== 0) [x, y] = [x * Math.cos(lean) - y * Math.sin(lean), x * Math.sin(lean) + y * Math.cos(lean)];
  if (pitch !== 0) [y, z] = [y * Math.cos(pitch) - z * Math.sin(pitch), y * Math.sin(pitch) + z * Math.cos(pitch)];
  if (yaw !== 0) [x, z] = [x * Math.cos(yaw) + z * Math.sin(yaw), -x * Math.sin(yaw) + z * Math.cos(yaw)];
  return [x, y, z];
}

/** The triangles of a block's faces; vertex `corner * 3 + face`, wound outwards for a left-handed system. */
const PLAIN_BLOCK = buildBlockTriangles(false);
/** The same with bevels and corners. */
const ROUNDED_BLOCK = buildBlockTriangles(true);

function buildBlockTriangles(rounded: boolean): number[] {
  const triangles: number[] = [];
  const place = (vertex: number): number[] => {
    const corner = Math.floor(vertex / 3);
    return [0, 1, 2].map((axis) => (corner & (1 << axis) ? 1 : -1) * (axis === vertex % 3 ? 1 : 0.8));
  };
  const add = (vertices: readonly number[]): void => {
    const [p, q, r] = vertices.slice(0, 3).map(place) as [number[], number[], number[]];
    const a = p.map((value, axis) => value - q[axis]);
    const b = r.map((value, axis) => value - q[axis]);
    const normal = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    const outwards = normal[0] * q[0] + normal[1] * q[1] + normal[2] * q[2];
    const ring = outwards > 0 ? vertices : [...vertices].reverse();
    for (let i = 2; i < ring.length; i++) triangles.push(ring[0], ring[i - 1], ring[i]);
  };
  for (let face = 0; face < 3; face++) {
    const [u, v] = [1 << ((face + 1) % 3), 1 << ((face + 2) % 3)];
    for (const side of [0, 1 << face]) {
      add([side, side | u, side | u | v, side | v].map((corner) => corner * 3 + face));
    }
    if (!rounded) continue;
    // The bevels along this axis, between the two other faces.
    const [one, other] = [(face + 1) % 3, (face + 2) % 3];
    for (const edge of [0, u, v, u | v]) {
      const [low, high] = [edge, edge | (1 << face)];
      add([low * 3 + one, high * 3 + one, high * 3 + other, low * 3 + other]);
    }
  }
  for (let corner = 0; rounded && corner < 8; corner++) add([corner * 3, corner * 3 + 1, corner * 3 + 2]);
  return triangles;
}
