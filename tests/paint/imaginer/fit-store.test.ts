import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ConfigurationError, PolicyFileError, StorageError } from "../../../plugin/core/errors.ts";
import { sha256 } from "../../../plugin/core/sha-256.ts";
import { writeBytes } from "../../../plugin/core/storage.ts";
import {
  bringImaginerFit,
  forgetImaginerFit,
  keepImaginerFit,
  keptFitOf,
  keptImaginerFits,
} from "../../../plugin/paint/imaginer/fit-store.ts";
import { encodeImaginerFit } from "../../../plugin/paint/imaginer/imaginer-fit.ts";
import type { TextureRecipe } from "../../../plugin/paint/recipe.ts";

const BASE = "ab".repeat(32);
const fitCalled = (name: string, number = 1): Uint8Array =>
  encodeImaginerFit({ name, base: BASE, code: Float32Array.of(number, 2), changes: {}, birth: {} });

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it("Kept fits come back by name, byte for byte, until they are forgotten; a damaged file is left out", async () => {
  const [bark, rust] = [fitCalled("my bark"), fitCalled("Rust")];
  await keepImaginerFit(bark);
  await keepImaginerFit(rust);
  await writeBytes("indexeddb://imaginer-fits/broken.bnw", new Uint8Array([1, 2, 3]));
  expect(await keptImaginerFits()).toEqual([
    { name: "Rust", material: "Rust", hash: await sha256(Uint8Array.from(rust)), base: BASE, fit: rust },
    { name: "my bark", material: "my bark", hash: await sha256(Uint8Array.from(bark)), base: BASE, fit: bark },
  ]);
  await forgetImaginerFit("Rust");
  await forgetImaginerFit("never kept");
  expect((await keptImaginerFits()).map(({ name }) => name)).toEqual(["my bark"]);
});

it("The fit that a recipe names is found by its hash", async () => {
  const [bark, other] = [fitCalled("bark"), fitCalled("other")];
  await keepImaginerFit(bark);
  await keepImaginerFit(other);
  const recipe = {
    generator: "imagined",
    imaginerFit: await sha256(Uint8Array.from(bark)),
  } as unknown as TextureRecipe;
  expect(await keptFitOf(recipe)).toEqual(bark);
  await forgetImaginerFit("bark");
  expect(await keptFitOf(recipe)).toBeUndefined();
  expect(await keptFitOf({ generator: "procedural" } as TextureRecipe)).toBeUndefined();
});

it("A fit that is kept under another name keeps its bytes, so that recipes find it", async () => {
  const [mine, other] = [fitCalled("bark"), fitCalled("bark", 3)];
  await keepImaginerFit(mine);
  await keepImaginerFit(other, { name: "bark 2" });
  expect((await keptImaginerFits()).map(({ name, material, fit }) => [name, material, fit])).toEqual([
    ["bark 2", "bark", other],
    ["bark", "bark", mine],
  ]);
  expect(await keptFitOf({ imaginerFit: (await sha256(Uint8Array.from(other)))! })).toEqual(other);
  await expect(keepImaginerFit(other, { name: "brick" })).rejects.toThrow(ConfigurationError);
  await forgetImaginerFit("bark 2");
  expect((await keptImaginerFits()).map(({ fit }) => fit)).toEqual([mine]);
});

it("A fit that comes in a file is kept once, as it is, under a name that is free", async () => {
  const [mine, other] = [fitCalled("bark"), fitCalled("bark", 3)];
  expect(await bringImaginerFit(mine)).toBe("bark");
  expect(await bringImaginerFit(other)).toBe("bark 2");
  expect(await bringImaginerFit(Uint8Array.from(mine))).toBe("bark");
  expect((await keptImaginerFits()).map(({ name, fit }) => [name, fit])).toEqual([
    ["bark 2", other],
    ["bark", mine],
  ]);
  await expect(bringImaginerFit(mine.subarray(0, 40))).rejects.toThrow(PolicyFileError);
  expect((await keptImaginerFits()).length).toBe(2);
});

it("A name that is taken, or a class's, is refused", async () => {
  await keepImaginerFit(fitCalled("bark"));
  await expect(keepImaginerFit(fitCalled("bark", 3))).rejects.toEqual(
    new StorageError(
      'Imaginer fit "bark": needed a name that is free, came one that is taken. Choose another, or forget that imaginer fit.',
    ),
  );
  await expect(keepImaginerFit(fitCalled("brick"))).rejects.toEqual(
    new ConfigurationError(
      'Imaginer fit "brick": needed a name of its own, came that of a class of the imaginer. Choose another one.',
    ),
  );
});
