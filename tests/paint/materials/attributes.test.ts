import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { Random } from "../../../plugin/core/random.ts";
import {
  ATTRIBUTE_LABELS,
  type Attributes,
  attributeVector,
  completeAttributes,
  densityOf,
} from "../../../plugin/paint/materials/attributes.ts";
import { MATERIAL_CLASSES, MATERIAL_NAMES } from "../../../plugin/paint/materials/material-classes.ts";
import type { MaterialMaps } from "../../../plugin/paint/materials/material-maps.ts";
import { randomAttributes } from "../../../plugin/paint/materials/random-attributes.ts";
import { channelMean, mean, sample } from "./sample.ts";

const CLEAN = { moss: 0, wetness: 0, cracks: 0, dirt: 0 };

/** The share of green in a pixel's light, on the mean: dark pixels count as much as bright ones. */
function greenShare({ albedo }: MaterialMaps): number {
  const shares = Array.from({ length: albedo.length / 3 }, (_, pixel) => {
    const [red, green, blue] = albedo.subarray(3 * pixel, 3 * pixel + 3);
    return green / (red + green + blue + 1e-6);
  });
  return mean(shares);
}

describe.each(MATERIAL_NAMES)("On %s", (name) => {
  const clean = sample(name, CLEAN);

  it("water lowers roughness and darkens", () => {
    const wet = sample(name, { ...CLEAN, wetness: 0.8 });
    expect(mean(wet.roughness)).toBeLessThan(mean(clean.roughness) * 0.8);
    expect(mean(wet.albedo)).toBeLessThan(mean(clean.albedo));
  });

  it("moss spreads with its attribute, and is rough and no metal", () => {
    const changed = (moss: number): number => {
      const { albedo } = sample(name, { ...CLEAN, moss });
      return mean(albedo.map((value, i) => (value === clean.albedo[i] ? 0 : 1)));
    };
    const [little, much, all] = [changed(0.2), changed(0.6), changed(1)];
    // It covers at most about two thirds, and its share grows in proportion.
    expect(little).toBeGreaterThan(0.08);
    expect(much).toBeGreaterThan(little + 0.15);
    expect(all).toBeGreaterThan(much + 0.1);
    expect(all).toBeLessThan(0.85);
    const mossy = sample(name, { ...CLEAN, moss: 1 });
    expect(mean(mossy.roughness)).toBeGreaterThan(mean(clean.roughness));
    expect(mean(mossy.metallic)).toBeLessThanOrEqual(mean(clean.metallic));
  });

  // Grass is green without.
  if (name !== "grass") {
    it("moss raises the share of green", () => {
      expect(greenShare(sample(name, { ...CLEAN, moss: 0.7 }))).toBeGreaterThan(greenShare(clean) + 0.02);
    });
  }

  it("cracks lower some heights and raise none", () => {
    const cracked = sample(name, { ...CLEAN, cracks: 0.8 }).heights;
    const change = cracked.map((value, i) => value - clean.heights[i]);
    expect(Math.max(...change)).toBeLessThanOrEqual(1e-6);
    expect(Math.min(...change)).toBeLessThan(-0.05);
    // Cracks are lines, not areas.
    expect(mean(change.map((value) => (value < -0.03 ? 1 : 0)))).toBeLessThan(0.4);
  });

  it("dirt dulls: its brown takes over colour and shine", () => {
    const dirty = sample(name, { ...CLEAN, dirt: 1 });
    const distance = ({ albedo }: MaterialMaps): number =>
      mean([0.042, 0.028, 0.016].map((dirt, channel) => Math.abs(channelMean(albedo, channel) - dirt)));
    expect(distance(dirty)).toBeLessThan(distance(clean));
    expect(mean(dirty.roughness)).toBeGreaterThanOrEqual(mean(clean.roughness) - 0.01);
  });

  it("wear changes colour and heights", () => {
    const worn = sample(name, { ...CLEAN, wear: 1 });
    const fresh = sample(name, { ...CLEAN, wear: 0 });
    const change = mean(worn.albedo.map((value, i) => Math.abs(value - fresh.albedo[i])));
    expect(change / mean(fresh.albedo)).toBeGreaterThan(0.01);
    expect(worn.heights).not.toEqual(fresh.heights);
  });

  it("the main colour colours it", () => {
    const red = sample(name, { ...CLEAN, wear: 0, colour: [0.6, 0.02, 0.02], secondColour: [0.3, 0.05, 0.05] });
    const blue = sample(name, { ...CLEAN, wear: 0, colour: [0.02, 0.02, 0.6], secondColour: [0.05, 0.05, 0.3] });
    expect(channelMean(red.albedo, 0)).toBeGreaterThan(2 * channelMean(red.albedo, 2));
    expect(channelMean(blue.albedo, 2)).toBeGreaterThan(2 * channelMean(blue.albedo, 0));
  });

  it("its own defaults and palettes are attributes that it takes", () => {
    const material = MATERIAL_CLASSES.find((candidate) => candidate.name === name)!;
    for (const [colour, secondColour] of material.palettes) {
      expect(completeAttributes("test", material.defaults, { colour, secondColour }).colour).toBe(colour);
    }
    expect(material.palettes.length).toBeGreaterThanOrEqual(3);
  });
});

describe("An attribute vector", () => {
  it("has its numbers in the order of the labels", () => {
    const attributes: Attributes = {
      scale: 1 / 16,
      colour: [2 / 16, 3 / 16, 4 / 16],
      secondColour: [5 / 16, 6 / 16, 7 / 16],
      wear: 8 / 16,
      moss: 9 / 16,
      wetness: 10 / 16,
      cracks: 11 / 16,
      dirt: 12 / 16,
    };
    expect([...attributeVector(attributes)]).toEqual(Array.from({ length: 12 }, (_, i) => (i + 1) / 16));
    expect(ATTRIBUTE_LABELS.length).toBe(12);
  });

  it("leaves the class's own where undefined is given", () => {
    const { defaults } = MATERIAL_CLASSES[0];
    const { wear: _wear, ...others } = defaults;
    const given: object = { moss: undefined };
    expect(completeAttributes("test", defaults, given)).toEqual(defaults);
    expect(completeAttributes("test", defaults, others)).toEqual(defaults);
  });
});

it("A scale of 0 doubles the density of features, ½ keeps and 1 halves it", () => {
  expect([0, 0.5, 1].map(densityOf)).toEqual([2, 1, 0.5]);
});

describe("Random attributes", () => {
  it("are valid for their class and the same for the same seed", () => {
    for (const { name, defaults } of MATERIAL_CLASSES) {
      for (let seed = 0; seed < 20; seed++) {
        const attributes = randomAttributes(name, new Random(seed));
        expect(completeAttributes("test", defaults, attributes)).toEqual(attributes);
        expect(randomAttributes(name, new Random(seed))).toEqual(attributes);
      }
    }
  });

  it("leave out each kind of weather about as often as not", () => {
    const random = new Random(1);
    const mossy = Array.from({ length: 400 }, () => randomAttributes("brick", random)).filter(({ moss }) => moss > 0);
    // 45% of 400 is 180, with a standard deviation of 10.
    expect(Math.abs(mossy.length - 180)).toBeLessThan(50);
  });

  it("need a class that exists", () => {
    expect(() => randomAttributes("lava", new Random(1))).toThrow(
      new ConfigurationError(
        `randomAttributes: needed one of ${MATERIAL_NAMES.join(", ")}, came "lava". Choose a name of these.`,
      ),
    );
  });
});
