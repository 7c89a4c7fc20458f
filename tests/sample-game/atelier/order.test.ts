import { describe, expect, it } from "vitest";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import { drawnPieces, type ExampleWish, type TextureRecipe } from "../../../plugin/paint.ts";
import { NO_IMAGINING, type Imagining } from "../../../sample-game/atelier/rules/imagining.ts";
import { FURNITURE } from "../../../sample-game/atelier/rules/parts.ts";
import { FIRST_PIECES } from "../../../sample-game/atelier/rules/pieces.ts";
import { isPaintable, type LookWish, type Wish } from "../../../sample-game/atelier/rules/wish.ts";
import { firstWish, requestOf, wishOf } from "../../../sample-game/atelier/work/order.ts";

const LOOK: LookWish = {
  scale: 0.5,
  wear: 0.1,
  moss: 0.2,
  wetness: 0,
  cracks: 0,
  dirt: 0,
  colour: [0.5, 0.4, 0.3],
  secondColour: [0.2, 0.2, 0.2],
};
const CLASS = firstWish("brick", LOOK, 7);
const PICTURE = { hash: "h", name: "a.png", width: 200, height: 100, weight: 1, mask: null, guide: null };

function fromPicture(part: Partial<ExampleWish>): Wish {
  return { ...CLASS, source: "picture", example: { ...CLASS.example, pictures: [PICTURE], ...part } };
}

const DRAWN = drawnPieces({ width: 8, height: 8, inside: new Uint8Array(64).fill(1) });
const SAND = { material: "sand", share: 0.25 };
const [A, B, C] = ["a", "b", "c"].map((hash) => ({ hash, name: `${hash}.png`, width: 200, height: 100 }));

function imagined(part: Partial<Imagining>): Wish {
  return { ...CLASS, source: "imagined", imagining: { ...NO_IMAGINING, ...part } };
}

/** What a painter would note. */
function recipeOf(wish: Wish): TextureRecipe {
  const { generator, seed, size, settings, pictures } = requestOf(wish);
  const { way, learned } = wish.imagining;
  const fit = wish.source === "imagined" && way === "learned" ? { imaginerFit: learned!.hash } : {};
  const noted = pictures.map((use) => ({ hash: "", ...use, width: 200, height: 100 }));
  return { format: "babylon-neural-texture", version: 1, generator, seed, ...size, settings, pictures: noted, ...fit };
}

describe("A wish", () => {
  it("for a class asks for that class with all its attributes", () => {
    expect(requestOf(CLASS, 64)).toEqual({
      generator: "procedural",
      seed: 7,
      size: { width: 64, height: 64 },
      settings: { material: "brick", attributes: LOOK },
      pictures: [],
    });
  });

  it("for pictures is paintable once there is one", () => {
    expect(isPaintable(fromPicture({ pictures: [] }))).toBe(false);
    expect(isPaintable(fromPicture({}))).toBe(true);
  });

  it.each([
    ["a class", { ...CLASS, classSize: 256 }],
    ["a picture", fromPicture({ regularity: 0.3, quality: "best" })],
    ["a photograph", fromPicture({ layout: "maps", relief: 0.05 })],
    ["arithmetic", imagined({ places: { a: A, b: B, c: C }, change: { moss: 0.5 } })],
    ["a mix", imagined({ places: { a: A, b: null, c: C } })],
    ["a path", imagined({ way: "path", places: { a: A, b: null, c: C }, share: 0.25 })],
    ["a place on the map", imagined({ way: "map", spot: { place: [0, 1], code: [1, 2], name: "Near sand" } })],
    ["what was learned", imagined({ way: "learned", learned: { name: "My bark", hash: "f" }, change: { moss: 0.5 } })],
    ["a path towards a class", imagined({ way: "path", places: { a: A, b: null, c: C }, towards: SAND })],
    ["no pieces", imagined({ places: { a: A, b: null, c: null }, pieces: { kind: "none" } })],
    ["pieces in a bond", imagined({ places: { a: A, b: null, c: C }, pieces: FIRST_PIECES.bond })],
    ["drawn pieces", imagined({ way: "map", spot: { place: null, code: [1], name: "" }, pieces: DRAWN })],
  ])("comes back from its recipe: %s", (_what, wish) => {
    expect(requestOf(wishOf(recipeOf(wish), CLASS)!)).toEqual(requestOf(wish));
  });

  it("for what is imagined says what each picture is for, and is as deep at any size", () => {
    const wish = imagined({ places: { a: A, b: B, c: C }, change: { moss: 0.5 } });
    const { generator, settings, pictures } = requestOf(wish, 256);
    // As deep as 0.04 sides of a tile of 128 pixels: 0.02 of 256.
    expect([generator, settings]).toEqual(["imagined", { relief: 0.02, change: { moss: 0.5 } }]);
    expect(pictures.map((use) => [use.role, "hash" in use && use.hash])).toEqual([
      ["like", "a"],
      ["without", "b"],
      ["plus", "c"],
    ]);
    expect(requestOf(imagined({ way: "path", places: { a: A, b: B, c: C }, share: 0.25 }), 256)).toMatchObject({
      settings: { weights: [0.75, 0.25] },
      pictures: [
        { role: "like", hash: "a" },
        { role: "like", hash: "c" },
      ],
    });
  });

  it("for what is imagined goes towards a class as far as it says, and says nothing of no way at all", () => {
    const places = { a: A, b: null, c: null };
    expect(requestOf(imagined({ places, towards: SAND }), 256).settings).toEqual({ relief: 0.02, towards: SAND });
    const still = imagined({ places, towards: { ...SAND, share: 0 } });
    expect(requestOf(still, 256).settings).toEqual({ relief: 0.02 });
  });

  it("is imaginable from A or C, on a path from both, on the map from a place", () => {
    const places = (a: typeof A | null, b: typeof B | null, c: typeof C | null): Partial<Imagining> => ({
      places: { a, b, c },
    });
    expect(isPaintable(imagined(places(null, B, null)))).toBe(false);
    expect(isPaintable(imagined(places(A, null, null)))).toBe(true);
    expect(isPaintable(imagined(places(null, null, C)))).toBe(true);
    expect(isPaintable(imagined({ way: "path", ...places(A, B, null) }))).toBe(false);
    expect(isPaintable(imagined({ way: "map" }))).toBe(false);
    expect(isPaintable(imagined({ way: "learned", ...places(A, null, null) }))).toBe(false);
    expect(isPaintable(imagined({ way: "learned", learned: { name: "My bark", hash: "f" } }))).toBe(true);
  });

  it("comes from no recipe that the room has no sliders for", () => {
    expect(wishOf({ ...recipeOf(CLASS), generator: "dreams" }, CLASS)).toBeNull();
    const drawn = recipeOf(imagined({ places: { a: A, b: null, c: null }, pieces: DRAWN }));
    const damaged = { ...drawn, settings: { pieces: { ...DRAWN, bits: "cut off" } } };
    expect(wishOf(damaged, CLASS)).toBeNull();
    for (const towards of [null, 5, { material: "sand" }]) {
      expect(wishOf({ ...drawn, settings: { towards } }, CLASS)).toBeNull();
    }
  });
});

describe("What the yard wears at first", () => {
  it("can be painted", () => {
    for (const { material, attributes } of Object.values(FURNITURE)) {
      expect(proceduralMaterial(material, { size: 8, attributes }).width).toBe(8);
    }
  });
});
