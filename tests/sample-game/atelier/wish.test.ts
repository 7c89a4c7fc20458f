import { describe, expect, it } from "vitest";
import type { TextureRecipe } from "../../../plugin/paint.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import { FURNITURE } from "../../../sample-game/atelier/rules/parts.ts";
import {
  firstWish,
  isPaintable,
  requestOf,
  wishOf,
  type ExampleWish,
  type LookWish,
  type PictureWish,
  type Wish,
} from "../../../sample-game/atelier/rules/wish.ts";

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

function fromPictures(part: Partial<ExampleWish>, ...pictures: Partial<PictureWish>[]): Wish {
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
  return { ...CLASS, source: "picture", example: { ...CLASS.example, ...part, pictures: all } };
}

/** What a painter would note. */
function recipeOf(wish: Wish): TextureRecipe {
  const { generator, seed, size, settings, pictures } = requestOf(wish);
  const noted = pictures.map((each) => ({ ...each, width: 200, height: 100 }));
  return { format: "babylon-neural-texture", version: 1, generator, seed, ...size, settings, pictures: noted };
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
    expect(isPaintable(fromPictures({}))).toBe(false);
    expect(isPaintable(fromPictures({}, {}))).toBe(true);
  });

  it("leaves to the painter what nobody has set", () => {
    expect(requestOf(fromPictures({}, {})).settings).toEqual({
      layout: "new",
      quality: "good",
      maps: "estimated",
      evenLight: true,
      light: "find",
    });
  });

  it("mixes pictures by their shares", () => {
    const { settings, pictures } = requestOf(fromPictures({}, { weight: 0.25 }, { weight: 1 }));
    expect(settings["weights"]).toEqual([0.25, 1]);
    expect(pictures.map(({ role, hash }) => `${role} ${hash}`)).toEqual(["example h0", "example h1"]);
  });

  it("gives every picture a guide, or none, together with where things go", () => {
    const whole = fromPictures({ guide: "g" }, { guide: "g0" }, { guide: "g1" });
    expect(requestOf(whole).pictures.map(({ role }) => role)).toEqual([
      "example",
      "example",
      "exampleGuide",
      "exampleGuide",
      "guide",
    ]);
    const half = fromPictures({ guide: "g" }, { guide: "g0" }, {});
    expect(requestOf(half).pictures.map(({ role }) => role)).toEqual(["example", "example"]);
  });

  it("keeps a picture's shape where it keeps its layout, and its region only then", () => {
    const kept = requestOf(fromPictures({ layout: "kept", region: "r" }, {}), 128);
    expect(kept.size).toEqual({ width: 128, height: 64 });
    expect(kept.pictures.map(({ role }) => role)).toEqual(["example", "region"]);
    const fresh = requestOf(fromPictures({ layout: "new", region: "r" }, {}), 128);
    expect(fresh.size).toEqual({ width: 128, height: 128 });
    expect(fresh.pictures.map(({ role }) => role)).toEqual(["example"]);
  });

  it("for maps alone asks the estimator, with the first picture", () => {
    const { generator, settings, pictures } = requestOf(fromPictures({ layout: "maps", relief: 0.1 }, {}, {}));
    expect(generator).toBe("photograph");
    expect(settings).toEqual({ edges: "cut", evenLight: true, light: "find", relief: 0.1 });
    expect(pictures).toEqual([{ role: "photograph", hash: "h0", name: "0.png" }]);
  });

  it.each([
    ["a class", { ...CLASS, classSize: 256 }],
    ["a picture", fromPictures({ regularity: 0.3, quality: "best" }, {})],
    ["a mix", fromPictures({}, { weight: 0.25 }, { weight: 0.5, name: "other.png" })],
    ["a guide", fromPictures({ guide: "g" }, { guide: "g0" })],
    ["a repair", fromPictures({ layout: "kept", region: "r" }, {})],
    ["a picture with light from the top", fromPictures({ light: { azimuth: Math.PI / 2 } }, {})],
    ["a photograph taken in the shade", fromPictures({ layout: "maps", light: "shade" }, {})],
    ["a photograph", fromPictures({ layout: "maps", relief: 0.05 }, {})],
  ])("comes back from its recipe: %s", (_what, wish) => {
    expect(requestOf(wishOf(recipeOf(wish), CLASS)!)).toEqual(requestOf(wish));
  });

  it("comes from no recipe that the room has no sliders for", () => {
    expect(wishOf({ ...recipeOf(CLASS), generator: "dreams" }, CLASS)).toBeNull();
  });
});

describe("What the yard wears at first", () => {
  it("can be painted", () => {
    for (const { material, attributes } of Object.values(FURNITURE)) {
      expect(proceduralMaterial(material, { size: 8, attributes }).width).toBe(8);
    }
  });
});
