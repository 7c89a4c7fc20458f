import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { decodeSpriteModel, type SpriteModel } from "../../../plugin/paint/sprites/sprite-model.ts";
import { imagineSprite } from "../../../plugin/paint/sprites/imagine-sprite.ts";
import {
  gate,
  median,
  onlyInFull,
  type Gate,
  type GateArguments,
  type GateFigures,
  type GateGroup,
} from "../report.ts";

/** Share of attributes that arithmetic changes, and of those that stay. */
const CHANGED = 0.8;
const KEPT = 0.8;
/** How much farther imagined sprites may be from real ones than those are from each other. */
const FARTHEST = 2;
const SAMENESS = 0.1;
/** Beyond the hundredth that is chance. */
const COPIES = 0.05;
/** Of both files together. */
const MOST_BYTES = 8e6;
const MODELS = new URL("../../../models/sprites/", import.meta.url);
const SMOKE_SIZES = { shields: 8, directions: 200, probeSteps: 12, pca: 100, imagined: 12, taught: 50 };

/** `npm run bench -- imagine-sprites`. */
const imagineSprites: GateGroup = {
  name: "imagine-sprites",
  describe: "Shields: arithmetic with codes by a probe, repetition against PCA; likeness, diversity and copies.",
  async run(args: GateArguments): Promise<GateFigures> {
    const tf = await import("@tensorflow/tfjs");
    const { useWasmBackend } = await import("../../../plugin/nets/wasm-backend.ts");
    const { FULL_SEEDS, FULL_SIZES, meanOf, scoreModels } =
      await import("../../../scripts/paint/sprites/score-models.ts");
    tf.enableProdMode();
    await useWasmBackend();
    const count = args.seeds ?? (args.smoke ? 1 : FULL_SEEDS.length);
    const seeds = Array.from({ length: count }, (_, i) => i + 1);
    const [vae, gan] = [await shipped("vae"), await shipped("gan")];
    if (!vae)
      throw new Error("imagine-sprites: needed models/sprites/vae.bnw, came none. Run npm run paint -- sprites.");
    const sizes = args.smoke ? SMOKE_SIZES : FULL_SIZES;
    const models = { vae: vae.model, gan: gan?.model ?? null };
    const scores = await scoreModels(models, { seeds, sizes, log: args.log });
    const { arithmetic, decibels, imagined } = scores;
    const over = <T>(rows: readonly T[], of: (row: T) => number): number => meanOf(rows.map(of));
    const gates: Gate[] = [
      gate(
        "arithmetic: attribute changed",
        over(arithmetic, (row) => row.changed),
        "",
        ">=",
        CHANGED,
      ),
      gate(
        "arithmetic: other attributes kept",
        over(arithmetic, (row) => row.kept),
        "",
        ">=",
        KEPT,
      ),
      gate(
        "arithmetic: colours kept",
        over(arithmetic, (row) => row.coloursKept),
        "",
        ">=",
        KEPT,
      ),
      gate("vae: repetition above PCA of as many numbers", decibels.vae - decibels.pca, "dB", ">=", 0),
      gate("gan: shipped", gan ? 1 : 0, "", ">=", 1),
      ...(["vae", "gan"] as const).flatMap((name) =>
        imagined[name].length > 0
          ? [
              gate(
                `${name}: patch SWD ÷ floor`,
                over(imagined[name], (row) => row.swdOverFloor),
                "",
                "<=",
                FARTHEST,
              ),
              gate(
                `${name}: MS-SSIM of pairs less that of real ones`,
                over(imagined[name], (row) => row.sameness),
                "",
                "<=",
                SAMENESS,
              ),
              gate(
                `${name}: nearer to a taught one than 99 of 100 real`,
                over(imagined[name], (row) => row.copies),
                "",
                "<=",
                COPIES,
              ),
            ]
          : [],
      ),
    ].map(onlyInFull);
    const misses = arithmetic.filter(({ changed, kept }) => !(changed >= CHANGED && kept >= KEPT));
    return {
      gates: [gate("both files", vae.bytes + (gan?.bytes ?? 0), "bytes", "<=", MOST_BYTES), ...gates],
      misses: misses.map(({ kind }) => `arithmetic with ${kind}`),
      millisecondsASprite: millisecondsOf(vae.model),
      ...scores,
    };
  },
};

/** The median of 30, the first of which are slower until they are compiled. */
function millisecondsOf(model: SpriteModel): number {
  return median(
    Array.from({ length: 30 }, (_, seed) => {
      const from = performance.now();
      imagineSprite(model, { seed });
      return performance.now() - from;
    }),
  );
}

interface Shipped {
  readonly model: SpriteModel;
  readonly bytes: number;
}

async function shipped(name: "vae" | "gan"): Promise<Shipped | null> {
  const file = new URL(`${name}.bnw`, MODELS);
  if (!existsSync(file)) return null;
  const bytes = await readFile(file);
  return { model: decodeSpriteModel(bytes, `${name}.bnw`), bytes: bytes.length };
}

export default imagineSprites;
