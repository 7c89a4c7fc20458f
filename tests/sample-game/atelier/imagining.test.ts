import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeImaginer } from "../../../plugin/paint/imaginer/imaginer-file.ts";
import type { BakedImages } from "../../../plugin/paint.ts";
import {
  nameOfImagining,
  nextPlace,
  NO_IMAGINING,
  placed,
  placesFor,
  type Imagining,
} from "../../../sample-game/atelier/rules/imagining.ts";
import { nameOfSpot } from "../../../sample-game/atelier/rules/map-names.ts";
import { KNOWN_CLASSES } from "../../../sample-game/atelier/view/class-slider.ts";
import { repeatedImages } from "../../../sample-game/atelier/work/repeated-images.ts";

const picture = (name: string): Imagining["places"]["a"] => ({ hash: name, name, width: 9, height: 9 });
const [STONE, MOSSY, BRICK] = [picture("stone.png"), picture("Mossy stone.png"), picture("Brick")];
const of = (a: typeof STONE, b: typeof STONE, c: typeof STONE, part: Partial<Imagining> = {}): Imagining => ({
  ...NO_IMAGINING,
  places: { a, b, c },
  ...part,
});

describe("What is imagined", () => {
  it("is called by its formula", () => {
    expect(nameOfImagining(of(MOSSY, STONE, BRICK))).toBe("Mossy stone − stone + Brick");
    expect(nameOfImagining(of(STONE, null, BRICK))).toBe("stone + Brick");
    expect(nameOfImagining(of(null, null, BRICK))).toBe("Brick");
    expect(nameOfImagining(of(STONE, MOSSY, BRICK, { way: "path", share: 0.25 }))).toBe("stone → Brick, 25 %");
    const learned = { name: "My pebbles", hash: "f" };
    expect(nameOfImagining(of(STONE, null, null, { way: "learned", learned }))).toBe("My pebbles");
    const spot = { place: null, code: [1], name: "Near sand" };
    expect(nameOfImagining({ ...NO_IMAGINING, way: "map", spot })).toBe("Near sand");
  });

  it("can be moved towards all classes that the shipped network knows", () => {
    const file = resolve(import.meta.dirname, "../../../models/imaginer/imaginer.bnw");
    expect([...KNOWN_CLASSES].sort()).toEqual([...decodeImaginer(readFileSync(file), "test").map.classes].sort());
  });

  it("takes pictures from the chosen place on, and offers the next empty one", () => {
    expect(placesFor("b", 1, "arithmetic")).toEqual(["b"]);
    expect(placesFor("b", 2, "arithmetic")).toEqual(["b", "c"]);
    expect(placesFor("c", 3, "arithmetic")).toEqual(["a", "b", "c"]);
    expect(placesFor("b", 2, "path")).toEqual(["a", "c"]);
    expect(nextPlace(NO_IMAGINING)).toBe("a");
    expect(nextPlace(placed(NO_IMAGINING, "a", STONE))).toBe("b");
    expect(nextPlace({ ...placed(NO_IMAGINING, "a", STONE), way: "path" })).toBe("c");
  });
});

describe("A place on the map", () => {
  const landmarks = [
    { name: "Brick", place: [0, 0] },
    { name: "Sand", place: [1, 0] },
    { name: "mine.png", place: [0, 1] },
  ] as const;

  it("is called by what lies there, near it, or on both sides", () => {
    expect(nameOfSpot([0, 1], landmarks)).toBe("mine");
    expect(nameOfSpot([0.9, 0], landmarks)).toBe("Near sand");
    expect(nameOfSpot([0.45, 0], landmarks)).toBe("Between brick and sand");
    expect(nameOfSpot([0, 0], [])).toBe("Imagined");
  });
});

describe("A draft", () => {
  it("is laid side by side, with its parts as large as they were", () => {
    const [red, blue] = [
      [255, 0, 0, 255],
      [0, 0, 255, 255],
    ];
    const albedo = Uint8Array.from([...red, ...blue]);
    const small: BakedImages = {
      ...{ width: 2, height: 1, relief: 0.04 },
      ...{ albedo, normal: albedo, orm: albedo, heights: Uint16Array.of(1, 2) },
    };
    const large = repeatedImages(small, 2);
    expect([large.width, large.height, large.relief]).toEqual([4, 2, 0.02]);
    expect(Array.from(large.heights)).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
    expect(Array.from(large.albedo.subarray(8, 16))).toEqual([...red, ...blue]);
    expect(repeatedImages(small, 1)).toBe(small);
  });
});
