import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ATTRIBUTE_FIELDS,
  className,
  isPaintable,
  nameOf,
  requestOf,
  shownAttribute,
  storedAttribute,
  wishOf,
  type PaintWish,
} from "../../../plugin/editor/painting/paint-wish.ts";
import { MATERIAL_CLASSES, paintHere, picture } from "../../../plugin/paint.ts";

const [brick] = MATERIAL_CLASSES;
const WISH: PaintWish = {
  source: "class",
  material: brick.name,
  attributes: { ...brick.defaults, moss: 0.4 },
  seed: 7,
  isSeedLocked: false,
  size: 32,
  repeat: 3,
  picture: null,
  layout: "new",
  quality: "fast",
  maps: "flat",
};
const PICTURE = { name: "stones.jpg", picture: picture(20, 40, 3) };

describe("A wish of a class", () => {
  it("leads to a painting whose recipe leads back to it", async () => {
    const { recipe } = await paintHere(requestOf(WISH));
    expect(wishOf(recipe, { ...WISH, material: "sand", attributes: brick.defaults, seed: 1, size: 512 }, null)).toEqual(
      WISH,
    );
  });

  it("is painted small as a draft of the same variation", () => {
    expect(requestOf(WISH, 16)).toEqual({ ...requestOf(WISH), size: 16 });
  });

  it("is named as its class", () => {
    expect(nameOf({ ...WISH, material: "roughStone" })).toBe("Rough stone");
  });
});

describe("A wish of a picture", () => {
  const wish: PaintWish = { ...WISH, source: "picture", picture: PICTURE };

  it("cannot be painted before there is one", () => {
    expect(isPaintable({ ...wish, picture: null })).toBe(false);
    expect(isPaintable(wish)).toBe(true);
  });

  it("is square where things are arranged anew, and of the picture's shape where they stay", () => {
    expect(requestOf(wish).size).toBe(32);
    expect(requestOf({ ...wish, layout: "kept" }).size).toEqual({ width: 32, height: 16 });
  });

  it("leaves the choice of maps to the page unless they shall be flat", () => {
    expect(requestOf(wish).settings).toEqual({ layout: "new", quality: "fast", maps: "flat" });
    expect(requestOf({ ...wish, maps: "auto" }).settings).toEqual({ layout: "new", quality: "fast" });
  });

  it("asks for nothing but maps where the picture stays as it is", () => {
    const { generator, pictures } = requestOf({ ...wish, layout: "maps" });
    expect([generator, pictures?.map(({ role }) => role)]).toEqual(["photograph", ["photograph"]]);
  });

  it("is named as its file, without the ending", () => {
    expect(nameOf(wish)).toBe("stones");
  });
});

describe("The sliders of attributes", () => {
  it("show shares in percent and the scale as a factor from a half to two", () => {
    expect(shownAttribute("moss", 0.345)).toBe(34.5);
    expect([0, 0.5, 1].map((value) => shownAttribute("scale", value))).toEqual([0.5, 1, 2]);
  });

  it("store what they show, within what painting takes", () => {
    const names = fc.constantFrom(...ATTRIBUTE_FIELDS.map(({ name }) => name));
    fc.assert(
      fc.property(names, fc.integer({ min: 0, max: 1000 }), (name, thousandths) => {
        const value = thousandths / 1000;
        expect(storedAttribute(name, shownAttribute(name, value))).toBeCloseTo(value, 6);
      }),
    );
    expect(storedAttribute("wear", 900)).toBe(1);
    expect(storedAttribute("scale", 0.1)).toBe(0);
  });
});

describe("Names of classes", () => {
  it.each([
    ["brick", "Brick"],
    ["roughStone", "Rough stone"],
  ])("%s is read as %s", (name, words) => {
    expect(className(name)).toBe(words);
  });
});
