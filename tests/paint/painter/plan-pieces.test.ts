import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadImaginer, type Imaginer } from "../../../plugin/paint/imaginer/imaginer.ts";
import { drawnPieces, type PieceLayout } from "../../../plugin/paint/imaginer/piece-layout.ts";
import { piecesInMask } from "../../../plugin/paint/imaginer/piece-mask.ts";
import type { Painter } from "../../../plugin/paint/painter.ts";
import { untaughtImaginer } from "../imaginer/untaught-imaginer.ts";
import { localPainter } from "./local-painter.ts";

let imaginer: Imaginer;
const opened: { dispose(): void }[] = [];

beforeAll(async () => {
  imaginer = await loadImaginer(await untaughtImaginer(3), { backend: "wasm" });
});
afterEach(() => {
  for (const painter of opened.splice(0)) painter.dispose();
});

function open(hasImaginer = true): Painter {
  const { painter } = localPainter(hasImaginer ? { findImaginer: async () => imaginer } : {});
  opened.push(painter);
  return painter;
}
const request = (pieces?: PieceLayout, size = 128): Parameters<Painter["planPieces"]>[0] => ({
  generator: "imagined",
  seed: 7,
  size,
  settings: { material: "sand", ...(pieces ? { pieces } : {}) },
});

describe("Pieces by a painter", () => {
  it("are as many as wished, with so much between them", async () => {
    const mask = (await open().planPieces(request({ kind: "boards", across: 2, down: 4, gap: 0.2 })))!;
    expect([mask.width, mask.height]).toEqual([128, 128]);
    expect(piecesInMask(mask).count).toBe(8);
    const between = mask.inside.filter((value) => value === 0).length / mask.inside.length;
    expect(between).toBeGreaterThan(0.19);
    expect(between).toBeLessThan(0.24); // equally deep pixels go together
  });

  it("are those that the code plans where nobody wishes any", async () => {
    const code = imaginer.codeOf("sand");
    expect(await open().planPieces(request())).toEqual(await imaginer.pieceMask(code, { seed: 7, size: 128 }));
    expect(await open().planPieces(request({ kind: "none" }))).toBeNull();
  });

  it("of a larger tile lie as they do in the picture, in a smaller mask", async () => {
    const bond: PieceLayout = { kind: "bond", across: 3, down: 5, gap: 0.3 };
    const mask = (await open().planPieces(request(bond, 256)))!;
    expect([mask.width, mask.height]).toEqual([128, 128]);
    expect(piecesInMask(mask).count).toBe(18); // an even number of rows: 3 × 6
  });

  it("that were drawn make another material than those of another drawing, and the same one again", async () => {
    const drawn = (every: number): PieceLayout =>
      drawnPieces({
        width: 16,
        height: 16,
        inside: Uint8Array.from({ length: 256 }, (_, i) => (i % every === 0 ? 0 : 1)),
      });
    const painter = open();
    const paint = (pieces: PieceLayout) => painter.paint(request(pieces, 32));
    const first = await paint(drawn(4));
    expect(first.recipe.settings["pieces"]).toEqual(drawn(4));
    expect((await painter.repaint(first.recipe)).images).toEqual(first.images);
    expect((await paint(drawn(8))).images.albedo).not.toEqual(first.images.albedo);
    expect(await painter.planPieces(request(drawn(4)))).toMatchObject({ width: 16, height: 16 });
  });

  it("are refused for what plans none, where there is no imaginer, and together with a picture of them", async () => {
    await expect(open().planPieces({ ...request(), generator: "procedural" })).rejects.toThrow(
      'planPieces: needed a request of the generator "imagined", came "procedural". Others plan no pieces.',
    );
    await expect(open(false).planPieces(request())).rejects.toThrow(
      'Generator "imagined": needed a network that imagines, came none. Give servePainting an imaginerUrl.',
    );
    const picture = { width: 16, height: 16, channels: 1, pixels: new Float32Array(256) };
    const pictures = [{ role: "layout", name: "layout.png", picture }];
    await expect(open().paint({ ...request({ kind: "none" }), pictures })).rejects.toThrow(
      'Generator "imagined": needed a picture as "layout" or the setting "pieces", came both. Leave one out.',
    );
    await expect(
      imaginer.imagine(imaginer.codeOf("sand"), {
        size: 16,
        layout: new Float32Array(256),
        pieces: { kind: "none" },
      }),
    ).rejects.toThrow("Imaginer: needed a layout or pieces, came both. Leave one out.");
  });
});
