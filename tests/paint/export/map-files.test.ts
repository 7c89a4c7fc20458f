import { describe, expect, it } from "vitest";
import { ConfigurationError, TextureFileError } from "../../../plugin/core/errors.ts";
import { encodeMap, MAP_NAMES, type MapName, recipeOfPng } from "../../../plugin/paint/export/map-files.ts";
import { paintHere } from "../../../plugin/paint/painter/paint-here.ts";
import { decodePng, encodePng } from "../../../plugin/paint/png.ts";

const painted = await paintHere({ generator: "procedural", settings: { material: "metalPlate" }, size: 24 });
const { recipe, images } = painted;
const everyFourth = (first: number): Uint8Array => images.orm.filter((_, i) => i % 4 === first);
const colours = (pixels: Uint8Array): Uint8Array => pixels.filter((_, i) => i % 4 < 3);

describe("A map's file", () => {
  it.each<[MapName, number, Uint8Array | Uint16Array]>([
    ["albedo", 3, colours(images.albedo)],
    ["normal", 3, colours(images.normal)],
    ["orm", 3, colours(images.orm)],
    ["height", 1, images.heights],
    ["occlusion", 1, everyFourth(0)],
    ["roughness", 1, everyFourth(1)],
    ["metallic", 1, everyFourth(2)],
  ])("holds %s pixel by pixel", (map, channels, pixels) => {
    expect(decodePng(encodeMap(painted, map))).toMatchObject({ width: 24, height: 24, channels, pixels });
  });

  it("turns green over for DirectX and leaves red and blue", () => {
    const [up, down] = (["opengl", "directx"] as const).map((normals) =>
      decodePng(encodeMap(painted, "normal", { normals })),
    );
    const expected = up.pixels.map((value, i) => (i % 3 === 1 ? 255 - value : value));
    expect(down.pixels).toEqual(expected);
  });

  it("carries the recipe, also one with names in any script", () => {
    const hash = "0".repeat(64);
    const named = {
      ...recipe,
      pictures: [{ role: "example", name: "Mauer-Ä-壁-🧱.jpg", hash, width: 16, height: 16 }],
    };
    for (const map of MAP_NAMES) expect(recipeOfPng(encodeMap({ recipe: named, images }, map))).toEqual(named);
  });

  it("of an unknown map is refused", () => {
    expect(() => encodeMap(painted, "glow" as MapName)).toThrow(
      new ConfigurationError(
        'encodeMap: needed one of albedo, normal, orm, height, occlusion, roughness, metallic, came "glow". Choose one of these maps.',
      ),
    );
  });

  it("that somebody else made has no recipe", () => {
    const file = encodePng({ width: 1, height: 1, channels: 1, pixels: Uint8Array.of(1) });
    expect(() => recipeOfPng(file)).toThrow(
      new TextureFileError("recipeOfPng: needed a map with its recipe, came a PNG without. Open the zip instead."),
    );
  });
});
