import type { FormField } from "../../index.ts";
import type { Attributes, ExampleWish, TextureRecipe, WishedRequest } from "../../paint.ts";
import type { PaintTools } from "./painting.ts";

/** Everything that the sliders say. */
export interface PaintWish {
  readonly source: "class" | "picture";
  /** The class, as painting names it. */
  readonly material: string;
  readonly attributes: Attributes;
  readonly seed: number;
  /** Whether the seed stays when another class or picture is chosen. */
  readonly isSeedLocked: boolean;
  /** Pixels on the longer side. */
  readonly size: number;
  /** How often the pattern repeats along each side of the mesh's texture coordinates. */
  readonly repeat: number;
  /** What becomes of pictures; its `maps` are never `"estimated"`, since not every page has a network for that. */
  readonly example: ExampleWish;
}

/** Attributes that are numbers. */
export type AttributeNumber = Exclude<keyof Attributes, "colour" | "secondColour">;

const SHARE = {
  type: "number",
  unit: "%",
  minimum: 0,
  maximum: 100,
  atLeast: 0,
  atMost: 100,
  step: 1,
  initial: 0,
} as const;

/** The sliders of a class. Shares are shown in percent, the scale as a factor. */
export const ATTRIBUTE_FIELDS: readonly (FormField & { readonly name: AttributeNumber })[] = [
  {
    name: "scale",
    title: "Scale",
    hint: "Size of bricks, boards and stones against the class's own.",
    type: "number",
    unit: "×",
    minimum: 0.5,
    maximum: 2,
    atLeast: 0.5,
    atMost: 2,
    step: 0.05,
    initial: 1,
  },
  { ...SHARE, name: "wear", title: "Wear", hint: "Chipped edges, scratches, rust, faded colour." },
  { ...SHARE, name: "moss", title: "Moss", hint: "How far moss has conquered it." },
  { ...SHARE, name: "wetness", title: "Wetness", hint: "From dry over damp to puddles." },
  { ...SHARE, name: "cracks", title: "Cracks", hint: "From none to a net of them." },
  { ...SHARE, name: "dirt", title: "Dirt", hint: "Soot and earth, in the hollows first." },
];

/** Colours of a class. */
export const COLOUR_FIELDS = [
  ["colour", "Colour"],
  ["secondColour", "Second colour"],
] as const;

/** How large the tile is, and how often it is laid. */
export const TILE_FIELDS: readonly FormField[] = [
  {
    name: "size",
    title: "Size",
    hint: "Pixels on each side. Twice as many take four times as long, and as much memory.",
    type: "choice",
    choices: [128, 256, 512, 1024, 2048].map((side) => ({ value: String(side), title: `${side} pixels` })),
    initial: "512",
  },
  {
    name: "repeat",
    title: "Repeat",
    hint: "How often the pattern is laid along each side of the mesh.",
    type: "number",
    unit: "times",
    minimum: 1,
    maximum: 20,
    atLeast: 1,
    atMost: 1000,
    step: 1,
    initial: 1,
  },
];

/** Settings of pictures that are shares; they are shown in percent. */
export type ExampleShare = "regularity" | "relief";

/** What becomes of pictures. */
export const PICTURE_FIELDS: readonly (FormField & { readonly name: keyof ExampleWish })[] = [
  {
    name: "layout",
    title: "Layout",
    hint: "Whether things are arranged anew, or stay where the picture has them.",
    type: "choice",
    choices: [
      { value: "new", title: "New: another arrangement without seams" },
      { value: "kept", title: "Keep: only the edges are closed" },
      { value: "maps", title: "As it is: only the other maps are made" },
    ],
    initial: "new",
  },
  {
    name: "quality",
    title: "Quality",
    hint: "Better takes longer.",
    type: "choice",
    choices: [
      { value: "fast", title: "Fast" },
      { value: "good", title: "Good" },
      { value: "best", title: "Best" },
    ],
    initial: "good",
  },
  {
    name: "maps",
    title: "Other maps",
    hint: "Height and roughness: guessed from the picture by a small network, where the page has one, or the same everywhere.",
    type: "choice",
    choices: [
      { value: "auto", title: "Estimate" },
      { value: "flat", title: "Flat" },
    ],
    initial: "auto",
  },
  {
    ...SHARE,
    name: "regularity",
    title: "Regularity",
    hint: "How much of the picture's rhythm is kept. Left out, the picture decides.",
    optional: true,
    initial: 50,
  },
  {
    ...SHARE,
    name: "relief",
    title: "Relief",
    hint: "How deep the surface is, against the tile's shorter side. Left out, it is as deep as it seems.",
    optional: true,
    minimum: 0.5,
    maximum: 20,
    atLeast: 0.1,
    step: 0.5,
    initial: 5,
  },
  {
    name: "evenLight",
    title: "Take shadows out of the colour",
    hint: "Takes light and shade that are in a photograph out of its colour.",
    type: "flag",
    initial: true,
  },
];

