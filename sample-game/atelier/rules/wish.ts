import type { ExampleWish } from "../../../plugin/paint.ts";
import { isImaginable, type Imagining } from "./imagining.ts";

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
  readonly source: "class" | "picture" | "imagined";
  readonly seed: number;
  readonly material: string;
  readonly look: LookWish;
  /** Pixels on each side of what is made from a class. */
  readonly classSize: number;
  readonly example: ExampleWish;
  /** The same for what is made from pictures. */
  readonly pictureSize: number;
  readonly imagining: Imagining;
  /** The same for what is imagined. */
  readonly imaginedSize: number;
}

/** Whether there is something to paint from. */
export function isPaintable({ source, example, imagining }: Wish): boolean {
  if (source === "imagined") return isImaginable(imagining);
  return source === "class" || example.pictures.length > 0;
}

/** Whether it is painted by itself as soon as something is set; what takes long waits until it is asked for. */
export function isQuick({ source }: Wish): boolean {
  return source !== "picture";
}

/** Pixels on each side. */
export function sizeOf(wish: Wish): number {
  return wish[SIZES[wish.source]];
}

/** The same wish in another size. */
export function sized(wish: Wish, size: number): Wish {
  return { ...wish, [SIZES[wish.source]]: size };
}

const SIZES = { class: "classSize", picture: "pictureSize", imagined: "imaginedSize" } as const;
