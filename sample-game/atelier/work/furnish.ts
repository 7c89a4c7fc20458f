import type { Painter, PaintedMaterial } from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import { className } from "../rules/names.ts";
import { FURNITURE, type Furnishing, type Part } from "../rules/parts.ts";
import type { MaterialRack } from "./material-rack.ts";

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

function sketch(painter: Painter, { material, attributes }: Furnishing, size: number): Promise<PaintedMaterial> {
  return painter.paint({ generator: "procedural", seed: 3, size, settings: { material, attributes } });
}
