import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { StorageError } from "../../../plugin/core/errors.ts";
import { readBytes, writeBytes } from "../../../plugin/core/storage.ts";
import { paintHere, requestOf } from "../../../plugin/paint/painter/paint-here.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import {
  forgetPicture,
  keepPicture,
  keptPicture,
  keptPictureHashes,
  keptPictures,
} from "../../../plugin/paint/pictures/picture-store.ts";
import { pictureHash } from "../../../plugin/paint/recipes/picture-hash.ts";
import { stripes } from "../stripes.ts";

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it("A kept picture comes back as it was, under its hash", async () => {
  const source = stripes(16, 24);
  const hash = await keepPicture(source);
  expect(hash).toBe(await pictureHash(source));
  expect(await keptPicture(hash)).toEqual(source);
});

it("A picture of 8 bits takes a byte a channel, any other two", async () => {
  const bytes = await keepPicture(stripes(16, 16));
  const words = await keepPicture(picture(16, 16, 1, new Float32Array(256).fill(0.3)));
  const sizes = [bytes, words].map(async (hash) => (await readBytes(`indexeddb://pictures/${hash}`)).length);
  expect(await Promise.all(sizes)).toEqual([28 + 768, 28 + 512]); // the header has 28
});

it("A picture of several portions is kept whole, though only its end needs 16 bits", async () => {
  const source = stripes(300, 300);
  source.pixels[300 * 300 * 3 - 1] = Math.fround(0.3);
  const back = await keptPicture(await keepPicture(source));
  expect(back.pixels.subarray(0, -1)).toEqual(source.pixels.subarray(0, -1));
  expect(back.pixels.at(-1)).toBeCloseTo(0.3, 4);
});

it("The pictures of a recipe make its pixels again after a reload", async () => {
  const request = {
    generator: "example",
    size: 16,
    settings: { quality: "fast" },
    pictures: [{ role: "example", name: "stripes.png", picture: stripes(20, 20) }],
  };
  const painted = await paintHere(request);
  await keepPicture(request.pictures[0].picture);
  const pictures = await keptPictures(painted.recipe);
  expect(pictures).toEqual(request.pictures);
  expect(await paintHere(await requestOf(painted.recipe, pictures))).toEqual(painted);
});

it("Kept pictures are listed, and forgotten ones are gone", async () => {
  const hashes = [await keepPicture(stripes(16, 16)), await keepPicture(stripes(16, 20))];
  expect(await keptPictureHashes()).toEqual(hashes.toSorted());
  await forgetPicture(hashes[0]);
  expect(await keptPictureHashes()).toEqual([hashes[1]]);
});

it("A picture that was never kept is reported", async () => {
  const hash = "0".repeat(64);
  await expect(keptPicture(hash)).rejects.toThrow(
    new StorageError(
      `Storage "indexeddb://pictures/${hash}": needed a saved file, came none of that name. Save it first, or check the name.`,
    ),
  );
});

it("A picture that was changed in the database is refused", async () => {
  const hash = await keepPicture(stripes(16, 16));
  const url = `indexeddb://pictures/${hash}`;
  const bytes = await readBytes(url);
  const broken = [bytes.with(100, bytes[100] ^ 1), bytes.subarray(0, 50), Uint8Array.of(1, 2, 3)];
  for (const file of broken) {
    await writeBytes(url, file);
    await expect(keptPicture(hash)).rejects.toThrow(
      new StorageError(`Storage "${url}": needed a kept picture, came something damaged. Give the picture again.`),
    );
  }
});

it("A full database is reported, and what was kept before is still there", async () => {
  const first = stripes(16, 16);
  const hash = await keepPicture(first);
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  await expect(keepPicture(stripes(16, 20))).rejects.toThrow(
    /^Storage "indexeddb:\/\/pictures\/[0-9a-f]{64}": needed room in the browser's database, came a full one\./,
  );
  expect(await keptPicture(hash)).toEqual(first);
});

it("A picture that is kept already is not written again", async () => {
  await keepPicture(stripes(16, 16));
  const put = vi.spyOn(IDBObjectStore.prototype, "put");
  await keepPicture(stripes(16, 16));
  expect(put).not.toHaveBeenCalled();
});
