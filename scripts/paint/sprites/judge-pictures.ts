import { fitPca } from "../../../plugin/paint/metrics/linear-code.ts";
import { pairSimilarity } from "../../../plugin/paint/metrics/pair-similarity.ts";
import { patchSwdOverFloor } from "../../../plugin/paint/metrics/patch-swd.ts";
import { meanSquaredError } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { imagineSprite } from "../../../plugin/paint/sprites/imagine-sprite.ts";
import type { SpriteModel } from "../../../plugin/paint/sprites/sprite-model.ts";
import { onGround, type Sprite } from "../../../plugin/paint/sprites/sprite.ts";
import { heldOutShields, taughtShields } from "./shelves.ts";

/** How closely held-out sprites are repeated, in decibels, each method storing as many numbers. */
export interface RepetitionScore {
  readonly vae: number;
  /** Principal components of as many taught sprites as were asked for. */
  readonly pca: number;
}

/** Decibels of the mean squared error over all sprites. */
export function judgeRepetition(
  model: SpriteModel,
  { seeds, count, taught }: { readonly seeds: readonly number[]; readonly count: number; readonly taught: number },
): RepetitionScore {
  const pca = fitPca(
    taughtShields(taught).map(({ sprite }) => sprite),
    { floats: model.codeLength },
  );
  const heldOut = seeds.flatMap((seed) => heldOutShields(seed, count)).map(({ sprite }) => sprite);
  const decibels = (repeat: (sprite: Sprite) => Sprite): number =>
    -10 * Math.log10(heldOut.reduce((sum, one) => sum + meanSquaredError(one, repeat(one)), 0) / heldOut.length);
  return {
    vae: decibels((sprite) => model.decode(model.encode(sprite))),
    pca: decibels((sprite) => pca.reconstruct(sprite)),
  };
}

/** How imagined sprites compare with real ones. */
export interface ImaginedScore {
  /** Patch distance to held-out sprites ÷ that between held-out sprites. */
  readonly swdOverFloor: number;
  /** Mean structural similarity of pairs: of imagined sprites less of real ones. */
  readonly sameness: number;
  /** Share of imagined sprites that are nearer to a taught one than all but a hundredth of real held-out ones are. */
  readonly copies: number;
}

/** Holds sprites imagined of `seed · 10000 …` against held-out ones. @param taught - How many sprites it may have copied. */
export function judgeImagined(
  model: SpriteModel,
  { seed, count, taught }: { readonly seed: number; readonly count: number; readonly taught: number },
): ImaginedScore {
  const imagined = Array.from({ length: count }, (_, i) => imagineSprite(model, { seed: seed * 10_000 + i }));
  const real = heldOutShields(seed, 2 * count).map(({ sprite }) => sprite);
  const seen = (sprites: readonly Sprite[]): ReturnType<typeof onGround>[] => sprites.map((sprite) => onGround(sprite));
  const [first, second] = [seen(real.slice(0, count)), seen(real.slice(count))];
  const { ratio } = patchSwdOverFloor(first, second, seen(imagined), { seed });
  const scales = { scales: 2, pairs: 400, seed };
  const shelf = taughtShields(taught).map(({ sprite }) => sprite);
  const near = real.map((sprite) => nearest(sprite, shelf)).sort((a, b) => a - b);
  const bound = near[Math.floor(near.length / 100)];
  return {
    swdOverFloor: ratio,
    sameness: pairSimilarity(seen(imagined), scales) - pairSimilarity(first, scales),
    copies: imagined.filter((sprite) => nearest(sprite, shelf) < bound).length / count,
  };
}

function nearest(sprite: Sprite, shelf: readonly Sprite[]): number {
  return shelf.reduce((least, other) => Math.min(least, meanSquaredError(sprite, other)), Infinity);
}
