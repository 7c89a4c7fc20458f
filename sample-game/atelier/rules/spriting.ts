import type { Sprite, SpriteModelKind } from "../../../plugin/paint.ts";
import type { ShieldLook } from "./shield-look.ts";

/** Who imagines: a variational autoencoder, or the generator of an adversarial network. */
export type SpriteNetwork = SpriteModelKind;

/** What is done with chosen shields. */
export type SpriteTool = "walk" | "change" | "sum";

/** Where a chosen shield lies. */
export type SpritePlace = "A" | "B" | "C";

/** A shield that can be chosen. Nothing in it changes. */
export interface SheetShield {
  /** For people: its number on its sheet, or a file. */
  readonly name: string;
  /** Of the network whose sheet it is on. */
  readonly code: Float32Array;
  readonly sprite: Sprite;
  /** A picture of one's own, before the network repeated it; null for what was imagined. */
  readonly source: Sprite | null;
}

/** Everything that can be undone, at one step. Nothing in it changes. */
export interface SpriteStep {
  readonly network: SpriteNetwork;
  readonly seed: number;
  readonly tool: SpriteTool;
  readonly places: Readonly<Record<SpritePlace, SheetShield | null>>;
  /** Where the next shield goes. */
  readonly active: SpritePlace;
  /** What A's attributes are to become, where they are not to stay. */
  readonly wish: Partial<ShieldLook>;
  /** Pictures of one's own, oldest first. */
  readonly own: readonly SheetShield[];
}

/** Shields of a sheet. */
export const SHEET_COLUMNS = 8;
export const SHEET_SHIELDS = 32;
/** Sprites of a walk, both ends among them. */
export const WALK_STEPS = 7;
/** Pixels on each side of a sprite. */
export const SIDE = 32;
/** Pictures of one's own that are kept at hand; the oldest go first. */
export const MOST_OWN = SHEET_COLUMNS;
const CHANNELS = 4;

/** Places that a tool has, in the order in which they are filled. */
export const TOOL_PLACES: Readonly<Record<SpriteTool, readonly SpritePlace[]>> = {
  walk: ["A", "B"],
  change: ["A"],
  sum: ["A", "B", "C"],
};

/** What one finds at first. */
export function firstSpriting(seed: number): SpriteStep {
  const places = { A: null, B: null, C: null };
  return { network: "vae", seed, tool: "walk", places, active: "A", wish: {}, own: [] };
}

/** Seeds of a sheet's shields: no other sheet has one of them. @param seed - Of the sheet; its lowest 27 bits tell sheets apart. */
export function sheetSeeds(seed: number): number[] {
  return Array.from({ length: SHEET_SHIELDS }, (_, index) => (seed * SHEET_SHIELDS + index) >>> 0);
}

/** Puts a shield on the active place, and goes on to the tool's next one. */
export function picked(step: SpriteStep, shield: SheetShield): SpriteStep {
  const own = TOOL_PLACES[step.tool];
  const place = own.includes(step.active) ? step.active : own[0];
  const places = { ...step.places, [place]: shield };
  const wish = place === "A" ? {} : step.wish;
  return { ...step, places, wish, active: own[(own.indexOf(place) + 1) % own.length] };
}

/** Another tool; the next shield goes to its first empty place. */
export function withTool(step: SpriteStep, tool: SpriteTool): SpriteStep {
  const own = TOOL_PLACES[tool];
  return { ...step, tool, active: own.find((place) => !step.places[place]) ?? own[0] };
}

/** Another network. Codes of one mean nothing to the other, so places are empty then; attributes are known to the autoencoder only. */
export function withNetwork(step: SpriteStep, network: SpriteNetwork): SpriteStep {
  const tool = network === "gan" && step.tool === "change" ? "walk" : step.tool;
  return { ...step, network, tool, places: { A: null, B: null, C: null }, active: "A", wish: {} };
}

/** Takes a picture of one's own, as the autoencoder repeats it, and puts it on the active place. */
export function withOwn(step: SpriteStep, shield: SheetShield): SpriteStep {
  const here = step.network === "vae" ? step : withNetwork(step, "vae");
  return { ...picked(here, shield), own: [...here.own, shield].slice(-MOST_OWN) };
}

