import { Constants } from "@babylonjs/core/Engines/constants.js";
import { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { hash } from "../../scenery/noise.ts";
import { mazeConfig } from "../rules/config.ts";
import { fieldStep } from "../rules/maze.ts";
import { CHALK, type Walk } from "../rules/walk.ts";

/** Pixels of the drawing on each side of a field. */
const PIXELS = 14;
/** Half the width of a line, in fields. */
const HALF_WIDTH = 0.09;
const LINE = [235, 238, 255] as const;
const CROSSED = [255, 122, 92] as const;

/** The golem's chalk on the ground: white where it went once, red where there is nothing left to find. */
export class ChalkLines {
  readonly mesh: Mesh;
  readonly #texture: RawTexture;
  readonly #bytes: Uint8Array;
  readonly #side: number;

  /** @param side - Fields on each side of the maze. */
  constructor(side: number, scene: Scene) {
    const size = side * PIXELS;
    this.#side = side;
    this.#bytes = new Uint8Array(size * size * 4);
    this.#texture = RawTexture.CreateRGBATexture(
      this.#bytes,
      size,
      size,
      scene,
      false,
      false,
      Constants.TEXTURE_BILINEAR_SAMPLINGMODE,
    );
    this.#texture.wrapU = this.#texture.wrapV = Constants.TEXTURE_CLAMP_ADDRESSMODE;
    this.#texture.hasAlpha = true;
    const material = new StandardMaterial("chalk", scene);
    material.disableLighting = true;
    material.diffuseTexture = this.#texture;
    material.useAlphaFromDiffuseTexture = true;
    material.emissiveColor = new Color3(0.8, 0.8, 0.8);
    material.specularColor = Color3.Black();
    material.disableDepthWrite = true;
    const metres = side * mazeConfig.field;
    this.mesh = CreateGround("chalk", { width: metres, height: metres }, scene);
    this.mesh.material = material;
    this.mesh.position.y = 0.02;
    this.mesh.isPickable = false;
    this.mesh.freezeWorldMatrix();
  }

  /** Draws all chalk of a walk anew; call it when the golem has moved. */
  draw({ chalk }: Walk): void {
    this.#bytes.fill(0);
    for (let field = 0; field < chalk.length; field++) if (chalk[field] !== CHALK.none) this.#drawField(chalk, field);
    this.#texture.update(this.#bytes);
  }

  dispose(): void {
    this.mesh.material?.dispose();
    this.mesh.dispose();
    this.#texture.dispose();
  }

  /** From the middle of a field to each edge behind which there is chalk too. */
  #drawField(chalk: Uint8Array, field: number): void {
    const colour = chalk[field] === CHALK.done ? CROSSED : LINE;
    const column = field % this.#side;
    const row = (field - column) / this.#side;
    const size = this.#side * PIXELS;
    const joined = [0, 1, 2, 3].map((direction) => chalk[field + fieldStep(direction, this.#side)] !== CHALK.none);
    for (let y = 0; y < PIXELS; y++) {
      for (let x = 0; x < PIXELS; x++) {
        const right = (x + 0.5) / PIXELS - 0.5;
        const ahead = (y + 0.5) / PIXELS - 0.5;
        const along =
          (Math.abs(right) < HALF_WIDTH && (ahead > 0 ? joined[0] : joined[2])) ||
          (Math.abs(ahead) < HALF_WIDTH && (right > 0 ? joined[1] : joined[3]));
        if (!along && Math.hypot(right, ahead) > HALF_WIDTH * 1.5) continue;
        const [px, py] = [column * PIXELS + x, row * PIXELS + y];
        const grain = hash(px, py, 701);
        const at = (py * size + px) * 4;
        this.#bytes[at] = colour[0];
        this.#bytes[at + 1] = colour[1];
        this.#bytes[at + 2] = colour[2];
        this.#bytes[at + 3] = grain < 0.2 ? 60 : 150 + 90 * grain;
      }
    }
  }
}