/** The settings that say something, given the others. */
export function pictureFields({ layout, maps }: ExampleWish): typeof PICTURE_FIELDS {
  const idle = new Set<string>();
  if (layout === "maps") for (const name of ["quality", "maps", "regularity"]) idle.add(name);
  else if (maps === "flat") idle.add("evenLight");
  return PICTURE_FIELDS.filter(({ name }) => !idle.has(name));
}

/** Whether height and roughness are guessed by a network, where the page has one. */
export function isEstimated({ layout, maps }: ExampleWish): boolean {
  return layout === "maps" || maps !== "flat";
}

/** A number of an attribute as people read it. */
export function shownAttribute(name: AttributeNumber, value: number): number {
  return name === "scale" ? (1 + value) / (2 - value) : Math.round(1000 * value) / 10;
}

/** What is stored of a number that people gave, in [0, 1]. */
export function storedAttribute(name: AttributeNumber, shown: number): number {
  const value = name === "scale" ? (2 * shown - 1) / (1 + shown) : shown / 100;
  return Math.min(1, Math.max(0, value));
}

/** A share of the picture path as people read it; undefined where the painter decides. */
export function shownShare(value: number | null): number | undefined {
  return value === null ? undefined : Math.round(1000 * value) / 10;
}

/** What is stored of a share that people gave, in [0, 1]; null where the painter shall decide. */
export function storedShare(shown: unknown): number | null {
  return typeof shown === "number" ? Math.min(1, Math.max(0, shown / 100)) : null;
}

/**
 * The order that makes what is wished, with its pictures by hash.
 *
 * @param side - Pixels on the longer side. Default as wished.
 */
export function requestOf(
  wish: PaintWish,
  { exampleRequest }: Pick<PaintTools, "exampleRequest">,
  side: number = wish.size,
): WishedRequest {
  const { source, material, attributes, seed, example } = wish;
  if (source === "picture") return exampleRequest(example, seed, side);
  const size = { width: side, height: side };
  return { generator: "procedural", seed, size, settings: { material, attributes }, pictures: [] };
}

/** Whether there is something to paint from. */
export function isPaintable({ source, example }: PaintWish): boolean {
  return source === "class" || example.pictures.length > 0;
}

/** The wish that leads to a recipe; the present one where there are no sliders for it. */
export function wishOf(
  recipe: TextureRecipe,
  base: PaintWish,
  { exampleOf }: Pick<PaintTools, "exampleOf">,
): PaintWish {
  const { generator, seed, settings, width, height } = recipe;
  const size = Math.max(width, height);
  if (generator === "procedural" && typeof settings["material"] === "string") {
    const attributes = { ...base.attributes, ...(settings["attributes"] as Partial<Attributes> | undefined) };
    return { ...base, source: "class", seed, size, material: settings["material"], attributes };
  }
  const example = exampleOf(recipe);
  if (!example) return base;
  const maps = example.maps === "flat" ? "flat" : "auto";
  return { ...base, source: "picture", seed, size, example: { ...example, maps } };
}

/** A class's name for people: `roughStone` is "Rough stone". */
export function className(material: string): string {
  const words = material.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a material is called. */
export function nameOf({ source, material, example }: PaintWish): string {
  if (source === "class") return className(material);
  const names = example.pictures.map(({ name }) => name.replace(/\.[a-z0-9]{2,5}$/i, ""));
  return names.join(" + ") || "From a picture";
}
