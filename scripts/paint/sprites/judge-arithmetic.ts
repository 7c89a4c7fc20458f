import { Random } from "../../../plugin/core/random.ts";
import { movedCode } from "../../../plugin/paint/sprites/code-arithmetic.ts";
import { codeTrend, trendDirection } from "../../../plugin/paint/sprites/code-trend.ts";
import { CHARGES, DIVISIONS, OUTLINES, SHIELD_KINDS, type Shield } from "../../../plugin/paint/sprites/shield.ts";
import type { SpriteModel } from "../../../plugin/paint/sprites/sprite-model.ts";
import type { Sprite } from "../../../plugin/paint/sprites/sprite.ts";
import { KIND_NAMES, valueOf, type Probe, type ShieldKind } from "./probe.ts";
import { heldOutShields, taughtShields, type ShownShield } from "./shelves.ts";

/** Colours count as kept up to this mean squared difference of both tinctures, as the probe sees them: 0.15 a number. */
const COLOUR_CHANGE = 0.15 ** 2;

/** How arithmetic with one attribute went. */
export interface ArithmeticScore {
  readonly kind: ShieldKind;
  /** Share of sprites in which the probe sees the new value. */
  readonly changed: number;
  /** Share of the other attributes in which it sees the old value, mean of all. */
  readonly kept: number;
  /** Share of sprites whose tinctures it sees nearly as before. */
  readonly coloursKept: number;
}

/**
 * What to add to a code for another value of an attribute, told from the codes of taught shields. For outlines, charges and borders that is
 * the difference of their mean codes. What a division adds depends on the two tinctures, so those count as many numbers as there are divisions.
 */
export class AttributeDirections {
  readonly #trend: Float32Array;

  /** @param count - How many taught shields are looked at. */
  constructor(model: SpriteModel, count: number) {
    const shown = taughtShields(count);
    this.#trend = codeTrend(
      shown.map(({ sprite }) => model.encode(sprite)),
      shown.map(({ shield }) => numbersOf(shield)),
    );
  }

  /** From what a shield is to the same with another value of one attribute. */
  direction(shield: Shield, kind: ShieldKind, to: number): Float32Array {
    const before = numbersOf(shield);
    const after = numbersOf({ ...shield, [kind]: SHIELD_KINDS[kind][to] });
    return trendDirection(
      this.#trend,
      after.map((value, i) => value - before[i]),
    );
  }
}

function numbersOf(shield: Shield): Float32Array {
  const tinctures = shield.tinctures.flat();
  return Float32Array.from([
    ...oneHot(OUTLINES, shield.outline),
    ...oneHot(CHARGES, shield.charge),
    Number(shield.border),
    shield.metal,
    shield.wear,
    shield.size,
    ...DIVISIONS.flatMap((division) => [1, ...tinctures].map((value) => (division === shield.division ? value : 0))),
  ]);
}

function oneHot<T>(all: readonly T[], one: T): number[] {
  return all.map((value) => Number(value === one));
}

/** One held-out shield, and what arithmetic made of it. */
export interface Changed {
  readonly shown: ShownShield;
  readonly kind: ShieldKind;
  readonly to: number;
  readonly sprite: Sprite;
}

/** Gives each attribute of held-out shields another value, drawn by chance, by adding a direction to the code. */
export function changeAttributes(
  model: SpriteModel,
  directions: AttributeDirections,
  { seed, count }: { readonly seed: number; readonly count: number },
): Changed[] {
  const random = new Random(seed, 11);
  return heldOutShields(seed, count).flatMap((shown) => {
    const code = model.encode(shown.sprite);
    return KIND_NAMES.map((kind) => {
      const from = valueOf(shown.shield, kind);
      const values = SHIELD_KINDS[kind].length;
      const to = (from + 1 + random.integer(values - 1)) % values;
      const moved = movedCode(code, directions.direction(shown.shield, kind, to));
      return { shown, kind, to, sprite: model.decode(moved) };
    });
  });
}

/** Lets the probe say what has changed and what has not. */
export function judgeArithmetic(changed: readonly Changed[], probe: Probe): ArithmeticScore[] {
  const after = probe.see(changed.map(({ sprite }) => sprite));
  const before = probe.see(changed.map(({ shown }) => shown.sprite));
  return KIND_NAMES.map((kind) => {
    const own = changed.flatMap((one, i) => (one.kind === kind ? [i] : []));
    const share = (holds: (i: number) => number): number => own.reduce((sum, i) => sum + holds(i), 0) / own.length;
    const others = KIND_NAMES.filter((other) => other !== kind);
    return {
      kind,
      changed: share((i) => Number(after[i].kinds[kind] === changed[i].to)),
      kept: share((i) => {
        const { shield } = changed[i].shown;
        return others.filter((other) => after[i].kinds[other] === valueOf(shield, other)).length / others.length;
      }),
      coloursKept: share((i) => {
        const squares = after[i].tinctures.map((value, c) => (value - before[i].tinctures[c]) ** 2);
        return Number(squares.reduce((sum, square) => sum + square, 0) / squares.length <= COLOUR_CHANGE);
      }),
    };
  });
}
