import { meanSquaredError } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { movedCode } from "../../../plugin/paint/sprites/code-arithmetic.ts";
import { imagineCode, imagineSprite, walkSprites } from "../../../plugin/paint/sprites/imagine-sprite.ts";
import { SHIELD_KINDS } from "../../../plugin/paint/sprites/shield.ts";
import type { SpriteModel } from "../../../plugin/paint/sprites/sprite-model.ts";
import type { Sprite } from "../../../plugin/paint/sprites/sprite.ts";
import { drawRows } from "./draw-rows.ts";
import { AttributeDirections } from "./judge-arithmetic.ts";
import { KIND_NAMES, valueOf } from "./probe.ts";
import type { SpriteModels } from "./score-models.ts";
import { heldOutShields, taughtShields } from "./shelves.ts";

type Row = readonly (Sprite | null)[];

const COLUMNS = 16;
/** Of the held-out shields that are shown. */
const SEED = 900;
/** Taught shields that directions of the sheet are made of. */
const DIRECTIONS = 1500;

/** All preview sheets, by name, as PNG files. */
export function drawPreviews({ vae, gan }: SpriteModels): Record<string, Uint8Array> {
  const heldOut = heldOutShields(SEED, 96);
  const sprites = heldOut.map(({ sprite }) => sprite);
  const repeat = (sprite: Sprite): Sprite => vae.decode(vae.encode(sprite));
  const imagine = (model: SpriteModel): Row =>
    Array.from({ length: 3 * COLUMNS }, (_, seed) => imagineSprite(model, { seed }));
  const worst = byDescending(sprites, (sprite) => meanSquaredError(sprite, repeat(sprite))).slice(0, COLUMNS);
  return {
    imagined: drawRows([
      ...rowsOf(sprites.slice(0, 2 * COLUMNS)),
      ...rowsOf(imagine(vae)),
      ...(gan ? rowsOf(imagine(gan)) : []),
    ]),
    repeated: drawRows(pairs(sprites.slice(0, 3 * COLUMNS), repeat)),
    walks: drawRows([
      ...[0, 1].map((row) => {
        const [from, to] = [vae.encode(sprites[2 * row]), vae.encode(sprites[2 * row + 1])];
        return walkSprites(vae, { from, to, steps: COLUMNS });
      }),
      ...[0, 1].flatMap((row) => {
        if (!gan) return [];
        const [from, to] = [imagineCode(gan, { seed: 2 * row }), imagineCode(gan, { seed: 2 * row + 1 })];
        return [walkSprites(gan, { from, to, steps: COLUMNS })];
      }),
    ]),
    arithmetic: drawRows(arithmeticRows(vae, 8)),
    failures: drawRows([...pairs(worst, repeat), ...rowsOf(oddest(vae)), ...(gan ? rowsOf(oddest(gan)) : [])]),
  };
}

function arithmeticRows(vae: SpriteModel, count: number): Row[] {
  const directions = new AttributeDirections(vae, DIRECTIONS);
  return heldOutShields(SEED, count).map(({ shield, sprite }) => {
    const code = vae.encode(sprite);
    const changed = KIND_NAMES.flatMap((kind) => {
      const from = valueOf(shield, kind);
      const values = SHIELD_KINDS[kind].map((_, to) =>
        to === from ? code : movedCode(code, directions.direction(shield, kind, to)),
      );
      return [null, ...values.map((moved) => vae.decode(moved))];
    });
    return [sprite, vae.decode(code), ...changed];
  });
}

/** Imagined sprites that are like nothing it was taught. */
function oddest(model: SpriteModel): Sprite[] {
  const taught = taughtShields(600).map(({ sprite }) => sprite);
  const imagined = Array.from({ length: 160 }, (_, i) => imagineSprite(model, { seed: 1000 + i }));
  const farness = (sprite: Sprite): number =>
    taught.reduce((least, other) => Math.min(least, meanSquaredError(sprite, other)), Infinity);
  return byDescending(imagined, farness).slice(0, COLUMNS);
}

function byDescending(sprites: readonly Sprite[], badness: (sprite: Sprite) => number): Sprite[] {
  const rated = sprites.map((sprite) => ({ sprite, badness: badness(sprite) }));
  return rated.sort((a, b) => b.badness - a.badness).map(({ sprite }) => sprite);
}

/** A row of sprites, a row of what becomes of them, and so on. */
function pairs(sprites: readonly Sprite[], change: (sprite: Sprite) => Sprite): Row[] {
  return rowsOf(sprites).flatMap((row) => [row, row.map((sprite) => sprite && change(sprite))]);
}

function rowsOf(sprites: Row): Row[] {
  return Array.from({ length: Math.ceil(sprites.length / COLUMNS) }, (_, row) =>
    sprites.slice(row * COLUMNS, (row + 1) * COLUMNS),
  );
}
