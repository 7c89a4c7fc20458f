import { readFile } from "node:fs/promises";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { loadImaginer } from "../../../plugin/paint/imaginer/imaginer.ts";
import { stackColours } from "../../../plugin/paint/imaginer/stack-picture.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import type { MaterialMaps } from "../../../plugin/paint/materials/material-maps.ts";
import { MATERIAL_NAMES } from "../../../plugin/paint/materials/material-classes.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { synthesise } from "../../../plugin/paint/synthesis/synthesise.ts";
import { drawMaterial } from "../imaginer/stack-shelf.ts";
import { renderPreview } from "../preview.ts";
import { textures } from "../subjects/textures.ts";
import type { ReviewSubject } from "./review-tiles.ts";

/** Materials of this stream are in no shelf. */
const STREAM = 0x51e2;
/** What is generated is imagined from the colours of a material that is not shown. */
const UNSEEN = 1000;
const IMAGINER = "models/imaginer/imaginer.bnw";

/** Textures, of which crops are real, and what is synthesised from another crop is generated: it tiles, and is shown once. */
export async function synthesisSubjects(side: number, folder?: string): Promise<ReviewSubject[]> {
  return (await textures(folder)).map((texture) => {
    const pair = (seed: number): { source: Picture; otherCrop: Picture | null } =>
      texture.pair(seed, Math.min(side, texture.mostSide));
    return {
      name: texture.name,
      real: (seed) => pair(seed).otherCrop!,
      generated: (seed) => synthesise(pair(seed).source, { seed }),
    };
  });
}

/** Materials under one and the same light: procedural ones, and what the shipped network imagines from a code of such colours. */
export async function imaginedSubjects(): Promise<ReviewSubject[]> {
  await useWasmBackend();
  const imaginer = await loadImaginer(await readFile(IMAGINER), { backend: "wasm" });
  // Attributes come from the number: each class has others.
  const draw = (kind: number, seed: number): MaterialMaps =>
    drawMaterial(MATERIAL_NAMES[kind], seed * MATERIAL_NAMES.length + kind, STREAM);
  return MATERIAL_NAMES.map((name, kind) => ({
    name,
    real: (seed) => lit(draw(kind, seed)),
    async generated(seed) {
      const told = stackColours(draw(kind, UNSEEN + seed));
      return lit(await imaginer.imagine(await imaginer.encode(told), { seed, size: told.width }));
    },
  }));
}

function lit(maps: SurfaceMaps): Picture {
  const { width, height, pixels } = renderPreview(maps);
  return picture(
    height,
    width,
    3,
    Float32Array.from(pixels, (byte) => byte / 255),
  );
}
