import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ATTRIBUTE_FIELDS,
  className,
  isEstimated,
  isPaintable,
  nameOf,
  pictureFields,
  requestOf,
  shownAttribute,
  shownShare,
  storedAttribute,
  storedShare,
  wishOf,
  type PaintWish,
} from "../../../plugin/editor/painting/paint-wish.ts";
import * as tools from "../../../plugin/paint.ts";

const [brick] = tools.MATERIAL_CLASSES;
const WISH: PaintWish = {
  source: "class",
  material: brick.name,
  attributes: { ...brick.defaults, moss: 0.4 },
  seed: 7,
  isSeedLocked: false,
  size: 32,
  repeat: 3,
  example: { ...tools.NO_EXAMPLE, quality: "fast", maps: "flat" },
};
const STONES = { hash: "h", name: "stones.jpg", width: 40, height: 20, weight: 1, mask: null, guide: null };

describe("A wish of a class", () => {
  it("leads to a painting whose recipe leads back to it", async () => {
    const { recipe } = await tools.paintHere({ ...requestOf(WISH, tools), pictures: [] });
    const base = { ...WISH, material: "sand", attributes: brick.defaults, seed: 1, size: 512 };
    expect(wishOf(recipe, base, tools)).toEqual(WISH);
  });

  it("is painted small as a draft of the same variation", () => {
    expect(requestOf(WISH, tools, 16)).toEqual({ ...requestOf(WISH, tools), size: { width: 16, height: 16 } });
  });

  it("is named as its class", () => {
    expect(nameOf({ ...WISH, material: "roughStone" })).toBe("Rough stone");
  });
});

describe("A wish of a picture", () => {
  const example = { ...WISH.example, pictures: [STONES] };
  const wish: PaintWish = { ...WISH, source: "picture", example };

  it("cannot be painted before there is one", () => {
    expect(isPaintable({ ...wish, example: WISH.example })).toBe(false);
    expect(isPaintable(wish)).toBe(true);
  });

  it("comes back from its recipe, and leaves the choice of maps to the page again", async () => {
    const book = new tools.PictureBook();
    const stones = await book.take({ name: "stones.jpg", picture: tools.picture(20, 40, 3), sampleMask: null });
    const wished = { ...wish, size: 16, example: { ...example, pictures: [stones] } };
    const { pictures, ...request } = requestOf(wished, tools);
    const { recipe } = await tools.paintHere({ ...request, pictures: await book.gather(pictures) });
    // What was left to the painter is in the recipe: the usual relief.
    const noted = { ...wished.example, relief: 0.05 };
    expect(wishOf(recipe, WISH, tools)).toEqual({ ...wished, example: noted });
    const estimated = { ...recipe, settings: { ...recipe.settings, maps: "estimated" } };
    expect(wishOf(estimated, WISH, tools).example.maps).toBe("auto");
  });

  it("is named as its files, without their endings", () => {
    expect(nameOf(wish)).toBe("stones");
    expect(nameOf({ ...wish, example: { ...example, pictures: [STONES, { ...STONES, name: "moss.png" }] } })).toBe(
      "stones + moss",
    );
  });

  it("has no settings that say nothing", () => {
    const names = (part: Partial<PaintWish["example"]>): string[] =>
      pictureFields({ ...example, ...part }).map(({ name }) => name);
    expect(names({ maps: "auto" })).toEqual(["layout", "quality", "maps", "regularity", "relief", "evenLight"]);
    expect(names({ maps: "flat" })).not.toContain("evenLight");
    expect(names({ layout: "maps" })).toEqual(["layout", "relief", "evenLight"]);
    expect([isEstimated({ ...example, maps: "auto" }), isEstimated(example)]).toEqual([true, false]);
  });
});

describe("The shares of pictures", () => {
  it("are shown in percent, and left out where the painter decides", () => {
    expect([0.05, null].map(shownShare)).toEqual([5, undefined]);
    expect([5, undefined, 900].map(storedShare)).toEqual([0.05, null, 1]);
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
