import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { yardConfig } from "../rules/config.ts";
import type { Gate } from "../rules/layout.ts";
import type { Halo, Halos } from "../../scenery/halo.ts";
import type { Materials } from "../../scenery/materials.ts";
import { hash } from "../../scenery/noise.ts";
import { PALETTE } from "../../scenery/palette.ts";
import { SolidBuilder } from "../../scenery/solid-builder.ts";

const OPENING_HEIGHT = 2.1;
/** The same for a gate in the wall that is drawn low. */
const LOW_HEIGHT = 0.8;

/** The archway: its portcullis rises and its light grows while the thief carries something. */
export class GateFigure {
  readonly root: TransformNode;
  readonly meshes: readonly Mesh[];
  readonly #bars: Mesh;
  readonly #pool: Halo;
  readonly #glow: Halo;
  readonly #height: number;
  #lift = 0;

  constructor(gate: Gate, materials: Materials, halos: Halos, scene: Scene) {
    this.root = new TransformNode("gate", scene);
    this.root.position.set(gate.x, 0, gate.z);
    this.root.rotation.y = gate.yaw;
    // Between camera and yard it must not hide who stands in it.
    const low = gate.side === "south";
    this.#height = low ? LOW_HEIGHT : OPENING_HEIGHT;
    const arch = buildArch(gate.width, low).toMesh("arch", materials.stone, scene);
    this.#bars = buildBars(gate.width, this.#height).toMesh("portcullis", materials.iron, scene);
    this.meshes = [arch, this.#bars];
    for (const mesh of this.meshes) {
      mesh.parent = this.root;
      mesh.receiveShadows = true;
    }
    this.#pool = halos.pool("gate light", this.root, 5.4, PALETTE.gem, 0);
    this.#pool.mesh.position.set(0, 0.04, 0.5);
    this.#glow = halos.glow("gate glow", this.root, 4.2, PALETTE.gem, 0);
    this.#glow.mesh.position.set(0, 1.1, -0.5);
  }

  /**
   * @param open - Whether the thief could leave now.
   * @param seconds - Since the last frame.
   * @param clock - Seconds since the start, for the light's breathing.
   */
  update(open: boolean, seconds: number, clock: number): void {
    this.#lift += ((open ? 1 : 0) - this.#lift) * Math.min(1, seconds * 5);
    // Drawn up into the arch: the upper end stays where it is.
    const left = 1 - 0.82 * this.#lift;
    this.#bars.scaling.y = left;
    this.#bars.position.y = (1 - left) * (this.#height + 0.15);
    const breath = 0.85 + 0.15 * Math.sin(clock * 3);
    this.#pool.set(PALETTE.gem, (0.1 + 0.5 * this.#lift) * breath);
    this.#glow.set(PALETTE.gem, (0.06 + 0.5 * this.#lift) * breath);
  }

  dispose(): void {
    for (const halo of [this.#pool, this.#glow]) halo.dispose();
    this.root.dispose();
  }
}

/** Own frame: x along the wall, +z into the yard; the wall's inner face is z = 0. */
function buildArch(width: number, low: boolean): SolidBuilder {
  const solid = new SolidBuilder();
  const depth = yardConfig.wallThickness + 0.5;
  const z = -yardConfig.wallThickness / 2;
  const post = width / 2 + 0.24;
  for (const side of [-1, 1]) {
    for (let course = 0; course < (low ? 2 : 4); course++) {
      const shade = 0.86 + 0.26 * hash(course, side, 3);
      solid.block({
        x: side * post,
        y: 0.26 + course * 0.52,
        z,
        width: 0.62 + (course === 0 ? 0.12 : 0),
        height: 0.51,
        depth: depth + (course === 0 ? 0.12 : 0),
        bevel: 0.07,
        wobble: 0.015,
        tint: [shade, shade, shade],
      });
    }
  }
  if (low) return solid;
  const stones = 9;
  const radius = width / 2 + 0.2;
  for (let i = 0; i < stones; i++) {
    const angle = Math.PI * ((i + 0.5) / stones);
    const shade = 0.9 + 0.22 * hash(i, 5, 7);
    const key = i === (stones - 1) / 2;
    solid.block({
      x: Math.cos(angle) * radius,
      y: OPENING_HEIGHT - 0.3 + Math.sin(angle) * radius * 0.62,
      z,
      width: 0.56 + (key ? 0.14 : 0),
      height: (Math.PI * radius * 0.86) / stones,
      depth: depth + (key ? 0.16 : 0),
      lean: Math.atan2(Math.sin(angle) * 0.8, Math.cos(angle)),
      bevel: 0.05,
      tint: [shade, shade, shade],
    });
  }
  return solid;
}

function buildBars(width: number, height: number): SolidBuilder {
  const solid = new SolidBuilder();
  const z = -yardConfig.wallThickness / 2;
  const bars = 7;
  for (let bar = 0; bar < bars; bar++) {
    const x = ((bar + 0.5) / bars - 0.5) * width;
    solid.block({ x, y: height / 2, z, width: 0.09, height: height + 0.3, depth: 0.09, bevel: 0.03 });
  }
  for (const y of [0.21, 0.5, 0.79].map((share) => share * height))
    solid.block({ x: 0, y, z, width, height: 0.09, depth: 0.07, bevel: 0.02 });
  return solid;
}
