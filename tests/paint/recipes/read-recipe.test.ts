import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextureFileError } from "../../../plugin/core/errors.ts";
import type { TextureRecipe } from "../../../plugin/paint/recipe.ts";
import { readRecipe } from "../../../plugin/paint/recipes/read-recipe.ts";

const PICTURE = {
  role: "example",
  hash: "0123456789abcdef".repeat(4),
  name: "wall.jpg",
  width: 640,
  height: 480,
} as const;
const RECIPE: TextureRecipe = {
  format: "babylon-neural-texture",
  version: 1,
  generator: "example",
  seed: 7,
  width: 256,
  height: 128,
  settings: { quality: "fast", weights: [1, 2] },
  pictures: [PICTURE],
};
const AGAIN = "Save the texture again, or paint it anew.";

/** The recipe with another value in some place; undefined takes the field away. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(RECIPE) as unknown as Record<string, unknown>;
  const keys = path.split(".");
  let place = copy;
  for (const key of keys.slice(0, -1)) place = place[key] as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(place, keys.at(-1)!);
  else place[keys.at(-1)!] = value;
  return copy;
}

describe("Reading a recipe", () => {
  it("keeps the name of the network, and refuses one that is no hash", () => {
    const estimator = "f".repeat(64);
    expect(readRecipe({ ...RECIPE, estimator })).toEqual({ ...RECIPE, estimator });
    expect(() => readRecipe({ ...RECIPE, estimator: "latest" })).toThrow(
      new TextureFileError(`Recipe: "estimator" needed 64 hex digits, came "latest". ${AGAIN}`),
    );
  });

  it("gives back what was written, as text or as an object, in a new object", () => {
    expect(readRecipe(JSON.stringify(RECIPE))).toEqual(RECIPE);
    const read = readRecipe(RECIPE);
    expect(read).toEqual(RECIPE);
    expect(read.settings).not.toBe(RECIPE.settings);
  });

  it("leaves out what is not a recipe's", () => {
    const text = JSON.stringify({ ...RECIPE, extra: 1 }).replace('"extra"', '"__proto__"');
    expect(readRecipe(text)).toEqual(RECIPE);
  });

  it.each<[string, unknown, string]>([
    ["text that is no JSON", "{", `Recipe: needed JSON, came something else. ${AGAIN}`],
    ["a list", [], `Recipe: needed an object, came a list of 0. ${AGAIN}`],
    ["nothing", null, `Recipe: needed an object, came null. ${AGAIN}`],
    [
      "another format",
      changed("format", "babylon-neural-policy"),
      'Recipe: needed the format "babylon-neural-texture", came "babylon-neural-policy". Choose a recipe of a texture.',
    ],
    [
      "an inherited format",
      Object.create(RECIPE) as object,
      'Recipe: needed the format "babylon-neural-texture", came nothing. Choose a recipe of a texture.',
    ],
    [
      "a newer version",
      changed("version", 2),
      "Recipe: needed version 1, came 2. Upgrade babylon-neural, or save it with this release.",
    ],
    ["no version", changed("version", undefined), "Recipe: needed version 1, came nothing. Save the texture again."],
    ["no generator", changed("generator", undefined), `Recipe: "generator" needed a text, came nothing. ${AGAIN}`],
    ["half a seed", changed("seed", 0.5), `Recipe: "seed" needed a whole number, came 0.5. ${AGAIN}`],
    ["no width", changed("width", 0), `Recipe: "width" needed a whole number from 1, came 0. ${AGAIN}`],
    [
      "a height in words",
      changed("height", "tall"),
      `Recipe: "height" needed a whole number from 1, came "tall". ${AGAIN}`,
    ],
    [
      "settings that are a list",
      changed("settings", [1]),
      `Recipe: "settings" needed an object, came a list of 1. ${AGAIN}`,
    ],
    [
      "settings without end",
      changed("settings", { text: "x".repeat(100_000) }),
      "Recipe: needed at most 100000 characters of settings, came 100011. Choose a recipe of a texture.",
    ],
    [
      "text without end",
      " ".repeat(100_001),
      "Recipe: needed at most 100000 characters, came 100001. Choose a recipe of a texture.",
    ],
    [
      "too many pictures",
      changed("pictures", Array(65).fill(PICTURE)),
      `Recipe: "pictures" needed a list of at most 64, came a list of 65. ${AGAIN}`,
    ],
    [
      "a picture that is none",
      changed("pictures.0", "wall.jpg"),
      `Recipe: "pictures[0]" needed an object, came "wall.jpg". ${AGAIN}`,
    ],
    [
      "a short hash",
      changed("pictures.0.hash", "abc"),
      `Recipe: "pictures[0].hash" needed 64 hex digits, came "abc". ${AGAIN}`,
    ],
    [
      "a picture without a role",
      changed("pictures.0.role", undefined),
      `Recipe: "pictures[0].role" needed a text, came nothing. ${AGAIN}`,
    ],
  ])("refuses %s", (_what, source, message) => {
    expect(() => readRecipe(source)).toThrow(new TextureFileError(message));
  });

  it("either reads anything that JSON can say, or refuses it with its own error", () => {
    const field = fc.constantFrom(...Object.keys(RECIPE), ...Object.keys(PICTURE).map((key) => `pictures.0.${key}`));
    fc.assert(
      fc.property(field, fc.jsonValue(), (path, value) => {
        try {
          const recipe = readRecipe(JSON.stringify(changed(path, value)));
          expect(readRecipe(JSON.stringify(recipe))).toEqual(recipe);
        } catch (error) {
          expect(error).toBeInstanceOf(TextureFileError);
        }
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it("never takes any text for a recipe", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => readRecipe(text)).toThrow(TextureFileError);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
