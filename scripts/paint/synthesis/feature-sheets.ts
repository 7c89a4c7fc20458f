import { cropped, picture, type Picture } from "../../../plugin/paint/picture.ts";
import { synthesise } from "../../../plugin/paint/synthesis/synthesise.ts";
import { blankSheet, place, type Sheet } from "../draw-sheet.ts";
import type { Texture } from "../subjects/textures.ts";
import { stackSheet } from "./stack-sheet.ts";

/** Finds a texture by name. */
export type FindTexture = (name: string) => Texture;

/** What synthesis can do beside making more of one picture, each with a sheet: pictures from left to right. */
export const FEATURE_SHEETS: Readonly<Record<string, (find: FindTexture, tile: number) => Promise<Sheet>>> = {
  "kept-layout": keptLayout,
  "mix-of-two": mixOfTwo,
  guide: guided,
  inpainting,
  "sample-mask": sampleMask,
  "whole-stack": (_find, tile) => stackSheet(["cobble", "roofTile"], SEED, tile),
};

const SEED = 301;
const GAP = 4;
const LUMINANCE = [0.299, 0.587, 0.114] as const;

/** The crop four times, with its seams; then mended, four times. */
async function keptLayout(find: FindTexture, tile: number): Promise<Sheet> {
  const names = ["cobble", "water"];
  const sheet = blankSheet(4 * tile + GAP, names.length * (2 * tile + GAP) - GAP);
  for (const [row, name] of names.entries()) {
    const source = find(name).single(SEED, tile);
    const top = row * (2 * tile + GAP);
    place(sheet, source, { top, left: 0, tiles: 2 });
    place(sheet, await synthesise(source, { seed: SEED, layout: "kept" }), { top, left: 2 * tile + GAP, tiles: 2 });
  }
  return sheet;
}

/** Two crops; then half and half, four times; then three parts of the first to one of the second, four times. */
async function mixOfTwo(find: FindTexture, tile: number): Promise<Sheet> {
  const first = find("grass").single(SEED, tile);
  const second = find("soil").single(SEED, tile);
  const sheet = blankSheet(5 * tile + 2 * GAP, 2 * tile + GAP);
  place(sheet, first, { top: 0, left: 0 });
  place(sheet, second, { top: tile + GAP, left: 0 });
  for (const [column, weight] of [1, 3].entries()) {
    const mix = await synthesise([{ picture: first, weight }, { picture: second }], { seed: SEED });
    place(sheet, mix, { top: 0, left: tile + GAP + column * (2 * tile + GAP), tiles: 2 });
  }
  return sheet;
}

/** Two crops; what shall be where, white for the second one; the result. */
async function guided(find: FindTexture, tile: number): Promise<Sheet> {
  const side = 2 * tile;
  const grass = find("grass").single(SEED, tile);
  const cobbles = find("cobble").single(SEED, tile);
  const everywhere = (value: number): Picture => filled(tile, tile, () => value);
  // a path that winds and goes on behind the borders
  const guide = filled(side, side, (y, x) => {
    const middle = side * (0.5 + 0.22 * Math.sin((2 * Math.PI * y) / side));
    return Math.abs(x - middle) < 0.17 * side ? 1 : 0;
  });
  const examples = [
    { picture: grass, guide: everywhere(0) },
    { picture: cobbles, guide: everywhere(1) },
  ];
  const sheet = blankSheet(5 * tile + 2 * GAP, 2 * tile + GAP);
  place(sheet, grass, { top: 0, left: 0 });
  place(sheet, cobbles, { top: tile + GAP, left: 0 });
  place(sheet, guide, { top: 0, left: tile + GAP });
  const result = await synthesise(examples, { seed: SEED, guide, size: { height: side, width: side } });
  place(sheet, result, { top: 0, left: 3 * tile + 2 * GAP });
  return sheet;
}

/** The crop with the region to make anew in black; the result. */
async function inpainting(find: FindTexture, tile: number): Promise<Sheet> {
  const names = ["roofTile", "roughStone", "water"];
  const sheet = blankSheet(2 * names.length * (tile + GAP) - GAP, tile);
  for (const [i, name] of names.entries()) {
    const source = find(name).single(SEED, tile);
    const region = filled(tile, tile, (y, x) => (Math.hypot(y - 0.55 * tile, x - 0.45 * tile) < 0.22 * tile ? 1 : 0));
    const holed = blended(source, picture(tile, tile, 3), region);
    const left = 2 * i * (tile + GAP);
    place(sheet, holed, { top: 0, left });
    place(sheet, await synthesise(source, { seed: SEED, region }), { top: 0, left: left + tile + GAP });
  }
  return sheet;
}

/** The crop; what not to copy, in black; without a mask, four times; with it, four times. */
async function sampleMask(find: FindTexture, tile: number): Promise<Sheet> {
  const source = find("water").single(SEED, tile);
  // glare and what is right beside it
  const light = filled(tile, tile, (y, x) => {
    const from = (y * tile + x) * 3;
    return LUMINANCE.reduce((sum, share, c) => sum + share * source.pixels[from + c], 0);
  });
  const reach = Math.round(tile / 32);
  const mask = filled(tile, tile, (y, x) => {
    const top = Math.max(0, y - reach);
    const left = Math.max(0, x - reach);
    const near = cropped(light, top, left, Math.min(tile, y + reach + 1) - top, Math.min(tile, x + reach + 1) - left);
    return near.pixels.some((value) => value > 0.8) ? 0 : 1;
  });
  const sheet = blankSheet(5 * tile + 2 * GAP, 2 * tile + GAP);
  place(sheet, source, { top: 0, left: 0 });
  place(sheet, mask, { top: tile + GAP, left: 0 });
  place(sheet, await synthesise(source, { seed: SEED }), { top: 0, left: tile + GAP, tiles: 2 });
  const masked = await synthesise([{ picture: source, sampleMask: mask }], { seed: SEED });
  place(sheet, masked, { top: 0, left: 3 * tile + 2 * GAP, tiles: 2 });
  return sheet;
}

/** A grey picture from a formula. */
function filled(height: number, width: number, formula: (y: number, x: number) => number): Picture {
  return picture(
    height,
    width,
    1,
    Float32Array.from({ length: height * width }, (_, i) => formula(Math.floor(i / width), i % width)),
  );
}

/** The second picture where the mask is 1, the first where it is 0. */
function blended(first: Picture, second: Picture, mask: Picture): Picture {
  const { height, width, channels } = first;
  const pixels = first.pixels.map((value, i) => {
    const share = mask.pixels[Math.floor(i / channels)];
    return (1 - share) * value + share * second.pixels[i];
  });
  return picture(height, width, channels, pixels);
}
