import { describe, expect, it } from "vitest";
import { paintHere } from "../../../plugin/paint/painter/paint-here.ts";
import { PictureBook } from "../../../plugin/paint/pictures/picture-book.ts";
import type { TextureRecipe } from "../../../plugin/paint/recipe.ts";
import {
  exampleOf,
  exampleRequest,
  NO_EXAMPLE,
  type ExampleWish,
  type PictureWish,
} from "../../../plugin/paint/wishes/example-wish.ts";
import { stripes } from "../stripes.ts";

function fromPictures(part: Partial<ExampleWish>, ...pictures: Partial<PictureWish>[]): ExampleWish {
  const all = pictures.map((each, index) => ({
    hash: `h${index}`,
    name: `${index}.png`,
    width: 200,
    height: 100,
    weight: 1,
    mask: null,
    guide: null,
    ...each,
  }));
  return { ...NO_EXAMPLE, ...part, pictures: all };
}

const rolesOf = (example: ExampleWish): string[] => exampleRequest(example, 7, 128).pictures.map(({ role }) => role);

/** What a painter would note. */
function recipeOf(example: ExampleWish): TextureRecipe {
  const { generator, seed, size, settings, pictures } = exampleRequest(example, 7, 64);
  const noted = pictures.map((use) => ({ hash: "", ...use, width: 200, height: 100 }));
  return { format: "babylon-neural-texture", version: 1, generator, seed, ...size, settings, pictures: noted };
}

describe("A wish of pictures", () => {
  it("leaves to the painter what nobody has set", () => {
    expect(exampleRequest(fromPictures({}, {}), 7, 64)).toMatchObject({
      generator: "example",
      seed: 7,
      size: { width: 64, height: 64 },
      settings: { layout: "new", quality: "good", maps: "estimated", evenLight: true, light: "find" },
    });
  });

  it("leaves the choice of maps to the page where that is wished", () => {
    expect(exampleRequest(fromPictures({ maps: "auto" }, {}), 7, 64).settings).not.toHaveProperty("maps");
  });

  it("mixes pictures by their shares", () => {
    const { settings, pictures } = exampleRequest(fromPictures({}, { weight: 0.25 }, { weight: 1 }), 7, 64);
    expect(settings["weights"]).toEqual([0.25, 1]);
    expect(pictures).toEqual([
      { role: "example", hash: "h0", name: "0.png" },
      { role: "example", hash: "h1", name: "1.png" },
    ]);
  });

  it("gives every picture a guide, or none, together with where things go", () => {
    const whole = fromPictures({ guide: "g" }, { guide: "g0" }, { guide: "g1" });
    expect(rolesOf(whole)).toEqual(["example", "example", "exampleGuide", "exampleGuide", "guide"]);
    expect(rolesOf(fromPictures({ guide: "g" }, { guide: "g0" }, {}))).toEqual(["example", "example"]);
  });

  it("follows no guide where things stay in their places", () => {
    expect(rolesOf(fromPictures({ layout: "kept", guide: "g" }, { guide: "g0" }))).toEqual(["example"]);
  });

  it("gives a white mask to pictures without one where another has one", () => {
    expect(exampleRequest(fromPictures({}, {}, { mask: "m1" }), 7, 64).pictures.slice(2)).toEqual([
      { role: "sampleMask", name: "0.png, mask", white: { width: 200, height: 100 } },
      { role: "sampleMask", name: "1.png, mask", hash: "m1" },
    ]);
  });

  it("can be painted where only one of two pictures has a mask", async () => {
    const book = new PictureBook();
    const [one, other] = [stripes(16, 16), stripes(16, 24)];
    const mask = { ...one, channels: 1, pixels: new Float32Array(256).fill(1).fill(0, 0, 64) };
    const pictures = [
      { ...(await book.take({ name: "one.png", picture: one, sampleMask: mask })) },
      await book.take({ name: "other.png", picture: other, sampleMask: null }),
    ];
    const request = exampleRequest({ ...NO_EXAMPLE, quality: "fast", maps: "flat", pictures }, 1, 16);
    const { recipe } = await paintHere({ ...request, pictures: await book.gather(request.pictures) });
    expect(recipe.pictures.map(({ role }) => role)).toEqual(["example", "example", "sampleMask", "sampleMask"]);
    // The recipe's own pictures are all there, the white one too.
    expect((await book.gather(recipe.pictures)).length).toBe(4);
  });

  it("keeps a picture's shape where it keeps its layout, and its region only then", () => {
    const kept = exampleRequest(fromPictures({ layout: "kept", region: "r" }, {}), 7, 128);
    expect(kept.size).toEqual({ width: 128, height: 64 });
    expect(kept.pictures.map(({ role }) => role)).toEqual(["example", "region"]);
    const fresh = exampleRequest(fromPictures({ layout: "new", region: "r" }, {}), 7, 128);
    expect(fresh.size).toEqual({ width: 128, height: 128 });
    expect(fresh.pictures.map(({ role }) => role)).toEqual(["example"]);
  });

  it("for maps alone asks the estimator, with the first picture", () => {
    expect(exampleRequest(fromPictures({ layout: "maps", relief: 0.1 }, {}, {}), 7, 64)).toMatchObject({
      generator: "photograph",
      settings: { edges: "cut", evenLight: true, light: "find", relief: 0.1 },
      pictures: [{ role: "photograph", hash: "h0", name: "0.png" }],
    });
  });

  it.each([
    ["a picture", fromPictures({ regularity: 0.3, quality: "best" }, {})],
    ["a mix", fromPictures({}, { weight: 0.25 }, { weight: 0.5, name: "other.png" })],
    ["a mask", fromPictures({}, { mask: "m" })],
    ["a guide", fromPictures({ guide: "g" }, { guide: "g0" })],
    ["a repair", fromPictures({ layout: "kept", region: "r" }, {})],
    ["light from the top", fromPictures({ light: { azimuth: Math.PI / 2 } }, {})],
    ["a photograph taken in the shade", fromPictures({ layout: "maps", light: "shade" }, {})],
    ["a photograph", fromPictures({ layout: "maps", relief: 0.05 }, {})],
  ])("comes back from its recipe: %s", (_what, wish) => {
    expect(exampleOf(recipeOf(wish))).toEqual(wish);
  });

  it("comes from no recipe that is not painted from pictures", () => {
    expect(exampleOf({ ...recipeOf(fromPictures({}, {})), generator: "procedural" })).toBeNull();
  });
});
