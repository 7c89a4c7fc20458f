import { Constants } from "@babylonjs/core/Engines/constants.js";
import { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture.js";
import type { Color3 } from "@babylonjs/core/Maths/math.color.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { distanceToShape, segmentMeets, type GroundShape } from "../rules/geometry.ts";

/** A light that is painted into the ground. */
export interface BakedLamp {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly strength: number;
  readonly colour: Color3;
}

/** Where a lamp is sampled, to make the edges of its shadows soft. */
const FLAME_OFFSETS = [
  [0.16, 0.05],
  [-0.05, 0.16],
  [-0.16, -0.05],
  [0.05, -0.16],
] as const;
const LAMP_RANGE = 11;

/** The light of lamps and the dark at the foot of things, as two textures over the yard's ground. */
export class BakedLight {
  /** What lamps add. */
  readonly light: RawTexture;
  /** What things nearby take away. */
  readonly shade: RawTexture;
  readonly #size: number;
  readonly #side: number;

  /**
   * @param side - Of the ground, in metres.
   * @param size - Pixels on each side.
   */
  constructor(side: number, size: number, scene: Scene) {
    this.#side = side;
    this.#size = size;
    const create = (): RawTexture => {
      const texture = RawTexture.CreateRGBATexture(
        new Uint8Array(size * size * 4).fill(255),
        size,
        size,
        scene,
        false,
        false,
        Constants.TEXTURE_BILINEAR_SAMPLINGMODE,
      );
      texture.wrapU = texture.wrapV = Constants.TEXTURE_CLAMP_ADDRESSMODE;
      return texture;
    };
    this.light = create();
    this.shade = create();
  }

  /** Paints both textures anew: some tens of milliseconds, once a game. */
  bake(lamps: readonly BakedLamp[], shapes: readonly GroundShape[]): void {
    const light = new Uint8Array(this.#size * this.#size * 4);
    const shade = new Uint8Array(this.#size * this.#size * 4);
    const nearby = lamps.map((lamp) =>
      shapes.filter((shape) => Math.hypot(shape.x - lamp.x, shape.z - lamp.z) < LAMP_RANGE + 2),
    );
    const spot = { x: 0, z: 0 };
    const flame = { x: 0, z: 0 };
    const half = this.#side / 2;
    for (let row = 0, i = 0; row < this.#size; row++) {
      for (let column = 0; column < this.#size; column++, i += 4) {
        spot.x = ((column + 0.5) / this.#size - 0.5) * this.#side;
        spot.z = ((row + 0.5) / this.#size - 0.5) * this.#side;
        let [red, green, blue] = [0, 0, 0];
        lamps.forEach((lamp, index) => {
          const distance = Math.hypot(spot.x - lamp.x, spot.z - lamp.z);
          if (distance > LAMP_RANGE) return;
          let free = 0;
          for (const [x, z] of FLAME_OFFSETS) {
            flame.x = lamp.x + x;
            flame.z = lamp.z + z;
            if (!nearby[index].some((shape) => segmentMeets(flame, spot, shape))) free += 1 / FLAME_OFFSETS.length;
          }
          const fade = Math.max(0, 1 - distance / LAMP_RANGE);
          const slant = lamp.y / Math.hypot(lamp.y, distance);
          const amount = lamp.strength * free * fade * fade * (0.25 + 1.1 * slant);
          red += amount * lamp.colour.r;
          green += amount * lamp.colour.g;
          blue += amount * lamp.colour.b;
        });
        light[i] = Math.min(255, red * 255);
        light[i + 1] = Math.min(255, green * 255);
        light[i + 2] = Math.min(255, blue * 255);
        light[i + 3] = 255;
        const edge = half - Math.max(Math.abs(spot.x), Math.abs(spot.z));
        let open = 0.55 + 0.45 * Math.min(1, Math.max(0, edge) / 1.1);
        for (const shape of shapes) {
          open = Math.min(open, 0.38 + 0.62 * Math.min(1, Math.max(0, distanceToShape(spot, shape)) / 0.75));
        }
        shade[i] = shade[i + 1] = shade[i + 2] = 255 * open;
        shade[i + 3] = 255;
      }
    }
    this.light.update(light);
    this.shade.update(shade);
  }
}
