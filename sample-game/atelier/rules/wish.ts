import type { ExampleWish } from "../../../plugin/paint.ts";

/** Red, green and blue in linear light. */
export type Colour = readonly [number, number, number];

/** A class's attributes as the sliders show them. */
export interface LookWish {
  readonly scale: number;
  readonly wear: number;
  readonly moss: number;
  readonly wetness: number;
  readonly cracks: number;
  readonly dirt: number;
  readonly colour: Colour;
  readonly secondColour: Colour;
}

/** Everything the designer has set for the material on the bench. */
export interface Wish {
  readonly source: "class" | "picture";
  readonly seed: number;
  readonly material: string;
  readonly look: LookWish;
  /** Pixels on each side of what is made from a class. */
  readonly classSize: number;
  readonly example: ExampleWish;
  /** The same for what is made from pictures. */
  readonly pictureSize: number;
}

/** Whether there is something to paint from. */
export function isPaintable({ source, example }: Wish): boolean {
  return source === "class" || example.pictures.length > 0;
}

/** Pixels on each side. */
export function sizeOf(wish: Wish): number {
  return wish.source === "class" ? wish.classSize : wish.pictureSize;
}
