import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { yardConfig } from "../rules/config.ts";
import type { Gate } from "../rules/layout.ts";
import type { Halo, Halos } from "../../scenery/halo.ts";
import type { Materials } from "../../scenery/materials.ts";
import type { Lamp } from "../../scenery/night.ts";
import { PALETTE } from "../../scenery/palette.ts";
import { SolidBuilder } from "../../scenery/solid-builder.ts";

/** Lanterns on the walls, away from the gate. */
export class Lanterns {
  readonly lamps: readonly Lamp[];
  readonly #meshes: Mesh[];
  readonly #glows: Halo[];

  constructor(gate: Gate, materials: Materials, halos: Halos, scene: Scene) {
    this.lamps = placeLamps(gate);
    const iron = new SolidBuilder();
    const flames = new SolidBuilder();
    for (const { x, y, z } of this.lamps) {
      for (const [right, ahead] of [
        [-0.12, -0.12],
        [0.12, -0.12],
        [-0.12, 0.12],
        [0.12, 0.12],
      ] as const) {
        iron.block({ x: x + right, y, z: z + ahead, width: 0.035, height: 0.4, depth: 0.035, bevel: 0.01 });
      }
      iron.drum({ x, z, y: y + 0.19, height: 0.2, lowerRadius: 0.25, upperRadius: 0.05, sides: 6 });
      iron.drum({ x, z, y: y - 0.25, height: 0.07, lowerRadius: 0.12, upperRadius: 0.2, sides: 6 });
      // The arm that holds it, towards the nearest wall.
      const [outX, outZ] = Math.abs(x) > Math.abs(z) ? [Math.sign(x), 0] : [0, Math.sign(z)];
      iron.block({
        x: x + outX * 0.3,
        y: y + 0.36,
        z: z + outZ * 0.3,
        width: 0.07 + Math.abs(outX) * 0.6,
        height: 0.07,
        depth: 0.07 + Math.abs(outZ) * 0.6,
        bevel: 0.02,
      });
      if (y < 1.6)
        iron.block({
          x: x + outX * 0.5,
          y: y / 2 + 0.15,
          z: z + outZ * 0.5,
          width: 0.1,
          height: y + 0.5,
          depth: 0.1,
          bevel: 0.02,
        });
      flames.drum({ x, z, y: y - 0.17, height: 0.34, lowerRadius: 0.1, upperRadius: 0.03, sides: 7 });
    }
    this.#meshes = [iron.toMesh("lanterns", materials.iron, scene), flames.toMesh("flames", materials.flame, scene)];
    this.#glows = this.lamps.map((lamp, index) => {
      const glow = halos.glow(`lantern glow ${index}`, null, 2.6, PALETTE.lamp, 0.7);
      glow.mesh.position.set(lamp.x, lamp.y, lamp.z);
      return glow;
    });
  }

  /** Makes the flames flicker. */
  update(clock: number): void {
    this.#glows.forEach((glow, index) => {
      const waver = 0.62 + 0.06 * Math.sin(clock * (8 + index) + index * 2) + 0.04 * Math.sin(clock * 23 + index);
      glow.set(PALETTE.lamp, waver);
    });
  }

  dispose(): void {
    for (const mesh of this.#meshes) mesh.dispose();
    for (const glow of this.#glows) glow.dispose();
  }
}

function placeLamps(gate: Gate): Lamp[] {
  const inner = yardConfig.side / 2 - 0.45;
  const wished: Lamp[] = [
    { x: -5.2, y: 2, z: inner, strength: 1 },
    { x: 5.2, y: 2, z: inner, strength: 1 },
    { x: -inner, y: 2, z: -1.5, strength: 0.95 },
    { x: inner, y: 2, z: -1.5, strength: 0.95 },
    { x: -4.5, y: 1.35, z: -inner, strength: 0.7 },
    { x: 4.5, y: 1.35, z: -inner, strength: 0.7 },
  ];
  return wished.map((lamp) => {
    if (Math.hypot(lamp.x - gate.x, lamp.z - gate.z) > 2.6) return lamp;
    // Steps aside for the gate, towards the middle of the wall.
    const aside = (value: number, gateAt: number): number => gateAt + (value > gateAt ? 2.6 : -2.6);
    return Math.abs(lamp.x) > Math.abs(lamp.z)
      ? { ...lamp, z: aside(lamp.z, gate.z) }
      : { ...lamp, x: aside(lamp.x, gate.x) };
  });
}
