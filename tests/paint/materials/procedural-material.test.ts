import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import {
  HELD_OUT_CLASSES,
  MATERIAL_CLASSES,
  MATERIAL_NAMES,
} from "../../../plugin/paint/materials/material-classes.ts";
import { proceduralMaterial, type ProceduralOptions } from "../../../plugin/paint/materials/procedural-material.ts";
import type { MaterialParts } from "../../../plugin/paint/materials/surface.ts";
import { seamSummary } from "../../../plugin/paint/metrics/seam-score.ts";
import { blurWrapped } from "../../../plugin/paint/noise/blur.ts";
import { createGrid } from "../../../plugin/paint/noise/grid.ts";
import { mean, pictures, sample, variance } from "./sample.ts";

const NAMES =
  "brick, cobble, fabricWeave, grass, marble, metalPlate, plank, plaster, roofTile, roughStone, sand, soil, woodGrain";
const WEATHERED = { moss: 0.3, wetness: 0.6, cracks: 0.5, dirt: 0.4 };

describe("The material classes", () => {
  it("are at least twelve, by name, each told in a sentence", () => {
    expect(MATERIAL_NAMES.join(", ")).toBe(NAMES);
    for (const { describe: sentence } of MATERIAL_CLASSES) expect(sentence).toMatch(/^[A-Z].+\.$/);
  });

  it("hold two out from every shipped model", () => {
    expect(HELD_OUT_CLASSES.length).toBe(2);
    for (const name of HELD_OUT_CLASSES) expect(MATERIAL_NAMES).toContain(name);
  });

  it("differ: no two look alike on the mean", () => {
    const looks = MATERIAL_NAMES.map((name) => {
      const maps = sample(name);
      return [mean(maps.albedo), mean(maps.heights), mean(maps.roughness)].map((x) => x.toFixed(3)).join(" ");
    });
    expect(new Set(looks).size).toBe(MATERIAL_NAMES.length);
  });
});

