import { strToU8, unzipSync, zipSync, zlibSync } from "fflate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "../../../plugin/core/container.ts";
import { TextureFileError } from "../../../plugin/core/errors.ts";
import { sha256 } from "../../../plugin/core/sha-256.ts";
import { exportZip } from "../../../plugin/paint/export/export-zip.ts";
import { importZip } from "../../../plugin/paint/export/import-zip.ts";
import { encodeImaginerFit } from "../../../plugin/paint/imaginer/imaginer-fit.ts";
import { paintHere, requestOf } from "../../../plugin/paint/painter/paint-here.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import { encodePng } from "../../../plugin/paint/png.ts";
import { stripes } from "../stripes.ts";

const EXAMPLES = [
  { role: "example", name: "stripes.png", picture: stripes(20, 24) },
  // Not of 8 bits, and of one channel.
  { role: "sampleMask", name: "mask.png", picture: picture(20, 24, 1, new Float32Array(480).fill(52_429 / 65535)) },
];
const painted = await paintHere({ generator: "example", size: 16, settings: { quality: "fast" }, pictures: EXAMPLES });
const zip = await exportZip(painted, { pictures: EXAMPLES });
const AGAIN = "Export it again.";

/** The zip with some files replaced, or without them. */
function changed(files: Readonly<Record<string, Uint8Array | undefined>>): Uint8Array {
  const all = Object.entries({ ...unzipSync(zip), ...files });
  return zipSync(Object.fromEntries(all.filter((entry): entry is [string, Uint8Array] => entry[1] !== undefined)));
}

