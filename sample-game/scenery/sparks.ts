import type { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { hash } from "./noise.ts";
import type { Halo, Halos } from "./halo.ts";
import { PALETTE } from "./palette.ts";

const COUNT = 14;
const SECONDS = 0.75;

/** A burst of sparks, for gems that are picked up or carried out and for a thief that is caught. */
export class Sparks {
  readonly #halos: readonly Halo[];
  readonly #colour = PALETTE.gem.clone();
  #age = SECONDS;
  #bursts = 0;
  #x = 0;
  #z = 0;

  constructor(halos: Halos) {
    this.#halos = Array.from({ length: COUNT }, (_, index) => halos.glow(`spark ${index}`, null, 0.5, PALETTE.gem, 0));
  }

  /** Lets sparks fly. */
  burst(at: { readonly x: number; readonly z: number }, colour: Color3): void {
    this.#x = at.x;
    this.#z = at.z;
    this.#colour.copyFrom(colour);
    this.#age = 0;
    this.#bursts++;
  }

  /** @param seconds - Since the last frame. */
  update(seconds: number): void {
    if (this.#age >= SECONDS) return;
    this.#age += seconds;
    const share = Math.min(1, this.#age / SECONDS);
    this.#halos.forEach((halo, index) => {
      const angle = ((index + hash(index, this.#bursts, 401)) / COUNT) * 2 * Math.PI;
      const reach = (0.7 + 0.9 * hash(index, this.#bursts, 403)) * (1 - (1 - share) * (1 - share));
      const rise = 0.8 + 2.4 * hash(index, this.#bursts, 405) * share - 2 * share * share;
      halo.mesh.position.set(this.#x + Math.cos(angle) * reach, rise, this.#z + Math.sin(angle) * reach);
      halo.set(this.#colour, 0.9 * (1 - share));
    });
  }
}
