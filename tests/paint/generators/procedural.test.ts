import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { procedural } from "../../../plugin/paint/generators/procedural.ts";
import { MATERIAL_NAMES } from "../../../plugin/paint/materials/material-classes.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import type { PaintOrder } from "../../../plugin/paint/texture-generator.ts";
import { stripes } from "../stripes.ts";

const order = (settings: PaintOrder["settings"]): PaintOrder => ({
  seed: 5,
  width: 16,
  height: 24,
  settings,
  pictures: [],
});
const WHO = 'Generator "procedural"';
const NAMES = MATERIAL_NAMES.map((name) => `"${name}"`).join(" or ");

describe('The generator "procedural"', () => {
  it("paints what proceduralMaterial makes", async () => {
    const settings = { material: "cobble", attributes: { moss: 0.7 } };
    const expected = proceduralMaterial("cobble", {
      seed: 5,
      size: { width: 16, height: 24 },
      attributes: { moss: 0.7 },
    });
    expect(await procedural.paint(order(settings))).toEqual(expected);
  });

  it("fills in the attributes that are left out, so that a recipe says them", () => {
    const { attributes } = procedural.check(order({ material: "sand", attributes: { dirt: 0.5 } })).settings;
    expect(Object.keys(attributes as object).sort()).toEqual([
      "colour",
      "cracks",
      "dirt",
      "moss",
      "scale",
      "secondColour",
      "wear",
      "wetness",
    ]);
    expect(attributes).toMatchObject({ dirt: 0.5 });
  });

  it.each<[string, PaintOrder, string]>([
    ["no material", order({}), `the setting "material" needed ${NAMES}, came nothing. Correct it or leave it out.`],
    [
      "an unknown material",
      order({ material: "cheese" }),
      `the setting "material" needed ${NAMES}, came "cheese". Correct it or leave it out.`,
    ],
    [
      "attributes that are none",
      order({ material: "sand", attributes: [] }),
      'the setting "attributes" needed an object, came []. Correct it or leave it out.',
    ],
    [
      "an unknown attribute",
      order({ material: "sand", attributes: { shine: 1 } }),
      'needed attributes named colour, secondColour, scale, wear, moss, wetness, cracks, dirt, came "shine". Correct the name or leave it out.',
    ],
    [
      "a picture",
      { ...order({ material: "sand" }), pictures: [{ role: "example", name: "a.png", picture: stripes(16, 16) }] },
      'needed no pictures, came "a.png" as "example". Leave it out.',
    ],
  ])("refuses an order with %s", (_what, wrong, message) => {
    expect(() => procedural.check(wrong)).toThrow(new ConfigurationError(`${WHO}: ${message}`));
  });
});
