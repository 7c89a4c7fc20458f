import { expect, it, vi } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { PictureBook } from "../../../plugin/paint/pictures/picture-book.ts";
import { pictureHash } from "../../../plugin/paint/recipes/picture-hash.ts";
import { stripes } from "../stripes.ts";

it("A picture that is added twice has one entry, under its first name", async () => {
  const book = new PictureBook();
  const first = await book.add("a.png", stripes(16, 16));
  expect(await book.add("b.png", stripes(16, 16))).toBe(first);
  expect([first.name, first.hash]).toEqual(["a.png", await pictureHash(stripes(16, 16))]);
});

it("A file that was read is wished whole, but for what is transparent", async () => {
  const book = new PictureBook();
  const sampleMask = { height: 16, width: 24, channels: 1, pixels: new Float32Array(384) };
  const wish = await book.take({ name: "leaf.png", picture: stripes(16, 24), sampleMask });
  expect(wish).toMatchObject({ name: "leaf.png", width: 24, height: 16, weight: 1, guide: null });
  expect(book.peek(wish.mask!)?.picture).toBe(sampleMask);
  expect(await book.take({ name: "stone.png", picture: stripes(16, 24), sampleMask: null })).toMatchObject({
    mask: null,
  });
});

it("Pictures of an earlier visit are fetched once", async () => {
  const kept = { hash: "h", name: "kept.png", picture: stripes(16, 16) };
  const fetch = vi.fn(async (hash: string) => (hash === "h" ? kept : null));
  const book = new PictureBook(fetch);
  expect([book.peek("h"), await book.find("h"), await book.find("h")]).toEqual([null, kept, kept]);
  expect(fetch).toHaveBeenCalledTimes(1);
});

it("A recipe whose picture is nowhere is refused with that picture's name", async () => {
  await expect(new PictureBook().gather([{ role: "example", hash: "h", name: "stones.png" }])).rejects.toEqual(
    new ConfigurationError(
      'Recipe: needed the picture "stones.png", came none. Give that picture first, then the recipe again.',
    ),
  );
});