/** Whether every place of the tool has a shield. */
export function isReady({ tool, places }: SpriteStep): boolean {
  return TOOL_PLACES[tool].every((place) => places[place] !== null);
}

/**
 * A − B + C with codes. Those of an adversarial network are all about as long as each other, and it has seen no others: the sum is made as long
 * as A.
 */
export function codeSum(network: SpriteNetwork, a: Float32Array, b: Float32Array, c: Float32Array): Float32Array {
  const sum = a.map((value, i) => value - b[i] + c[i]);
  if (network === "vae") return sum;
  const share = Math.hypot(...a) / Math.max(Math.hypot(...sum), 1e-9);
  return sum.map((value) => value * share);
}

/** A − B + C with pixels, as near as colours and opacity come to it. */
export function pixelSum(a: Sprite, b: Sprite, c: Sprite): Sprite {
  const pixels = a.pixels.map((value, i) => Math.min(1, Math.max(0, value - b.pixels[i] + c.pixels[i])));
  for (let at = 0; at < pixels.length; at += CHANNELS) {
    for (let part = 0; part < CHANNELS - 1; part++) pixels[at + part] = Math.min(pixels[at + part], pixels[at + 3]);
  }
  return { ...a, pixels };
}

/** One sprite fading into another. @param share - 0 is the first, 1 the second. */
export function faded(from: Sprite, to: Sprite, share: number): Sprite {
  return { ...from, pixels: from.pixels.map((value, i) => value + (to.pixels[i] - value) * share) };
}

/**
 * Fits a picture into a sprite: the whole of it, as large as it can be, with nothing around it. Each pixel is the mean of what lies under it.
 *
 * @param picture - Opaque sRGB, [height, width, 3], in [0, 1].
 * @param mask - Where it is opaque, [height, width, 1]; null for everywhere.
 */
export function fitSprite(
  picture: Pick<Sprite, "width" | "height" | "pixels">,
  mask: { readonly pixels: Float32Array } | null,
): Sprite {
  const { width, height } = picture;
  const scale = Math.max(width, height) / SIDE;
  const [left, top] = [(SIDE - width / scale) / 2, (SIDE - height / scale) / 2];
  const pixels = new Float32Array(SIDE * SIDE * CHANNELS);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const sums = new Float64Array(CHANNELS);
      overlaps((y - top) * scale, scale, height, (row, high) => {
        overlaps((x - left) * scale, scale, width, (column, broad) => {
          const at = row * width + column;
          const weight = high * broad * (mask ? mask.pixels[at] : 1);
          for (let part = 0; part < 3; part++) sums[part] += weight * picture.pixels[3 * at + part];
          sums[3] += weight;
        });
      });
      for (let part = 0; part < CHANNELS; part++) {
        pixels[(y * SIDE + x) * CHANNELS + part] = Math.min(1, sums[part] / scale ** 2);
      }
    }
  }
  return { width: SIDE, height: SIDE, channels: CHANNELS, pixels };
}

/** Pixels side by side under a stretch of a line, and how much of each lies there. */
function overlaps(start: number, length: number, most: number, take: (index: number, share: number) => void): void {
  const end = start + length;
  for (let index = Math.max(0, Math.floor(start)); index < Math.min(most, end); index++) {
    const share = Math.min(index + 1, end) - Math.max(index, start);
    if (share > 0) take(index, share);
  }
}

/** Bytes of a picture with opacity. */
export interface SpriteSheet {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4] */
  readonly bytes: Uint8ClampedArray<ArrayBuffer>;
}

/** Lays sprites out in rows without gaps, as games read them. @param sprites - Bytes of one each, [32, 32, 4]. */
export function layOut(sprites: readonly Uint8ClampedArray[], columns: number): SpriteSheet {
  const [width, height] = [columns * SIDE, Math.ceil(sprites.length / columns) * SIDE];
  const bytes = new Uint8ClampedArray(width * height * CHANNELS);
  sprites.forEach((sprite, index) => {
    const left = (index % columns) * SIDE;
    const top = Math.floor(index / columns) * SIDE;
    for (let y = 0; y < SIDE; y++) {
      const row = sprite.subarray(y * SIDE * CHANNELS, (y + 1) * SIDE * CHANNELS);
      bytes.set(row, ((top + y) * width + left) * CHANNELS);
    }
  });
  return { width, height, bytes };
}
