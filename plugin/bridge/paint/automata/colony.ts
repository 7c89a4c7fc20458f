import type { InternalTexture } from "@babylonjs/core/Materials/Textures/internalTexture.js";
import type { Dab } from "../../../paint/automata/dab.ts";
import type { Species } from "../../../paint/automata/species.ts";

/** The cells of a living texture where they live: on WebGPU, on WebGL2, or in ordinary memory. */
export interface Colony {
  /** What is to be shown; the same one for the colony's life. */
  readonly texture: InternalTexture;
  /** Steps so far. */
  readonly steps: number;
  /** Grows, and brings the texture up to date. Allocates nothing in proportion to steps. @param steps - From 1. */
  step(steps: number): void;
  /** Touches the cells with the brush, at once. Shown with the next step, or by `show`. */
  dab(dab: Dab): void;
  /** Brings the texture up to date without growing. */
  show(): void;
  /** Other rules for the same cells. */
  setSpecies(species: Species, graft: Species | null): void;
  /** The numbers of all cells, as `CellField.read` gives them; for baking and tests. */
  read(): Promise<Float32Array>;
  /** Copies the cells as they are, where they live: nothing is read back. 64 bytes a cell, which are the caller's to dispose of. */
  snapshot(): LivingSnapshot;
  /** Puts the cells back as they were, with the number of their step. Shown with the next step, or by `show`. @param snapshot - Of this colony. */
  restore(snapshot: LivingSnapshot): void;
  /** May be called twice. The texture is its user's. */
  dispose(): void;
}

/** The cells of a living texture at some moment, kept where they live. */
export interface LivingSnapshot {
  /** When it was taken, in steps since the texture began. */
  readonly steps: number;
  /** Memory that it takes, on the GPU or where the cells live. */
  readonly bytes: number;
  /** Frees it. May be called twice. */
  dispose(): void;
}

/** What all colonies are made of. */
export interface ColonyOptions {
  readonly species: Species;
  readonly graft: Species | null;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly alive: boolean;
  readonly mipmaps: boolean;
  readonly samplingMode: number;
  /** sRGB of cells without life. */
  readonly bare: readonly [number, number, number];
}
