import type { Scale } from "./scales.ts";

/** The night camera: how little light it has, and whether its frames are cleaned. */
export interface Night {
  readonly isOn: boolean;
  readonly isClean: boolean;
  /** Electrons that white sets free in a pixel. */
  readonly electrons: number;
}

export const FIRST_NIGHT: Night = { isOn: false, isClean: false, electrons: 40 };

/** The light of the night camera, in steps of half a stop: each two steps are twice as many electrons. */
export const NIGHT_SCALE: Scale<"electrons"> = {
  name: "electrons",
  label: "Light",
  hint: "Electrons that white sets free in a pixel: the fewer, the more noise",
  least: 7,
  most: 20,
  step: 1,
  say: (step) => `${electronsAt(step)} e⁻`,
};

/** @param step - Of the slider. */
export function electronsAt(step: number): number {
  return Math.round(2 ** (step / 2));
}

/** Where the slider stands for so many electrons. */
export function stepOf(electrons: number): number {
  return Math.round(2 * Math.log2(electrons));
}