/** A PNG of one black pixel whose pixels unpack to as many bytes as asked. */
function bomb(bytes: number): Uint8Array {
  const file = encodePng({ width: 16, height: 16, channels: 3, pixels: new Uint8Array(768) });
  const data = zlibSync(new Uint8Array(bytes));
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(strToU8("IDAT"), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return Uint8Array.from([...file.subarray(0, 33), ...chunk, ...file.subarray(-12)]);
}

describe("A zip", () => {
  it("gives back the images bit by bit, the recipe, and the pictures", async () => {
    const { recipe, images, pictures } = await importZip(zip);
    expect([recipe, images]).toEqual([painted.recipe, painted.images]);
    expect(pictures).toEqual(EXAMPLES);
  });

  it("gives back maps as fine as its files", async () => {
    const { maps } = await importZip(zip);
    const { maps: before } = painted;
    const worst = (a: Float32Array, b: Float32Array): number =>
      a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
    expect([maps.width, maps.height, maps.relief]).toEqual([16, 16, before.relief]);
    expect(worst(maps.heights, before.heights)).toBeLessThanOrEqual(0.5 / 65535 + 1e-7);
    expect(worst(maps.roughness, before.roughness)).toBeLessThanOrEqual(0.5 / 255 + 1e-7);
    expect(worst(maps.metallic, before.metallic)).toBeLessThanOrEqual(0.5 / 255 + 1e-7);
    expect(worst(maps.albedo, before.albedo)).toBeLessThan(0.006); // half a step of sRGB at its steepest: 0.0045
  });

  it("can be painted again to the same pixels", async () => {
    const { recipe, pictures } = await importZip(zip);
    expect(await paintHere(await requestOf(recipe, pictures))).toEqual(painted);
  });

  it("is the same bytes each time", async () => {
    expect(await exportZip(painted, { pictures: EXAMPLES })).toEqual(zip);
  });

  it("gives OpenGL normals back, whatever it was exported with", async () => {
    const other = await exportZip(painted, { normals: "directx" });
    expect((await importZip(other)).images.normal).toEqual(painted.images.normal);
    const [up, down] = [zip, other].map((file) => unzipSync(file)["normal.png"]);
    expect(up).not.toEqual(down);
  });

  it("says how to use it, for the normals that it has", () => {
    const text = new TextDecoder().decode(unzipSync(zip)["README.txt"]);
    expect(text).toContain("A seamless material of 16 x 16 pixels, made with babylon-neural.");
    expect(text).toContain("normal.png     surface direction (OpenGL, green points up), linear");
  });

  it("has no pictures where none were given", async () => {
    const { pictures } = await importZip(await exportZip(painted));
    expect(pictures).toEqual([]);
  });

  it("carries what the imaginer had learned, where the recipe names that", async () => {
    const fit = encodeImaginerFit({
      name: "bark",
      base: "ab".repeat(32),
      code: Float32Array.of(1),
      changes: {},
      birth: {},
    });
    const recipe = { ...painted.recipe, imaginerFit: (await sha256(Uint8Array.from(fit)))! };
    const fitted = { ...painted, recipe };
    const whole = await exportZip(fitted, { pictures: EXAMPLES, fit });
    expect((await importZip(whole)).fit).toEqual(fit);
    expect(new TextDecoder().decode(unzipSync(whole)["README.txt"])).toContain(
      "fit.bnw        what a network has learned",
    );
    // Without it, the maps are there all the same; a recipe that names none has none.
    expect((await importZip(await exportZip(fitted, { pictures: EXAMPLES }))).fit).toBeNull();
    expect((await importZip(changed({ "fit.bnw": fit }))).fit).toBeNull();

    const other = fit.with(fit.length - 1, 77);
    const message = `Recipe: needed what the imaginer had learned, with the SHA-256 ${recipe.imaginerFit.slice(0, 12)}…, came ${(await sha256(Uint8Array.from(other)))!.slice(0, 12)}…. Give the file of that fit.`;
    await expect(exportZip(fitted, { fit: other })).rejects.toThrow(new TextureFileError(message));
    const swapped = zipSync({ ...unzipSync(whole), "fit.bnw": other });
    await expect(importZip(swapped)).rejects.toThrow(new TextureFileError(message));
  });

  it("is not made with pictures that are not the recipe's", async () => {
    await expect(exportZip(painted, { pictures: [EXAMPLES[1], EXAMPLES[0]] })).rejects.toThrow(
      new TextureFileError(
        'Recipe: needed the picture "stripes.png" of 24 × 20 pixels as "example", came another one of 24 × 20. Give the same file again.',
      ),
    );
  });

  it("that was packed anew as a folder is read, too", async () => {
    const inside = Object.entries(unzipSync(zip)).map(([name, file]) => [`my wall/${name}`, file] as const);
    const again = zipSync({ "__MACOSX/my wall/recipe.json": strToU8("{"), ...Object.fromEntries(inside) });
    expect((await importZip(again)).recipe).toEqual(painted.recipe);
  });

  it.each<[string, Uint8Array, string]>([
    ["something else", strToU8("hello"), "needed a zip, came 5 bytes of something else. Choose a zip of a texture."],
    ["nothing", new Uint8Array(), "needed a zip, came 0 bytes of something else. Choose a zip of a texture."],
    [
      "half of one",
      zip.subarray(0, zip.length / 2),
      "needed a whole zip, came one that is damaged or cut off. Get it again.",
    ],
    [
      "a zip of something else",
      zipSync({ "letter.txt": strToU8("Dear Sir") }),
      "needed a zip of a texture, came one without recipe.json. Choose a zip that exportZip made.",
    ],
    [
      "one without a map",
      changed({ "orm.png": undefined }),
      `needed a zip of a texture, came one without orm.png. ${AGAIN}`,
    ],
    [
      "a map that is no PNG",
      changed({ "orm.png": strToU8("no") }),
      `needed a whole PNG as orm.png, came a damaged one. ${AGAIN}`,
    ],
    [
      "a map of another size",
      changed({ "orm.png": encodePng({ width: 2, height: 1, channels: 3, pixels: new Uint8Array(6) }) }),
      `needed orm.png of 16 × 16 × 3 at 8 bits, as the recipe says, came 2 × 1 × 3 at 8. ${AGAIN}`,
    ],
    [
      "a map that unpacks to thousands of times its size",
      changed({ "orm.png": bomb(64 * 1024 * 1024) }),
      `needed a smaller picture as orm.png, came one that unpacks to too much. ${AGAIN}`,
    ],
    [
      "a file that unpacks to a gigabyte, as it says",
      withSize(changed({}), 2 ** 30),
      "needed at most 512 MB unpacked, came more. Choose a zip of a texture.",
    ],
    [
      "hundreds of files",
      zipSync(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.txt`, new Uint8Array()]))),
      "needed at most 256 files, came more. Choose a zip of a texture.",
    ],
    [
      "a newer note",
      changed({ "material.json": strToU8('{"version":2}') }),
      "needed material.json of version 1, came version 2. Upgrade babylon-neural, or export it with this release.",
    ],
    [
      "a note without relief",
      changed({ "material.json": strToU8('{"version":1,"normals":"opengl"}') }),
      `needed version, relief and normals in material.json, came others. ${AGAIN}`,
    ],
    [
      "a note that is no JSON",
      changed({ "material.json": strToU8("relief") }),
      `needed material.json in JSON, came something else. ${AGAIN}`,
    ],
    [
      "one of its two pictures",
      changed({ "pictures/2.png": undefined }),
      `needed a zip of a texture, came one without pictures/2.png. ${AGAIN}`,
    ],
  ])("that is %s is refused", async (_what, file, message) => {
    await expect(importZip(file)).rejects.toThrow(new TextureFileError(`importZip: ${message}`));
  });

  it("with another picture than its recipe says is refused", async () => {
    const other = encodePng({ width: 24, height: 20, channels: 3, pixels: new Uint8Array(24 * 20 * 3) });
    await expect(importZip(changed({ "pictures/1.png": other }))).rejects.toThrow(
      new TextureFileError(
        'Recipe: needed the picture "stripes.png" of 24 × 20 pixels as "example", came another one of 24 × 20. Give the same file again.',
      ),
    );
  });

  it("is read or refused with its own error, whatever byte is wrong and wherever it is cut", async () => {
    const damage = fc.record({
      at: fc.nat(zip.length - 1),
      byte: fc.nat(255),
      end: fc.integer({ min: 0, max: zip.length }),
    });
    await fc.assert(
      fc.asyncProperty(damage, fc.boolean(), async ({ at, byte, end }, isCut) => {
        const broken = isCut ? zip.slice(0, end) : zip.with(at, byte);
        await importZip(broken).catch((error: unknown) => expect(error).toBeInstanceOf(TextureFileError));
      }),
      { seed: 6, numRuns: 300 },
    );
  }, 60_000);
});

/** The zip whose directory says another size of its first file. */
function withSize(file: Uint8Array, size: number): Uint8Array {
  const copy = file.slice();
  const view = new DataView(copy.buffer);
  const directory = view.getUint32(copy.length - 6, true);
  view.setUint32(directory + 24, size, true);
  return copy;
}
