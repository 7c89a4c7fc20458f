import {
  readPieceLayout,
  type PictureUse,
  type PieceLayout,
  type TextureRecipe,
  type WishedRequest,
} from "../../../plugin/paint.ts";
import {
  learnedOf,
  NO_IMAGINING,
  termsOf,
  type Imagining,
  type PlacedPicture,
  type Towards,
} from "../rules/imagining.ts";

/** How deep a tile of this many pixels is, in its sides: codes are learned on such tiles. Larger tiles show more, and are no deeper. */
const LEARNED = { side: 128, relief: 0.04 };

/** How deep a tile is that is imagined, in its sides. @param side - Pixels on each side. */
export function imaginedRelief(side: number): number {
  return (LEARNED.relief * LEARNED.side) / side;
}

/** The order that makes what is imagined. @param side - Pixels on each side. */
export function imagineRequest(imagining: Imagining, seed: number, side: number): WishedRequest {
  const { way, share, spot, towards, change, pieces } = imagining;
  const { likes, without, plus } = termsOf(imagining);
  const use = (role: string, picture: PlacedPicture | null): PictureUse[] =>
    picture ? [{ role, hash: picture.hash, name: picture.name }] : [];
  const isOnMap = way === "map";
  const learned = learnedOf(imagining);
  const relief = imaginedRelief(side);
  const settings = {
    relief,
    ...(isOnMap ? { code: spot?.code } : {}),
    ...(learned ? { material: learned.name } : {}),
    ...(way === "path" ? { weights: [1 - share, share] } : {}),
    ...(towards && towards.share > 0 ? { towards } : {}),
    ...(Object.keys(change).length > 0 ? { change } : {}),
    ...(pieces ? { pieces } : {}),
  };
  const uses = [...likes.flatMap((each) => use("like", each)), ...use("without", without), ...use("plus", plus)];
  const size = { width: side, height: side };
  return { generator: "imagined", seed, size, settings, pictures: isOnMap ? [] : uses };
}

/** What a recipe was imagined from; null for a recipe that was made otherwise. */
export function imaginingOf({ generator, settings, pictures, imaginerFit }: TextureRecipe): Imagining | null {
  const { code, weights, material } = settings as { code?: number[]; weights?: number[]; material?: string };
  const [pieces, towards] = [piecesOf(settings), towardsOf(settings)];
  if (generator !== "imagined" || pieces === "damaged" || towards === "damaged") return null;
  const as = (role: string): PlacedPicture[] =>
    pictures
      .filter((each) => each.role === role)
      .map(({ hash, name, width, height }) => ({ hash, name, width, height }));
  const [[a = null, second = null, third], [b = null], [plus = null]] = [as("like"), as("without"), as("plus")];
  const change = (settings["change"] ?? {}) as Imagining["change"];
  const known = { ...NO_IMAGINING, towards, change, pieces };
  if (material !== undefined && imaginerFit === undefined) return null;
  if (material !== undefined) return { ...known, way: "learned", learned: { name: material, hash: imaginerFit! } };
  if (code) return { ...known, way: "map", spot: { place: null, code, name: "" } };
  if (!a || third || as("layout").length > 0 || (second && (b || plus))) return null;
  const places = { a, b, c: second ?? plus };
  if (!second || !weights) return { ...known, places };
  return { ...known, way: "path", places, share: weights[1] / (weights[0] + weights[1]) };
}

/** Recipes of files have been looked at by nobody. */
function piecesOf({ pieces }: TextureRecipe["settings"]): PieceLayout | null | "damaged" {
  if (pieces === undefined) return null;
  try {
    return readPieceLayout(pieces);
  } catch {
    return "damaged";
  }
}

function towardsOf({ towards }: TextureRecipe["settings"]): Towards | null | "damaged" {
  if (towards === undefined) return null;
  const { material, share } = (towards ?? {}) as Partial<Record<string, unknown>>;
  return typeof material === "string" && typeof share === "number" ? { material, share } : "damaged";
}
