import type { TextureRecipe } from "../recipe.ts";
import { lightIn, type PictureLight } from "./picture-light.ts";

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

/** What becomes of pictures, as people set it: plain data, so that it can be kept, undone and compared. */
export interface ExampleWish {
  readonly pictures: readonly PictureWish[];
  /** `"new"` invents another arrangement, `"kept"` only closes the edges, `"maps"` leaves the picture as it is. */
  readonly layout: "new" | "kept" | "maps";
  readonly quality: "fast" | "good" | "best";
  /** How firmly rhythm is kept, in [0, 1]; null as the picture has it. */
  readonly regularity: number | null;
  /** How deep the relief is, in shares of the tile's shorter side; null as it seems. */
  readonly relief: number | null;
  /** Whether height and roughness are estimated from the picture, left flat, or estimated where the page has a network for it. */
  readonly maps: "estimated" | "flat" | "auto";
  /** Whether a picture that is left as it is tiles, `"wrap"`, or does not, `"cut"`. */
  readonly edges: "wrap" | "cut";
  /** Whether the estimate takes shadows out of the colour. */
  readonly evenLight: boolean;
  /** From where the picture's light comes, for the estimate. */
  readonly light: PictureLight;
  /** White is made anew, black is kept; a picture by hash, only with layout `"kept"` and a single picture. */
  readonly region: string | null;
  /** Where in the result the white parts of the pictures' guides go; only with layout `"new"`. */
  readonly guide: string | null;
}

/** A picture's part in an order. */
export type PictureUse = {
  readonly role: string;
  readonly name: string;
} & (
  | { /** Where it lies. */ readonly hash: string }
  | { /** One that is white all over, in pixels: masks come for all pictures or for none. */ readonly white: Size }
);

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A request whose pictures are still to be fetched, as `PictureBook.gather` does. */
export interface WishedRequest {
  readonly generator: string;
  readonly seed: number;
  readonly size: Size;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly pictures: readonly PictureUse[];
}

/** What is wished before there is a picture. */
export const NO_EXAMPLE: ExampleWish = {
  pictures: [],
  layout: "new",
  quality: "good",
  regularity: null,
  relief: null,
  maps: "estimated",
  edges: "cut",
  evenLight: true,
  light: "find",
  region: null,
  guide: null,
};

const LEAST_SIDE = 16;
const NO_PARTS = { weight: 1, mask: null, guide: null };

/**
 * The order that makes what is wished of pictures, of which there is at least one.
 *
 * @param side - Pixels on each side, or on the longer side of a picture that keeps its shape.
 */
export function exampleRequest(example: ExampleWish, seed: number, side: number): WishedRequest {
  const { layout, maps, edges, evenLight, light, quality, regularity, relief, pictures } = example;
  const depth = relief === null ? {} : { relief };
  const size = layout === "new" ? { width: side, height: side } : shapedAs(pictures[0], side);
  if (layout === "maps") {
    const [{ hash, name }] = pictures;
    const settings = { edges, evenLight, light, ...depth };
    return { generator: "photograph", seed, size, settings, pictures: [{ role: "photograph", hash, name }] };
  }
  const settings = {
    layout,
    quality,
    ...(maps === "auto" ? {} : { maps }),
    evenLight,
    light,
    ...depth,
    ...(regularity === null ? {} : { regularity }),
    ...(pictures.length > 1 ? { weights: pictures.map(({ weight }) => weight) } : {}),
  };
  return { generator: "example", seed, size, settings, pictures: picturesOf(example) };
}

/** The wish that leads to a recipe, so that its sliders can be moved on; null for a recipe that is not painted from pictures. */
export function exampleOf(recipe: TextureRecipe): ExampleWish | null {
  const { generator, settings, pictures } = recipe;
  const known = { ...NO_EXAMPLE, ...knownSettings(settings) };
  const as = (role: string): TextureRecipe["pictures"] => pictures.filter((each) => each.role === role);
  if (generator === "photograph") {
    const shown = pictures.map(({ hash, name, width, height }) => ({ hash, name, width, height, ...NO_PARTS }));
    return { ...known, layout: "maps", pictures: shown };
  }
  if (generator !== "example") return null;
  const weights = settings["weights"] as readonly number[] | undefined;
  const [masks, guides] = [as("sampleMask"), as("exampleGuide")];
  return {
    ...known,
    pictures: as("example").map(({ hash, name, width, height }, index) => ({
      hash,
      name,
      width,
      height,
      weight: weights?.[index] ?? 1,
      mask: masks[index]?.hash ?? null,
      guide: guides[index]?.hash ?? null,
    })),
    region: as("region")[0]?.hash ?? null,
    guide: as("guide")[0]?.hash ?? null,
  };
}

/** The largest size of a picture's shape that is no longer than a side. */
function shapedAs({ width, height }: PictureWish, side: number): Size {
  const scale = side / Math.max(width, height);
  return {
    width: Math.max(LEAST_SIDE, Math.round(width * scale)),
    height: Math.max(LEAST_SIDE, Math.round(height * scale)),
  };
}

/** Everything that goes in, in the order that the generator wants: examples, then their masks and guides, then the rest. */
function picturesOf({ pictures, layout, region, guide }: ExampleWish): PictureUse[] {
  const uses: PictureUse[] = pictures.map(({ hash, name }) => ({ role: "example", hash, name }));
  if (pictures.some(({ mask }) => mask !== null)) {
    for (const { mask, name, width, height } of pictures) {
      uses.push({
        role: "sampleMask",
        name: `${name}, mask`,
        ...(mask === null ? { white: { width, height } } : { hash: mask }),
      });
    }
  }
  if (layout === "new" && guide !== null && pictures.every((picture) => picture.guide !== null)) {
    for (const picture of pictures) {
      uses.push({ role: "exampleGuide", hash: picture.guide!, name: `${picture.name}, guide` });
    }
    uses.push({ role: "guide", hash: guide, name: "guide" });
  }
  if (layout === "kept" && region !== null) uses.push({ role: "region", hash: region, name: "region" });
  return uses;
}

/** Those of a recipe's settings that people can set, where they are of the right kind. */
function knownSettings(settings: TextureRecipe["settings"]): Partial<ExampleWish> {
  const kept: Record<string, unknown> = {};
  const kinds = { layout: "string", quality: "string", regularity: "number", relief: "number", maps: "string" };
  for (const [name, kind] of Object.entries({ ...kinds, edges: "string", evenLight: "boolean" })) {
    if (typeof settings[name] === kind) kept[name] = settings[name];
  }
  const light = lightIn(settings);
  if (light !== undefined) kept["light"] = light;
  return kept;
}
