import type { Painter, PaintedMaterial, Picture } from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import { className } from "../rules/names.ts";
import { FURNITURE, type Furnishing, type Part } from "../rules/parts.ts";
import type { MaterialRack } from "./material-rack.ts";

/** Samples to paint from, for those who have no picture at hand: made here, cut so that they do not tile. */
export const SAMPLES: readonly (Furnishing & { readonly name: string })[] = [
  { name: "Mossy cobbles", material: "cobble", attributes: { moss: 0.5, wetness: 0.2 } },
  { name: "Old bricks", material: "brick", attributes: { wear: 0.8, dirt: 0.4 } },
  { name: "Cracked soil", material: "soil", attributes: { cracks: 0.7 } },
  { name: "Worn planks", material: "plank", attributes: { wear: 0.9, dirt: 0.2 } },
];

const SAMPLE_SIZE = 256;
/** Of the tile's side: what is left out takes the seam with it. */
const SAMPLE_CUT = 0.8;

/** Numbers for what the yard's parts wear before anybody has put something on them. */
export function reserveFurniture(rack: MaterialRack): Partial<Record<Part, number>> {
  return Object.fromEntries(Object.keys(FURNITURE).map((part) => [part, rack.reserve()]));
}

/** Paints what the parts wear at first, one after the other. */
export async function paintFurniture(
  worn: Readonly<Partial<Record<Part, number>>>,
  painter: Painter,
  rack: MaterialRack,
): Promise<void> {
  for (const [part, furnishing] of Object.entries(FURNITURE)) {
    const { recipe, images } = await sketch(painter, furnishing, atelierConfig.furnitureSize);
    const name = className(furnishing.material);
    rack.put({ name, recipe, images, isDraft: false }, worn[part as Part]);
  }
}

/** Paints one small picture of every class. @param onFace - Called after each. */
export async function paintFaces(
  painter: Painter,
  materials: readonly string[],
  onFace: (material: string, painted: PaintedMaterial) => void,
): Promise<void> {
  for (const material of materials) {
    onFace(material, await sketch(painter, { material, attributes: {} }, atelierConfig.thumbnailSize));
  }
}

/** Makes the samples' pictures. @param onSample - Called after each. */
export async function paintSamples(
  painter: Painter,
  onSample: (index: number, name: string, picture: Picture) => void,
): Promise<void> {
  for (const [index, sample] of SAMPLES.entries()) {
    const { images } = await sketch(painter, sample, SAMPLE_SIZE);
    const side = Math.round(SAMPLE_SIZE * SAMPLE_CUT);
    const pixels = new Float32Array(side * side * 3);
    for (let y = 0, at = 0; y < side; y++) {
      for (let x = 0; x < side; x++, at += 3) {
        const from = 4 * (y * SAMPLE_SIZE + x);
        for (let part = 0; part < 3; part++) pixels[at + part] = images.albedo[from + part] / 255;
      }
    }
    onSample(index, sample.name, { width: side, height: side, channels: 3, pixels });
  }
}

function sketch(painter: Painter, { material, attributes }: Furnishing, size: number): Promise<PaintedMaterial> {
  return painter.paint({ generator: "procedural", seed: 3, size, settings: { material, attributes } });
}
