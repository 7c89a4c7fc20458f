import { textureGenerators } from "../../../plugin/paint/generators/texture-generators.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";
import type { OrderPicture, PaintOrder } from "../../../plugin/paint/texture-generator.ts";
import { materialCrop } from "../../../scripts/paint/subjects/material-stack.ts";
import { hasShippedEstimator, shippedEstimator } from "../../../scripts/paint/subjects/shipped-estimator.ts";
import { albedoPicture, textures } from "../../../scripts/paint/subjects/textures.ts";
import { surfaceSeams, type SurfaceSeams } from "./surface-seams.ts";

/** What makes materials; `"stack"` is the example generator with maps of the example's own. */
export const SEAM_GENERATORS = ["procedural", "example", "stack", "photograph"] as const;

/** One material whose seams are measured. */
export interface SeamJob {
  readonly generator: (typeof SEAM_GENERATORS)[number];
  /** Name of a texture. */
  readonly texture: string;
  /** Where its photographs are. */
  readonly folder: string;
  readonly seed: number;
  /** Of the material, in pixels. */
  readonly side: number;
  readonly quality: string;
}

/** Paints once and measures every map. */
export async function runSeamJob(job: SeamJob): Promise<SurfaceSeams> {
  return surfaceSeams(await paint(job));
}

async function paint({ generator, texture, folder, seed, side, quality }: SeamJob): Promise<SurfaceMaps> {
  const findEstimator = hasShippedEstimator() ? shippedEstimator : null;
  const name = generator === "stack" ? "example" : generator;
  const painter = textureGenerators({ findEstimator }).find((candidate) => candidate.name === name)!;
  const order: PaintOrder = { seed, width: side, height: side, settings: {}, pictures: [] };
  switch (generator) {
    case "procedural":
      return painter.paint({ ...order, settings: { material: texture } });
    case "photograph":
      return painter.paint({
        ...order,
        settings: { edges: "wrap" },
        pictures: [as("photograph", albedoPicture(texture, seed, { width: side, height: side }))],
      });
    case "stack": {
      const { colours, heights, roughness, metallic } = materialCrop(texture, seed, side);
      const roles: Record<string, Picture> = {
        example: colours,
        exampleHeights: heights,
        exampleRoughness: roughness,
        exampleMetallic: metallic,
      };
      const pictures = Object.entries(roles).map(([role, picture]) => as(role, picture));
      return painter.paint({ ...order, settings: { quality }, pictures });
    }
    case "example": {
      const found = (await textures(folder)).find((candidate) => candidate.name === texture);
      return painter.paint({ ...order, settings: { quality }, pictures: [as("example", found!.single(seed, side))] });
    }
  }
}

function as(role: string, picture: Picture): OrderPicture {
  return { role, name: role, picture };
}
