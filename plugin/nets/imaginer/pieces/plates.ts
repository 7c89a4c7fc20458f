import type { Random } from "../../../core/random.ts";
import type { Bed, Pieces } from "./pieces.ts";
import { Rows } from "./rows.ts";

/** How far apart rivets are, how far from the plate's sides, and how large, in shorter sides of a plate. */
const SPACING = 0.26;
const INSET = 0.085;
const RADIUS = 0.03;

/** Plates in a bond, with rivets along their four sides; each rivet is a piece of its own. */
export class Plates implements Pieces {
  id = 0;
  inside = 0;
  readonly number = null;
  readonly #rows: Rows;
  readonly #plates: number;
  readonly #sides: readonly Side[];

  constructor(bed: Bed, random: Random) {
    this.#rows = new Rows(bed, false, random);
    this.#plates = bed.columns * bed.rows;
    const [width, height] = [bed.width / bed.columns, bed.height / bed.rows];
    const unit = Math.min(width, height);
    this.#sides = [width, height].map((length) => {
      const count = Math.max(2, Math.round(length / (unit * SPACING)));
      return { length: length / unit, count, span: (length / unit - 2 * INSET) / count };
    });
  }

  look(across: number, down: number): void {
    const rows = this.#rows;
    rows.look(across, down);
    const [wide, high] = this.#sides;
    const [x, y] = [rows.withinX * wide.length, rows.withinY * high.length];
    const [alongX, alongY] = [nearestRivet(x, wide), nearestRivet(y, high)];
    const insetX = Math.min(x, wide.length - x) - INSET;
    const insetY = Math.min(y, high.length - y) - INSET;
    const toRivet = Math.min(Math.hypot(x - alongX, insetY), Math.hypot(y - alongY, insetX));
    const isRivet = toRivet < RADIUS;
    this.id = rows.id + (isRivet ? this.#plates : 0);
    this.inside = isRivet ? Infinity : rows.inside;
  }
}

/** One side of a plate, in shorter sides. */
interface Side {
  readonly length: number;
  /** Gaps between its rivets, and how wide each is. */
  readonly count: number;
  readonly span: number;
}

function nearestRivet(place: number, { count, span }: Side): number {
  return INSET + span * Math.min(count, Math.max(0, Math.round((place - INSET) / span)));
}
