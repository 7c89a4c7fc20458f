import { describe, expect, it } from "vitest";
import { ConfigurationError, TextureFileError } from "../../../plugin/core/errors.ts";
import { paintHere, requestOf } from "../../../plugin/paint/painter/paint-here.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import { pictureHash } from "../../../plugin/paint/recipes/picture-hash.ts";
import { readRecipe } from "../../../plugin/paint/recipes/read-recipe.ts";
import { pretendedEstimator } from "../generators/pretended-estimator.ts";
import { stripes } from "../stripes.ts";

const EXAMPLE = { role: "example", name: "stripes.png", picture: stripes(24, 32) } as const;
const REQUEST = {
  generator: "example",
  seed: 9,
  size: 16,
  settings: { quality: "fast" },
  pictures: [EXAMPLE],
} as const;

describe("A painted material", () => {
  it("has a recipe that says everything", async () => {
    const { recipe } = await paintHere(REQUEST);
    expect(recipe).toEqual({
      format: "babylon-neural-texture",
      version: 1,
      generator: "example",
      seed: 9,
      width: 16,
      height: 16,
      settings: { layout: "new", quality: "fast", relief: 0.05, maps: "flat", evenLight: true, light: "find" },
      pictures: [
        { role: "example", hash: await pictureHash(EXAMPLE.picture), name: "stripes.png", width: 32, height: 24 },
      ],
    });
  });

  it("is the same again from its recipe, after a way through JSON", async () => {
    const first = await paintHere(REQUEST);
    const recipe = readRecipe(JSON.stringify(first.recipe));
    expect(await paintHere(await requestOf(recipe, [EXAMPLE]))).toEqual(first);
  });

  it("is the same from a picture that was kept in 16 bits", async () => {
    const fine = picture(
      24,
      24,
      3,
      stripes(24, 24).pixels.map((value) => value * 0.987654321),
    );
    const kept = picture(
      24,
      24,
      3,
      fine.pixels.map((value) => Math.round(value * 65535) / 65535),
    );
    const [a, b] = await Promise.all(
      [fine, kept].map((source) => paintHere({ ...REQUEST, pictures: [{ ...EXAMPLE, picture: source }] })),
    );
    expect(a).toEqual(b);
  });

  it("names the network that estimated its maps, and refuses another one later", async () => {
    const [old, other] = ["0".repeat(64), "a".repeat(64)];
    const find = (hash: string) => () => Promise.resolve(pretendedEstimator(hash));
    const { recipe } = await paintHere(
      { ...REQUEST, settings: { maps: "estimated" } },
      {},
      { findEstimator: find(old) },
    );
    expect(recipe.estimator).toBe(old);
    const again = await requestOf(readRecipe(JSON.stringify(recipe)), [EXAMPLE]);
    expect((await paintHere(again, {}, { findEstimator: find(old) })).recipe).toEqual(recipe);
    await expect(paintHere(again, {}, { findEstimator: find(other) })).rejects.toThrow(
      new TextureFileError(
        "Recipe: needed the estimator of maps with the SHA-256 000000000000…, came aaaaaaaaaaaa…. Serve the file that it was painted with, or paint the picture anew.",
      ),
    );
  });

  it("counts only the lowest 32 bits of its seed", async () => {
    const request = { generator: "procedural", settings: { material: "sand" }, size: 16 } as const;
    const [a, b] = [await paintHere({ ...request, seed: -1 }), await paintHere({ ...request, seed: 2 ** 32 - 1 })];
    expect(a).toEqual(b);
    expect(a.recipe.seed).toBe(4294967295);
  });

  it("has 512 × 512 pixels where nobody says another size, and a picture's shape where there is one", async () => {
    const sizes = async (...pictures: (typeof EXAMPLE)[]): Promise<number[]> => {
      const { recipe } = await paintHere(
        pictures.length > 0
          ? { generator: "example", settings: { quality: "fast" }, pictures }
          : { generator: "procedural", settings: { material: "sand" } },
      );
      return [recipe.width, recipe.height];
    };
    expect([await sizes(), await sizes(EXAMPLE)]).toEqual([
      [512, 512],
      [32, 24],
    ]);
  });
});

describe("A request", () => {
  it("for an unknown generator is refused", async () => {
    await expect(paintHere({ generator: "oracle" })).rejects.toThrow(
      new ConfigurationError(
        'Painter: needed one of the generators "procedural", "example", "photograph", "automaton", "imagined", came "oracle". Choose one of them, or upgrade babylon-neural.',
      ),
    );
  });

  it("from a recipe is refused without its pictures", async () => {
    const { recipe } = await paintHere(REQUEST);
    await expect(requestOf(recipe)).rejects.toThrow(
      new TextureFileError(
        'Recipe: needed 1 pictures ("stripes.png"), came 0. Give the pictures that it was painted from.',
      ),
    );
  });

  it("from a recipe is refused with another picture", async () => {
    const { recipe } = await paintHere(REQUEST);
    await expect(requestOf(recipe, [{ picture: stripes(24, 32, 6) }])).rejects.toThrow(
      new TextureFileError(
        'Recipe: needed the picture "stripes.png" of 32 × 24 pixels as "example", came another one of 32 × 24. Give the same file again.',
      ),
    );
  });
});
