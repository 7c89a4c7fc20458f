import type { SpriteModel } from "../../../plugin/paint/sprites/sprite-model.ts";
import { AttributeDirections, changeAttributes, judgeArithmetic, type ArithmeticScore } from "./judge-arithmetic.ts";
import { judgeImagined, judgeRepetition, type ImaginedScore, type RepetitionScore } from "./judge-pictures.ts";
import { Probe } from "./probe.ts";
import { heldOutShields } from "./shelves.ts";

/** The shipped models; the adversarial network may not be there yet. */
export interface SpriteModels {
  readonly vae: SpriteModel;
  readonly gan: SpriteModel | null;
}

/** How much is looked at. */
export interface ScoreSizes {
  /** Held-out shields a seed. */
  readonly shields: number;
  /** Taught shields that directions are told from. */
  readonly directions: number;
  /** Mini-batches that the probe is taught by. */
  readonly probeSteps: number;
  /** Taught shields that principal components are fitted to. */
  readonly pca: number;
  /** Imagined shields a seed. */
  readonly imagined: number;
  /** Taught shields that those are held against. */
  readonly taught: number;
}

/** How good the models are. */
export interface SpriteScores {
  readonly seeds: readonly number[];
  readonly sizes: ScoreSizes;
  /** Share of attributes that the probe tells rightly: of real held-out shields, and of the same as the autoencoder repeats them. */
  readonly probe: { readonly real: number; readonly repeated: number };
  readonly arithmetic: readonly ArithmeticScore[];
  readonly decibels: RepetitionScore;
  /** What both imagine, a row a seed; no rows where there is no generator. */
  readonly imagined: Readonly<Record<"vae" | "gan", readonly ImaginedScore[]>>;
}

export const FULL_SIZES: ScoreSizes = {
  shields: 60,
  directions: 3000,
  probeSteps: 600,
  pca: 800,
  imagined: 100,
  taught: 1000,
};
export const FULL_SEEDS = [1, 2, 3, 4, 5];

/** Judges models by shields that nobody has learned from. On the wasm backend, which is started. */
export async function scoreModels(
  { vae, gan }: SpriteModels,
  { seeds, sizes, log }: { seeds: readonly number[]; sizes: ScoreSizes; log: (line: string) => void },
): Promise<SpriteScores> {
  // Step 1. A judge that has only ever seen real shields.
  log("Teaching the probe …");
  const probe = new Probe();
  await probe.learn(sizes.probeSteps);
  const shown = seeds.flatMap((seed) => heldOutShields(seed, sizes.shields));
  const repeated = shown.map(({ shield, sprite }) => ({ shield, sprite: vae.decode(vae.encode(sprite)) }));
  const accuracy = { real: probe.accuracy(shown), repeated: probe.accuracy(repeated) };

  // Step 2. Arithmetic with codes.
  log("Changing attributes …");
  const directions = new AttributeDirections(vae, sizes.directions);
  const changed = seeds.flatMap((seed) => changeAttributes(vae, directions, { seed, count: sizes.shields }));
  const arithmetic = judgeArithmetic(changed, probe);
  probe.dispose();

  // Step 3. Pictures.
  log("Comparing pictures …");
  const decibels = judgeRepetition(vae, { seeds, count: sizes.shields, taught: sizes.pca });
  const imagined = (model: SpriteModel): ImaginedScore[] =>
    seeds.map((seed) => judgeImagined(model, { seed, count: sizes.imagined, taught: sizes.taught }));
  return {
    seeds,
    sizes,
    probe: accuracy,
    arithmetic,
    decibels,
    imagined: { vae: imagined(vae), gan: gan ? imagined(gan) : [] },
  };
}

/** Of some numbers; NaN for none. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
