import { VertexBuffer } from "@babylonjs/core/Buffers/buffer.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { CreateSphere } from "@babylonjs/core/Meshes/Builders/sphereBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { hash } from "../../scenery/noise.ts";
import { SolidBuilder } from "../../scenery/solid-builder.ts";
import type { Colour } from "../rules/wish.ts";
import type { MoodLook } from "../rules/sun.ts";

/** The sky behind everything and the firs behind the wall; both take no light and cost next to nothing. */
export class Backdrop {
  readonly #dome: Mesh;
  readonly firs: Mesh;
  readonly #firLook: StandardMaterial;

  constructor(scene: Scene) {
    this.#dome = CreateSphere("sky dome", { diameter: 90, segments: 12, sideOrientation: 1 }, scene);
    this.#dome.isPickable = false;
    this.#dome.infiniteDistance = true;
    this.#dome.material = unlit("sky dome", Color3.White(), scene);
    this.firs = plantFirs(scene);
    this.#firLook = unlit("firs", new Color3(0.1, 0.12, 0.16), scene);
    this.firs.material = this.#firLook;
    this.firs.useVertexColors = false;
  }

  /** Paints the sky. */
  set({ sky, horizon, ground }: MoodLook): void {
    const positions = this.#dome.getVerticesData(VertexBuffer.PositionKind)!;
    const colours = new Float32Array((positions.length / 3) * 4).fill(1);
    for (let i = 0; i < positions.length / 3; i++) {
      const up = positions[3 * i + 1] / 45;
      const colour =
        up > 0 ? mix(horizon, sky, Math.min(1, up * 1.6) ** 0.7) : mix(horizon, ground, Math.min(1, -up * 9));
      // Vertex colours of unlit materials are sRGB, and a backdrop must not outshine the material.
      for (let part = 0; part < 3; part++) colours[4 * i + part] = Math.min(1, 0.62 * colour[part]) ** (1 / 2.2);
    }
    this.#dome.setVerticesData(VertexBuffer.ColorKind, colours, true);
    const dim = mix(horizon, sky, 0.5).map((value) => (0.16 * value) ** (1 / 2.2));
    this.#firLook.emissiveColor.set(dim[0], dim[1] * 1.08, dim[2]);
  }
}

/** A material that takes no light. All of them are one shader. */
export function unlit(name: string, colour: Color3, scene: Scene): StandardMaterial {
  const material = new StandardMaterial(name, scene);
  material.disableLighting = true;
  material.emissiveColor = colour;
  material.specularColor = Color3.Black();
  return material;
}

function mix(from: Colour, to: Colour, share: number): number[] {
  return from.map((value, index) => value + (to[index] - value) * share);
}

function plantFirs(scene: Scene): Mesh {
  const builder = new SolidBuilder();
  for (let tree = 0; tree < 15; tree++) {
    const x = -9.5 + tree * 1.35 + hash(tree, 1, 7) * 0.8;
    const z = 4.6 + hash(tree, 2, 7) * 3.5;
    const height = 3.4 + 2.6 * hash(tree, 3, 7);
    for (let tier = 0; tier < 4; tier++) {
      const share = tier / 4;
      builder.drum({
        x,
        z,
        y: height * (0.16 + 0.64 * share),
        height: height * 0.36,
        lowerRadius: height * 0.25 * (1 - 0.72 * share),
        upperRadius: 0.02,
        sides: 7,
        open: true,
      });
    }
  }
  return builder.toMesh("firs", scene.defaultMaterial, scene);
}
