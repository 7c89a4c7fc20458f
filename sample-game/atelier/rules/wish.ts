import type { TextureRecipe } from "../../../plugin/paint.ts";
import { atelierConfig } from "./config.ts";
import { lightIn, type PictureLight } from "./picture-light.ts";

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

/** A picture that something is painted from; its pixels lie elsewhere, by hash. */
export interface PictureWish {
  readonly hash: string;
  readonly name: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Its share in a mix, in [0, 1]. */
  readonly weight: number;
  /** Black is not copied: a picture by hash; null copies everything. */
  readonly mask: string | null;
  /** What lies where in it, white against black; needed together with `ExampleWish.guide`. */
  readonly guide: string | null;
}

/** What becomes of a picture. */
export interface ExampleWish {
  readonly pictures: readonly PictureWish[];
  /** `"new"` invents another arrangement, `"kept"` only closes the edges, `"maps"` leaves the picture as it is. */
  readonly layout: "new" | "kept" | "maps";
  readonly quality: "fast" | "good" | "best";
  /** How firmly rhythm is kept, in [0, 1]; null as the picture has it. */
  readonly regularity: number | null;
  /** How deep the relief is, in shares of the tile's shorter side; null as it seems. */
  readonly relief: number | null;
  /** Whether height and roughness are estimated from the picture or left flat. */
  readonly maps: "estimated" | "flat";
  /** Whether the estimate takes shadows out of the colour. */
  readonly evenLight: boolean;
  /** From where the picture's light comes, for the estimate. */
  readonly light: PictureLight;
  /** White is made anew, black is kept; a picture by hash, only with layout `"kept"`. */
  readonly region: string | null;
  /** Where in the result the white parts of the pictures' guides go. */
  readonly guide: string | null;
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

/** Where a picture lies, by hash, with its part in the order. */
export interface PictureUse {
  readonly role: "example" | "sampleMask" | "exampleGuide" | "guide" | "region" | "photograph";
  readonly hash: string;
  readonly name: string;
}

/** A request whose pictures are still to be fetched. */
export interface WishedRequest {
  readonly generator: string;
  readonly seed: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly settings: Readonly<Record<string, unknown>>;
  readonly pictures: readonly PictureUse[];
}

const NO_EXAMPLE: ExampleWish = {
  pictures: [],
  layout: "new",
  quality: "good",
  regularity: null,
  relief: null,
  maps: "estimated",
  evenLight: true,
  light: "find",
  region: null,
  guide: null,
};

/** What lies on the bench at first. @param look - The class's own attributes. */
export function firstWish(material: string, look: LookWish, seed: number): Wish {
  return {
    source: "class",
    seed,
    material,
    look,
    classSize: atelierConfig.classSize,
    example: NO_EXAMPLE,
    pictureSize: atelierConfig.pictureSize,
  };
}

/** Whether there is something to paint from. */
export function isPaintable({ source, example }: Wish): boolean {
  return source === "class" || example.pictures.length > 0;
}

/** Pixels on each side. */
export function sizeOf(wish: Wish): number {
  return wish.source === "class" ? wish.classSize : wish.pictureSize;
}

/**
 * The order that makes what is wished.
 *
 * @param side - Pixels on each side, or on the longer side of a picture that keeps its shape. Default as wished.
 */
export function requestOf(wish: Wish, side = sizeOf(wish)): WishedRequest {
  const { seed, material, look, example } = wish;
  const square = { width: side, height: side };
  if (wish.source === "class") {
    return { generator: "procedural", seed, size: square, settings: { material, attributes: look }, pictures: [] };
  }
  const { layout, maps, evenLight, light, quality, regularity, relief, pictures } = example;
  const depth = relief === null ? {} : { relief };
  const size = layout === "new" ? square : shapedAs(pictures[0], side);
  if (layout === "maps") {
    const [{ hash, name }] = pictures;
    const settings = { edges: "cut", evenLight, light, ...depth };
    return { generator: "photograph", seed, size, settings, pictures: [{ role: "photograph", hash, name }] };
  }
  const settings = {
    layout,
    quality,
    maps,
    evenLight,
    light,
    ...depth,
    ...(regularity === null ? {} : { regularity }),
    ...(pictures.length > 1 ? { weights: pictures.map(({ weight }) => weight) } : {}),
  };
  return { generator: "example", seed, size, settings, pictures: picturesOf(example) };
}

/** The largest size of a picture's shape that is no longer than a side. */
function shapedAs({ width, height }: PictureWish, side: number): WishedRequest["size"] {
  const scale = side / Math.max(width, height);
  return { width: Math.max(16, Math.round(width * scale)), height: Math.max(16, Math.round(height * scale)) };
}

/** Everything that goes in, in the order that the generator wants: examples, then their masks and guides, then the rest. */
function picturesOf({ pictures, layout, region, guide }: ExampleWish): PictureUse[] {
  const uses: PictureUse[] = pictures.map(({ hash, name }) => ({ role: "example", hash, name }));
  if (pictures.some(({ mask }) => mask !== null)) {
    for (const { mask, name } of pictures)
      if (mask) uses.push({ role: "sampleMask", hash: mask, name: `${name}, mask` });
  }
  if (guide !== null && pictures.every((picture) => picture.guide !== null)) {
    for (const picture of pictures) {
      uses.push({ role: "exampleGuide", hash: picture.guide!, name: `${picture.name}, guide` });
    }
    uses.push({ role: "guide", hash: guide, name: "guide" });
  }
  if (layout === "kept" && region !== null) uses.push({ role: "region", hash: region, name: "region" });
  return uses;
}

/**
 * The wish that leads to a recipe, so that its sliders can be moved on; null for a recipe that the room has no sliders for.
 *
 * @param base - What the recipe does not say.
 */
export function wishOf(recipe: TextureRecipe, base: Wish): Wish | null {
  const { generator, seed, settings, width, height, pictures } = recipe;
  const pictureSize = Math.max(width, height);
  if (generator === "procedural" && typeof settings["material"] === "string") {
    const look = { ...base.look, ...(settings["attributes"] as Partial<LookWish> | undefined) };
    return { ...base, source: "class", seed, material: settings["material"], look, classSize: width };
  }
  const known = { ...NO_EXAMPLE, ...knownSettings(settings) };
  const byRole = (role: string): readonly string[] =>
    pictures.filter((picture) => picture.role === role).map(({ hash }) => hash);
  if (generator === "photograph") {
    const example: ExampleWish = {
      ...known,
      layout: "maps",
      pictures: pictures.map(({ hash, name, ...size }) => ({ ...NO_PARTS, hash, name, ...sizeIn(size) })),
    };
    return { ...base, source: "picture", seed, example, pictureSize };
  }
  if (generator !== "example") return null;
  const weights = settings["weights"] as readonly number[] | undefined;
  const masks = byRole("sampleMask");
  const guides = byRole("exampleGuide");
  const examples = pictures.filter(({ role }) => role === "example");
  const example: ExampleWish = {
    ...known,
    pictures: examples.map(({ hash, name, ...size }, index) => ({
      hash,
      name,
      ...sizeIn(size),
      weight: weights?.[index] ?? 1,
      mask: masks[index] ?? null,
      guide: guides[index] ?? null,
    })),
    region: byRole("region")[0] ?? null,
    guide: byRole("guide")[0] ?? null,
  };
  return { ...base, source: "picture", seed, example, pictureSize };
}

const NO_PARTS = { weight: 1, mask: null, guide: null };

function sizeIn({ width, height }: { width: number; height: number }): { width: number; height: number } {
  return { width, height };
}

/** Those of a recipe's settings that have a slider or a button, where they are of the right kind. */
function knownSettings(settings: TextureRecipe["settings"]): Partial<ExampleWish> {
  const kept: Record<string, unknown> = {};
  const kinds = { layout: "string", quality: "string", regularity: "number", relief: "number", maps: "string" };
  for (const [name, kind] of Object.entries({ ...kinds, evenLight: "boolean" })) {
    if (typeof settings[name] === kind) kept[name] = settings[name];
  }
  const light = lightIn(settings);
  if (light !== undefined) kept["light"] = light;
  return kept;
}
