import type { Random } from "../../core/random.ts";
import type { Rgb } from "../maps/srgb.ts";
import type { Attributes } from "./attributes.ts";
import type { Surface } from "./surface.ts";

/** A kind of material: what it looks like when new, and how weather treats it. */
export interface MaterialClass {
  readonly name: string;
  /** One sentence for people who choose. */
  readonly describe: string;
  /** What is drawn when nothing is asked for. */
  readonly defaults: Attributes;
  /** Pairs of colours and second colours that are found in the world. */
  readonly palettes: readonly (readonly [colour: Rgb, secondColour: Rgb])[];
  /** How far the highest point lies above the deepest, in short sides of the tile, at scale 0.5. */
  readonly relief: number;
  readonly weather: WeatherTraits;
  /**
   * Draws the material with its own wear, but without moss, water, cracks and dirt: those come after.
   *
   * @param density - How many times as many features the scale asks for: ½ to 2.
   */
  draw(surface: Surface, attributes: Attributes, density: number, random: Random): void;
}

/** How weather treats a material. */
export interface WeatherTraits {
  /** How much darker it gets when wet, in [0, 1]: 0 for metal, 1 for soil. */
  readonly porosity: number;
  /** Whether water gathers in its hollows: it lies flat in the world. */
  readonly puddles: boolean;
  /** Cells to a short side that cracks divide it into, [across, down], at scale 0.5: wood cracks along its grain. */
  readonly crackFrequency: readonly [number, number];
  /** How deep cracks go, as a share of the height's range. */
  readonly crackDepth: number;
  /** How thick moss grows, as a share of the height's range. */
  readonly mossHeight: number;
}
