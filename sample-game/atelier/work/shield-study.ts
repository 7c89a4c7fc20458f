import {
  codeTrend,
  drawShield,
  movedCode,
  randomShield,
  SHIELD_KINDS,
  trendDirection,
  type Shield,
  type SpriteModel,
} from "../../../plugin/paint.ts";
import { Random } from "../../../plugin/index.ts";
import type { ShieldLook } from "../rules/shield-look.ts";

/** Numbers of a shield that may be anything, two colours, metal, wear, size: the middle of what shields by chance have. */
const USUAL = [0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.5, 0.5, 0.35];
/** How far they stray from that, squared. */
const SPREAD = 0.08;
/** Attributes that are one of several. */
type FixedLook = Pick<Shield, "outline" | "charge" | "division" | "border">;

/** How well they explain a code. */
interface FixedFit {
  readonly fixed: FixedLook;
  readonly loose: readonly number[];
  readonly misfit: number;
}

/** How often the worker breathes while it looks at shields. */
const BREATH = 8;

/**
 * What attributes do to codes, told from shields by chance with known attributes: a least-squares fit. By it the attributes of any code are
 * read, and changed.
 */
export class ShieldStudy {
  readonly #trend: Float32Array;
  /** Of each number of a code, 1 ÷ how far it is from what the attributes say. */
  readonly #trust: Float32Array;

  /**
   * @param trend - By `codeTrend`, of the numbers of `numbersOf`.
   * @param trust - As long as a code.
   */
  constructor(trend: Float32Array, trust: Float32Array) {
    this.#trend = trend;
    this.#trust = trust;
  }

  /**
   * What is known of a code's shield: of all outlines, charges, divisions and borders those that explain the code best, each with the colours
   * that suit it best.
   */
  read(code: Float32Array): ShieldLook {
    let best: ShieldLook | null = null;
    let least = Infinity;
    for (const division of SHIELD_KINDS.division) {
      const all = SHIELD_KINDS.outline.flatMap((outline) =>
        SHIELD_KINDS.charge.flatMap((charge) =>
          SHIELD_KINDS.border.map((border) => ({ outline, charge, division, border })),
        ),
      );
      for (const { fixed, loose, misfit } of this.#fit(code, all)) {
        if (misfit >= least) continue;
        least = misfit;
        best = shieldOf(
          fixed,
          loose.map((value) => Math.min(1, Math.max(0, value))),
        );
      }
    }
    return best!;
  }

  /** The code with other attributes; all else that it says stays. */
  change(code: Float32Array, from: ShieldLook, to: ShieldLook): Float32Array {
    const [before, after] = [from, to].map((look) => numbersOf({ ...look, size: 0 }));
    const direction = trendDirection(
      this.#trend,
      after.map((value, i) => value - before[i]),
    );
    return movedCode(code, direction);
  }

  /**
   * For shields of one division: the loose numbers that explain a code best, not far from what is usual, and how much is left.
   *
   * @param all - At least one.
   */
  #fit(code: Float32Array, all: readonly FixedLook[]): FixedFit[] {
    // Step 1. What each loose number adds to the code. What is usual counts as seen, too: one more row for each of them.
    const expected = all.map((fixed) => this.#expected(fixed, USUAL));
    const slopes = USUAL.map((_, at) => {
      const more = this.#expected(
        all[0],
        USUAL.map((value, i) => value + Number(i === at)),
      );
      return more.map((value, k) => value - expected[0][k]);
    });
    const keep = 1 / Math.sqrt(SPREAD);
    const rows = [
      ...Array.from(code, (_, k) => Float32Array.from(slopes, (slope) => slope[k] * this.#trust[k])),
      ...slopes.map((_, at) => Float32Array.from(slopes, (_slope, i) => (i === at ? keep : 0))),
    ];
    // Step 2. What is left to explain, [rows, all].
    const rests = [
      ...Array.from(code, (value, k) => Float32Array.from(expected, (each) => (value - each[k]) * this.#trust[k])),
      ...slopes.map(() => new Float32Array(all.length)),
    ];
    // Step 3. Explain it.
    const moves = codeTrend(rests, rows); // [loose numbers, all]
    return all.map((fixed, at) => {
      const moveOf = (i: number): number => moves[i * all.length + at];
      const misfit = rests.reduce(
        (sum, rest, row) => sum + (rest[at] - rows[row].reduce((total, each, i) => total + each * moveOf(i), 0)) ** 2,
        0,
      );
      return { fixed, loose: USUAL.map((value, i) => value + moveOf(i)), misfit };
    });
  }

  /** The code that a shield should have. */
  #expected(fixed: FixedLook, loose: readonly number[]): Float32Array {
    return trendDirection(this.#trend, numbersOf(shieldOf(fixed, loose)));
  }
}

/**
 * Draws shields by chance and looks at their codes.
 *
 * @param count - How many: 600 take some seconds.
 * @param breathe - Awaited often, so that a worker can do something else in between.
 */
export async function studyShields(
  model: SpriteModel,
  count: number,
  breathe: () => Promise<void>,
): Promise<ShieldStudy> {
  const chance = new Random(1, 12);
  const [codes, numbers]: [Float32Array[], Float32Array[]] = [[], []];
  for (let index = 0; index < count; index++) {
    const random = chance.fork(index);
    const shield = randomShield(random);
    codes.push(model.encode(drawShield(shield, random)));
    numbers.push(numbersOf(shield));
    if (index % BREATH === 0) await breathe();
  }
  const trend = codeTrend(codes, numbers);
  const squares = new Float64Array(model.codeLength);
  numbers.forEach((row, at) => {
    trendDirection(trend, row).forEach((value, k) => (squares[k] += (codes[at][k] - value) ** 2));
  });
  return new ShieldStudy(
    trend,
    Float32Array.from(squares, (sum) => 1 / Math.sqrt(sum / count)),
  );
}

/** What a shield's code is told from. What a division adds depends on the two colours, so those count as often as there are divisions. */
function numbersOf({ outline, charge, division, border, tinctures, metal, wear, size }: Shield): Float32Array {
  const oneHot = <T>(all: readonly T[], one: T): number[] => all.map((value) => Number(value === one));
  const colours = [1, ...tinctures.flat()];
  return Float32Array.from([
    ...oneHot(SHIELD_KINDS.outline, outline),
    ...oneHot(SHIELD_KINDS.charge, charge),
    ...[Number(border), metal, wear, size],
    ...SHIELD_KINDS.division.flatMap((each) => colours.map((value) => (each === division ? value : 0))),
  ]);
}

function shieldOf(fixed: FixedLook, loose: readonly number[]): Shield {
  const [r, g, b, r2, g2, b2, metal, wear, size] = loose;
  return {
    ...fixed,
    tinctures: [
      [r, g, b],
      [r2, g2, b2],
    ],
    metal,
    wear,
    size,
  };
}
