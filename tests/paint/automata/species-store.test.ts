import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ConfigurationError, StorageError } from "../../../plugin/core/errors.ts";
import { writeBytes } from "../../../plugin/core/storage.ts";
import { forgetSpecies, keepSpecies, keptSpecies } from "../../../plugin/paint/automata/species-store.ts";
import { anySpecies } from "./any-species.ts";

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it("Kept species come back by name, number for number, until they are forgotten", async () => {
  const [moss, rust] = [anySpecies("moss / wet", 1), anySpecies("Rust", 2)];
  await keepSpecies(moss);
  await keepSpecies(rust);
  expect(await keptSpecies()).toEqual([rust, moss]);
  await forgetSpecies("Rust");
  await forgetSpecies("never kept");
  expect(await keptSpecies()).toEqual([moss]);
});

it("A name that is taken is refused, and what is kept under it stays", async () => {
  const moss = anySpecies("moss", 1);
  await keepSpecies(moss);
  await expect(keepSpecies(anySpecies("moss", 2))).rejects.toEqual(
    new StorageError(
      'Species "moss": needed a name that is free, came one that is taken. Choose another, or forget that species.',
    ),
  );
  expect(await keptSpecies()).toEqual([moss]);
});

it.each(["", " moss", "m".repeat(41)])("The name “%s” is refused", async (name) => {
  await expect(keepSpecies(anySpecies(name, 1))).rejects.toEqual(
    new ConfigurationError(
      `Species "${name}": needed a name of 1 to 40 characters without blanks around it, came ${name.length}. Choose such a name.`,
    ),
  );
});

it("A full storage keeps what was there before, and says so", async () => {
  const moss = anySpecies("moss", 1);
  await keepSpecies(moss);
  const full = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("no room", "QuotaExceededError");
  });
  await expect(keepSpecies(anySpecies("rust", 2))).rejects.toThrow(StorageError);
  full.mockRestore();
  expect(await keptSpecies()).toEqual([moss]);
});

it("A damaged file is left out, and the others are there", async () => {
  const moss = anySpecies("moss", 1);
  await keepSpecies(moss);
  await writeBytes("indexeddb://species/broken.bnw", new Uint8Array([1, 2, 3]));
  expect(await keptSpecies()).toEqual([moss]);
});
