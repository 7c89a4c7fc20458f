import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { Halo, Halos } from "../../scenery/halo.ts";
import type { Materials } from "../../scenery/materials.ts";
import type { Lamp } from "../../scenery/night.ts";
import { PALETTE } from "../../scenery/palette.ts";
import { SolidBuilder } from "../../scenery/solid-builder.ts";
import { placeOf, type Maze } from "../rules/maze.ts";

const FLAME = 1.42;

/** Lanterns on posts that stand in the hedges, one in each quarter of the maze. */
export class LampPosts {
  readonly lamps: readonly Lamp[];
  readonly #meshes: readonly Mesh[];
  readonly #glows: readonly Halo[];
  readonly #pools: readonly Halo[];

  constructor(maze: Maze, materials: Materials, halos: Halos, scene: Scene) {
    this.lamps = placeLamps(maze);
    const iron = new SolidBuilder();
    const flames = new SolidBuilder();
    for (const { x, y, z } of this.lamps) {
      iron.drum({ x, z, y: 0, height: y - 0.2, lowerRadius: 0.06, upperRadius: 0.04, sides: 8 });
      iron.drum({ x, z, y: y - 0.22, height: 0.06, lowerRadius: 0.09, upperRadius: 0.15, sides: 6 });
      for (const [right, ahead] of [
        [-0.1, -0.1],
        [0.1, -0.1],
        [-0.1, 0.1],
        [0.1, 0.1],
      ] as const) {
        iron.block({ x: x + right, y, z: z + ahead, width: 0.03, height: 0.32, depth: 0.03, bevel: 0.01 });
      }
      iron.drum({ x, z, y: y + 0.15, height: 0.16, lowerRadius: 0.2, upperRadius: 0.03, sides: 6 });
      flames.drum({ x, z, y: y - 0.13, height: 0.26, lowerRadius: 0.08, upperRadius: 0.03, sides: 7 });
    }
    this.#meshes = [
      iron.toMesh("lamp posts", materials.iron, scene),
      flames.toMesh("post flames", materials.flame, scene),
    ];
    this.#glows = this.lamps.map(({ x, y, z }, index) => {
      const glow = halos.glow(`post glow ${index}`, null, 2.2, PALETTE.lamp, 0.6);
      glow.mesh.position.set(x, y, z);
      return glow;
    });
    this.#pools = this.lamps.map(({ x, z }, index) => {
      const pool = halos.pool(`post light ${index}`, null, 8, PALETTE.lamp, 0.2);
      pool.mesh.position.set(x, 0.04, z);
      return pool;
    });
  }

  /** The iron, for shadows. */
  get meshes(): readonly Mesh[] {
    return this.#meshes;
  }

  /** Lets pools of light on the ground stand in for lamps that do not shine. */
  setPools(strength: number): void {
    for (const pool of this.#pools) pool.set(PALETTE.lamp, strength);
  }

  /** Makes the flames flicker. */
  update(clock: number): void {
    this.#glows.forEach((glow, index) => {
      glow.set(PALETTE.lamp, 0.55 + 0.06 * Math.sin(clock * (8 + index) + index * 2) + 0.04 * Math.sin(clock * 23));
    });
  }

  dispose(): void {
    for (const mesh of this.#meshes) mesh.dispose();
    for (const halo of [...this.#glows, ...this.#pools]) halo.dispose();
  }
}

/** Corners between four crossings always carry a hedge, or the post of one. */
function placeLamps({ size, side }: Maze): Lamp[] {
  const near = 2 * Math.round(size / 4);
  const far = side - 1 - near;
  return [
    [near, near],
    [far, near],
    [near, far],
    [far, far],
  ].map(([column, row]) => ({ x: placeOf(column, side), y: FLAME, z: placeOf(row, side), strength: 1 }));
}
