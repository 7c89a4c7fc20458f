import { describe, expect, it } from "vitest";
import { exportZip } from "../../../plugin/paint/export/export-zip.ts";
import { importZip } from "../../../plugin/paint/export/import-zip.ts";
import { encodeMap } from "../../../plugin/paint/export/map-files.ts";
import { mapFile, nameOfZip, zipFile } from "../../../plugin/paint/export/material-files.ts";
import { paintHere } from "../../../plugin/paint/painter/paint-here.ts";
import { PictureBook } from "../../../plugin/paint/pictures/picture-book.ts";
import { stripes } from "../stripes.ts";

const painter = { exportZip, encodeMap: async (...args: Parameters<typeof encodeMap>) => encodeMap(...args) };
const settings = { quality: "fast", maps: "flat" };
const pictures = [{ role: "example", name: "stripes.png", picture: stripes(16, 16) }];
const painted = await paintHere({ generator: "example", seed: 7, size: 16, settings, pictures });

describe("A material's file", () => {
  it.each([
    ["Mossy: Wand/Mauer “Süd”", "mossy-wand-mauer-su-d-7.zip"],
    ["石", "material-7.zip"],
  ])("has a name that fits every disc: %s", async (name, expected) => {
    expect((await zipFile({ ...painted, name }, painter, new PictureBook())).name).toBe(expected);
  });

  it("says in its name for whom its normals are, and which map it is", async () => {
    const named = { ...painted, name: "Stripes" };
    expect((await zipFile(named, painter, new PictureBook(), "directx")).name).toBe("stripes-7-directx.zip");
    expect(await mapFile(named, painter, "height")).toMatchObject({ name: "stripes-7-height.png", type: "image/png" });
  });

  it("holds the pictures that it was painted from where all of them are at hand", async () => {
    const named = { ...painted, name: "Stripes" };
    const book = new PictureBook();
    expect((await importZip((await zipFile(named, painter, book)).bytes)).pictures).toEqual([]);
    await book.add("stripes.png", stripes(16, 16));
    expect((await importZip((await zipFile(named, painter, book)).bytes)).pictures.length).toBe(1);
  });

  it("gives its name back when it is opened", () => {
    expect(["mossy-stones-3.zip", "brick-1-directx.zip"].map(nameOfZip)).toEqual(["mossy stones 3", "brick 1"]);
  });
});
