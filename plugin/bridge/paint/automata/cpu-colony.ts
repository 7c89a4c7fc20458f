import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { Constants } from "@babylonjs/core/Engines/constants.js";
import type { InternalTexture } from "@babylonjs/core/Materials/Textures/internalTexture.js";
import { CellField } from "../../../paint/automata/cell-field.ts";
import type { Dab } from "../../../paint/automata/dab.ts";
import type { Species } from "../../../paint/automata/species.ts";
import { createPictureTexture } from "../picture-texture.ts";
import type { Colony, ColonyOptions, LivingSnapshot } from "./colony.ts";

/** Cells in ordinary memory, uploaded when shown: for engines without a GPU of their own, and slow. */
export class CpuColony implements Colony {
  readonly texture: InternalTexture;
  readonly #engine: AbstractEngine;
  readonly #options: ColonyOptions;
  readonly #field: CellField;
  readonly #pixels: Uint8Array;

  constructor(engine: AbstractEngine, options: ColonyOptions) {
    const { species, graft, width, height } = options;
    this.#engine = engine;
    this.#options = options;
    this.#field = new CellField(species, options);
    this.#field.setSpecies(species, graft);
    this.#pixels = new Uint8Array(4 * width * height).fill(255);
    this.texture = createPictureTexture(engine, { width, height, pixels: this.#pixels }, options);
    this.show();
  }

  get steps(): number {
    return this.#field.steps;
  }

  step(steps: number): void {
    for (let i = 0; i < steps; i++) this.#field.step();
    this.show();
  }

  dab(dab: Dab): void {
    this.#field.dab(dab);
  }

  show(): void {
    const colours = this.#field.colours(this.#options.bare);
    for (let from = 0, to = 0; from < colours.length; from += 3, to += 4) {
      for (let c = 0; c < 3; c++) this.#pixels[to + c] = Math.round(255 * colours[from + c]);
    }
    this.#engine.updateRawTexture(this.texture, this.#pixels, Constants.TEXTUREFORMAT_RGBA, true);
  }

  setSpecies(species: Species, graft: Species | null): void {
    this.#field.setSpecies(species, graft);
  }

  read(): Promise<Float32Array> {
    return Promise.resolve(this.#field.read());
  }

  snapshot(): LivingSnapshot {
    return new CpuSnapshot(this.steps, this.#field.read());
  }

  restore(snapshot: LivingSnapshot): void {
    this.#field.write((snapshot as CpuSnapshot).cells, snapshot.steps);
  }

  dispose(): void {
    // Nothing but ordinary memory.
  }
}

class CpuSnapshot implements LivingSnapshot {
  readonly steps: number;
  readonly cells: Float32Array;

  constructor(steps: number, cells: Float32Array) {
    this.steps = steps;
    this.cells = cells;
  }

  get bytes(): number {
    return this.cells.byteLength;
  }

  dispose(): void {
    // Nothing but ordinary memory.
  }
}