describe.each(MATERIAL_NAMES)("%s", (name) => {
  it("keeps all its maps within [0, 1], when new and in any weather", () => {
    const extremes = { wear: 1, moss: 1, wetness: 1, cracks: 1, dirt: 1 };
    const none = { wear: 0, moss: 0, wetness: 0, cracks: 0, dirt: 0 };
    for (const attributes of [{}, none, extremes]) {
      for (const { pixels } of Object.values(pictures(sample(name, attributes)))) {
        // Written so that a NaN fails too.
        expect(pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
      }
    }
  });

  it("has the sizes that it says", () => {
    const maps = proceduralMaterial(name, { size: { width: 40, height: 24 } });
    expect([maps.width, maps.height]).toEqual([40, 24]);
    expect(maps.albedo.length).toBe(40 * 24 * 3);
    for (const map of [maps.heights, maps.roughness, maps.metallic, maps.layout]) expect(map.length).toBe(40 * 24);
    expect(maps.attributes.length).toBe(12);
    expect(maps.relief).toBeGreaterThan(0);
  });

  it("is the same for the same seed, and another one for another seed", () => {
    const [first, again, other] = [sample(name, WEATHERED), sample(name, WEATHERED), sample(name, WEATHERED, 4)];
    expect(again).toEqual(first);
    expect(other.albedo).not.toEqual(first.albedo);
    expect(other.heights).not.toEqual(first.heights);
  });

  it("tiles: no map shows a seam on either axis, at odd sizes too", () => {
    const scores = [{}, WEATHERED].flatMap((attributes) =>
      [11, 12].flatMap((seed) => {
        const maps = pictures(proceduralMaterial(name, { seed, size: { width: 75, height: 80 }, attributes }));
        const { albedo, heights, roughness } = maps;
        return Object.values(seamSummary({ albedo, heights, roughness }).scores);
      }),
    );
    const all = scores.flatMap(({ sideBySide, oneAboveOther }) => [sideBySide, oneAboveOther]).sort((a, b) => a - b);
    expect(mean(all)).toBeLessThanOrEqual(1.2);
    expect(all[Math.floor(all.length * 0.95)]).toBeLessThanOrEqual(1.5);
  });

  it("has more and finer features at a smaller scale", () => {
    // Which share of the heights' variance outlives a blur: the less, the finer the features.
    const kept = (scale: number): number =>
      mean(
        [1, 2].map((seed) => {
          const { heights } = proceduralMaterial(name, { seed, size: 72, attributes: { scale } });
          return variance(blurWrapped(createGrid(72, 72), heights, 0.12)) / variance(heights);
        }),
      );
    expect(kept(0.05)).toBeLessThan(kept(0.95));
  });
});

describe("A procedural material", () => {
  it("is the class's own, 256 × 256, without options", () => {
    const maps = proceduralMaterial("sand");
    expect([maps.width, maps.height]).toEqual([256, 256]);
    const { scale, wear } = MATERIAL_CLASSES.find((material) => material.name === "sand")!.defaults;
    expect([maps.attributes[0], maps.attributes[7]]).toEqual([Math.fround(scale), Math.fround(wear)]);
  });

  it("numbers its bricks and leaves mortar 0", () => {
    const { layout, heights } = sample("brick");
    // 3 × 8 bricks at scale ½, and mortar lies deeper than bricks.
    expect(new Set(layout)).toEqual(new Set(Array.from({ length: 25 }, (_, id) => id)));
    const mortar = heights.filter((_, i) => layout[i] === 0);
    const bricks = heights.filter((_, i) => layout[i] > 0);
    expect(mean(bricks)).toBeGreaterThan(mean(mortar) + 0.2);
  });

  it("on a wide tile has as many more features, not stretched ones", () => {
    const wide = proceduralMaterial("brick", { size: { width: 128, height: 64 } });
    expect(Math.max(...wide.layout)).toBe(48);
  });

  it("is metal only where bare metal is", () => {
    expect(mean(sample("metalPlate", { wear: 0, dirt: 0 }).metallic)).toBeGreaterThan(0.9);
    expect(mean(sample("metalPlate", { wear: 1, dirt: 0 }).metallic)).toBeLessThan(0.7);
    expect(Math.max(...sample("brick").metallic)).toBe(0);
  });

  it("shows the same material at another size: the same bricks are as long and as high", () => {
    const small = proceduralMaterial("brick", { seed: 1, size: 64 });
    const large = proceduralMaterial("brick", { seed: 1, size: 128 });
    const share = (layout: ArrayLike<number>): number => mean(Array.from(layout, (id) => (id > 0 ? 1 : 0)));
    expect(share(large.layout)).toBeCloseTo(share(small.layout), 1);
    expect(mean(large.albedo)).toBeCloseTo(mean(small.albedo), 1);
  });
});

describe("The parts of a procedural material", () => {
  const dry = { wear: 0, dirt: 0, moss: 0, wetness: 0, cracks: 0, scale: 0.5 };
  const partsOf = (name: string): MaterialParts =>
    proceduralMaterial(name, { seed: 3, size: 128, attributes: dry, parts: true }).parts!;

  it("are told where that is asked for and the class knows them", () => {
    expect(sample("fabricWeave").parts).toBeUndefined();
    expect(proceduralMaterial("brick", { size: 64, parts: true }).parts).toBeUndefined();
    const plain = proceduralMaterial("fabricWeave", { seed: 3, size: 128, attributes: dry });
    const { parts, ...told } = proceduralMaterial("fabricWeave", { seed: 3, size: 128, attributes: dry, parts: true });
    expect(told).toEqual(plain);
    expect(["weave", "twill"]).toContain(parts!.kind);
  });

  it("are threads: upright ones are of one colour, level ones of the other", () => {
    const { ids, numbers, across, down } = partsOf("fabricWeave");
    expect([across, down]).toEqual([28, 28]);
    const { albedo } = proceduralMaterial("fabricWeave", { seed: 3, size: 128, attributes: dry });
    const blueness = (sign: number): number =>
      mean(
        Array.from(ids.keys(), (i) => i)
          .filter((i) => Math.sign(numbers![i]) === sign)
          .map((i) => albedo[3 * i + 2] - albedo[3 * i]),
      );
    expect(blueness(1)).toBeGreaterThan(blueness(-1) + 0.1);
  });

  it("are rings of wood, darkest towards their end", () => {
    const { ids, numbers, down } = partsOf("woodGrain");
    expect(down).toBe(15);
    expect(new Set(ids).size).toBe(15);
    const { albedo } = proceduralMaterial("woodGrain", { seed: 3, size: 128, attributes: dry });
    const light = (from: number, to: number): number =>
      mean(Array.from(albedo.filter((_, at) => at % 3 === 0)).filter((_, i) => numbers![i] > from && numbers![i] < to));
    expect(light(-1, 0)).toBeGreaterThan(light(0.4, 0.8) + 0.02);
  });

  it("are veins, which lie deeper, and rivets, which stand out", () => {
    const heightsOf = (name: string): Float32Array =>
      proceduralMaterial(name, { seed: 3, size: 128, attributes: dry }).heights;
    const veins = partsOf("marble");
    const marble = heightsOf("marble");
    expect(mean(marble.filter((_, i) => veins.ids[i] === 0))).toBeLessThan(
      mean(marble.filter((_, i) => veins.ids[i] === 1)),
    );
    const plates = partsOf("metalPlate");
    const steel = heightsOf("metalPlate");
    const isRivet = (i: number): boolean => plates.ids[i] > plates.across * plates.down;
    expect(steel.filter((_, i) => isRivet(i)).length).toBeGreaterThan(50);
    expect(mean(steel.filter((_, i) => isRivet(i)))).toBeGreaterThan(mean(steel.filter((_, i) => !isRivet(i))) + 0.1);
  });
});

describe("A procedural material is refused", () => {
  it.each<[string, string, ProceduralOptions, string]>([
    [
      "an unknown class",
      "lava",
      {},
      `proceduralMaterial: needed one of ${NAMES}, came "lava". Choose a name of these.`,
    ],
    [
      "a size that is no whole number",
      "brick",
      { size: 12.5 },
      'proceduralMaterial "brick": needed a width of 8 to 4096 whole pixels, came 12.5. Choose such a size.',
    ],
    [
      "a height of nothing",
      "brick",
      { size: { width: 64, height: 0 } },
      'proceduralMaterial "brick": needed a height of 8 to 4096 whole pixels, came 0. Choose such a size.',
    ],
    [
      "a huge size",
      "sand",
      { size: 100_000 },
      'proceduralMaterial "sand": needed a width of 8 to 4096 whole pixels, came 100000. Choose such a size.',
    ],
    [
      "half a seed",
      "sand",
      { seed: 0.5 },
      'proceduralMaterial "sand": needed a whole number as seed, came 0.5. Round it.',
    ],
    [
      "an attribute out of range",
      "sand",
      { attributes: { moss: 1.5 } },
      'proceduralMaterial "sand": needed moss in [0, 1], came 1.5. Give a number in that range.',
    ],
    [
      "an attribute that is no number",
      "sand",
      { attributes: { wear: Number.NaN } },
      'proceduralMaterial "sand": needed wear in [0, 1], came NaN. Give a number in that range.',
    ],
    [
      "an unknown attribute",
      "sand",
      { attributes: { snow: 1 } as object },
      'proceduralMaterial "sand": needed attributes named colour, secondColour, scale, wear, moss, wetness, cracks, dirt, came "snow". Correct the name or leave it out.',
    ],
    [
      "a colour with two numbers",
      "sand",
      { attributes: { colour: [0, 1] } as object },
      'proceduralMaterial "sand": needed colour as three numbers, came [0,1]. Give linear [red, green, blue], each in [0, 1].',
    ],
    [
      "a colour in bytes",
      "sand",
      { attributes: { secondColour: [0, 0.5, 128] } },
      'proceduralMaterial "sand": needed secondColour[2] in [0, 1], came 128. Give a number in that range.',
    ],
  ])("with %s", (_what, name, options, message) => {
    expect(() => proceduralMaterial(name, options)).toThrow(new ConfigurationError(message));
  });
});
