import type { Random } from "../../core/random.ts";
import type { ImaginerNet } from "../../nets/imaginer/imaginer-net.ts";
import { drawPieces, PLANNED_SIDE, type LayoutPlan } from "../../nets/imaginer/pieces/layout-plan.ts";
import { depthOf, drawLayout, layoutOf, type Layout } from "../../nets/imaginer/pieces/layout.ts";
import { drawnMask, LEAST_MASK, MOST_MASK, type PieceLayout, type PieceMask } from "./piece-layout.ts";
import { maskInSize } from "./piece-mask.ts";
import { piecesOf } from "./pieces-of.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Rings of wood touch each other: where their dark end begins, so that one sees them. */
const LATE_WOOD = 0.5;
/** Chance of where pieces lie; the levels of drawing have the numbers below. */
const PIECES = 9;

/** What a network is told of pieces: as somebody wishes, or as the code plans them; null for none. @param random - Of the picture. */
export async function toldLayout(
  net: ImaginerNet,
  code: Float32Array,
  { mask, pieces, ...size }: Size & { readonly mask: Float32Array | null; readonly pieces: PieceLayout | null },
  random: Random,
): Promise<Layout | null> {
  const chance = random.fork(PIECES);
  if (mask) return maskLayout(mask, size, chance);
  if (pieces?.kind === "drawn") return maskLayout(maskInSize(drawnMask(pieces), size.width, size.height), size, chance);
  return drawLayout(await planOf(net, code, pieces, size), size, chance);
}

/** Where those pieces lie, in a mask of the tile's shape, of at most 128 pixels; null for none. */
export async function toldMask(
  net: ImaginerNet,
  code: Float32Array,
  { pieces, ...size }: Size & { readonly pieces: PieceLayout | null },
  random: Random,
): Promise<PieceMask | null> {
  if (pieces?.kind === "drawn") return drawnMask(pieces);
  const shrink = Math.min(1, MOST_MASK / Math.max(size.width, size.height));
  const side = (pixels: number): number => Math.max(LEAST_MASK, Math.round(pixels * shrink));
  const [width, height] = [side(size.width), side(size.height)];
  const plan = await planOf(net, code, pieces, size);
  const small = { ...plan, across: (plan.across * size.width) / width, down: (plan.down * size.height) / height };
  // The same chance as `drawLayout` has.
  const laid = drawPieces(small, { width, height }, random.fork(PIECES).fork(0));
  if (!laid) return null;
  const { ids, numbers } = laid;
  const isLine = (i: number): boolean => ids[i] === 0 || (plan.kind === "grain" && numbers![i] > LATE_WOOD);
  return { width, height, inside: Uint8Array.from(ids, (_, i) => (isLine(i) ? 0 : 1)) };
}

async function planOf(
  net: ImaginerNet,
  code: Float32Array,
  pieces: Exclude<PieceLayout, { readonly kind: "drawn" }> | null,
  { width, height }: Size,
): Promise<LayoutPlan> {
  if (!pieces) return net.plan(code);
  if (pieces.kind === "none") return { kind: "none", across: 1, down: 1, gap: 0 };
  const { kind, across, down, gap } = pieces;
  return { kind, across: (across * PLANNED_SIDE) / width, down: (down * PLANNED_SIDE) / height, gap };
}

/** What a network is told of a mask. */
function maskLayout(mask: Float32Array, { height, width }: Size, random: Random): Layout {
  const ids = piecesOf(mask, height, width);
  return layoutOf({ ids, numbers: null }, depthOf(ids, height, width), random);
}
