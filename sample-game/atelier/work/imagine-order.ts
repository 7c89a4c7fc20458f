import type { PictureUse, TextureRecipe, WishedRequest } from "../../../plugin/paint.ts";
import { NO_IMAGINING, termsOf, type Imagining, type PlacedPicture } from "../rules/imagining.ts";

/** How deep a tile of this many pixels is, in its sides: codes are learned on such tiles. Larger tiles show more, and are no deeper. */
const LEARNED = { side: 128, relief: 0.04 };

/** How deep a tile is that is imagined, in its sides. @param side - Pixels on each side. */
export function imaginedRelief(side: number): number {
  return (LEARNED.relief * LEARNED.side) / side;
}

/** The order that makes what is imagined. @param side - Pixels on each side. */
export function imagineRequest(imagining: Imagining, seed: number, side: number): WishedRequest {
  const { way, share, spot, change } = imagining;
  const { likes, without, plus } = termsOf(imagining);
  const use = (role: string, picture: PlacedPicture | null): PictureUse[] =>
    picture ? [{ role, hash: picture.hash, name: picture.name }] : [];
  const isOnMap = way === "map";
  const relief = imaginedRelief(side);
  const settings = {
    relief,
    ...(isOnMap ? { code: spot?.code } : {}),
    ...(way === "path" ? { weights: [1 - share, share] } : {}),
    ...(Object.keys(change).length > 0 ? { change } : {}),
  };
  const pictures = [...likes.flatMap((each) => use("like", each)), ...use("without", without), ...use("plus", plus)];
  const size = { width: side, height: side };
  return { generator: "imagined", seed, size, settings, pictures: isOnMap ? [] : pictures };
}

/** What a recipe was imagined from; null for a recipe that was made otherwise. */
export function imaginingOf({ generator, settings, pictures }: TextureRecipe): Imagining | null {
  const { code, weights, material } = settings as { code?: number[]; weights?: number[]; material?: string };
  if (generator !== "imagined" || material !== undefined) return null;
  const as = (role: string): PlacedPicture[] =>
    pictures
      .filter((each) => each.role === role)
      .map(({ hash, name, width, height }) => ({ hash, name, width, height }));
  const [[a = null, second = null, third], [b = null], [plus = null]] = [as("like"), as("without"), as("plus")];
  const known = { ...NO_IMAGINING, change: (settings["change"] ?? {}) as Imagining["change"] };
  if (code) return { ...known, way: "map", spot: { place: null, code, name: "" } };
  if (!a || third || as("layout").length > 0 || (second && (b || plus))) return null;
  const places = { a, b, c: second ?? plus };
  if (!second || !weights) return { ...known, places };
  return { ...known, way: "path", places, share: weights[1] / (weights[0] + weights[1]) };
}
