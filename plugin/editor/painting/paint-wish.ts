import type { FormField } from "../../index.ts";
import type { Attributes, OrderPicture, PaintRequest, TextureRecipe } from "../../paint.ts";

/** A picture to paint from, with its name. */
export type WishedPicture = Pick<OrderPicture, "name" | "picture">;

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
  readonly picture: WishedPicture | null;
  /** `"new"` invents another arrangement, `"kept"` only closes the edges, `"maps"` leaves the picture as it is. */
  readonly layout: "new" | "kept" | "maps";
  readonly quality: "fast" | "good" | "best";
  /** `"auto"` estimates height and roughness where the page has a network for it. */
  readonly maps: "auto" | "flat";
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
    choices: [256, 512, 1024, 2048].map((side) => ({ value: String(side), title: `${side} pixels` })),
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

/** What becomes of a picture. */
export const PICTURE_FIELDS: readonly FormField[] = [
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
];

/** A number of an attribute as people read it. */
export function shownAttribute(name: AttributeNumber, value: number): number {
  return name === "scale" ? (1 + value) / (2 - value) : Math.round(1000 * value) / 10;
}

/** What is stored of a number that people gave, in [0, 1]. */
export function storedAttribute(name: AttributeNumber, shown: number): number {
  const value = name === "scale" ? (2 * shown - 1) / (1 + shown) : shown / 100;
  return Math.min(1, Math.max(0, value));
}

/**
 * The order that makes what is wished.
 *
 * @param side - Pixels on the longer side. Default as wished.
 */
export function requestOf(wish: PaintWish, side: number = wish.size): PaintRequest {
  const { source, material, attributes, seed, picture, layout, quality, maps } = wish;
  if (source === "class" || !picture) {
    return { generator: "procedural", seed, size: side, settings: { material, attributes } };
  }
  const size = layout === "new" ? side : shapedAs(picture.picture, side);
  if (layout === "maps") return { generator: "photograph", seed, size, pictures: [{ role: "photograph", ...picture }] };
  return {
    generator: "example",
    seed,
    size,
    settings: { layout, quality, ...(maps === "flat" && { maps }) },
    pictures: [{ role: "example", ...picture }],
  };
}

/** The largest size of a picture's shape that is no longer than a side. */
function shapedAs(
  { width, height }: { readonly width: number; readonly height: number },
  side: number,
): { width: number; height: number } {
  const scale = side / Math.max(width, height);
  return { width: Math.max(16, Math.round(width * scale)), height: Math.max(16, Math.round(height * scale)) };
}

/** Whether there is something to paint from. */
export function isPaintable({ source, picture }: PaintWish): boolean {
  return source === "class" || picture !== null;
}

/** The wish that leads to a recipe; the present one where there are no sliders for it. @param picture - What it was painted from. */
export function wishOf(recipe: TextureRecipe, base: PaintWish, picture: WishedPicture | null): PaintWish {
  const { generator, seed, settings, width, height } = recipe;
  const size = Math.max(width, height);
  if (generator === "procedural" && typeof settings["material"] === "string") {
    const attributes = { ...base.attributes, ...(settings["attributes"] as Partial<Attributes> | undefined) };
    return { ...base, source: "class", seed, size, material: settings["material"], attributes };
  }
  if (!picture) return base;
  const { layout, quality, maps } = settings as { [Name in "layout" | "quality"]?: PaintWish[Name] } & {
    maps?: string;
  };
  const known = { layout: generator === "photograph" ? "maps" : (layout ?? base.layout) } as const;
  return {
    ...base,
    source: "picture",
    seed,
    size,
    picture,
    quality: quality ?? base.quality,
    maps: maps === "flat" ? "flat" : "auto",
    ...known,
  };
}

/** A class's name for people: `roughStone` is "Rough stone". */
export function className(material: string): string {
  const words = material.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a material is called. */
export function nameOf({ source, material, picture }: PaintWish): string {
  if (source === "class" || !picture) return className(material);
  return picture.name.replace(/\.[a-z0-9]{2,5}$/i, "") || "From a picture";
}
