import { describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { RankPlaces } from "../../../plugin/nets/likeness/rank-places.ts";

const ROWS = 300;
const COLUMNS = 3;

/** Numbers of both signs and many sizes, among them equal ones and both zeros. */
function numbers(): Float32Array {
  const random = new Random(1);
  const values = Float32Array.from({ length: ROWS * COLUMNS }, () => random.normal() * 10 ** random.between(-30, 30));
  values.set([0, -0, 5, 5, -5, -5, 0, 5, 1e38, -1e38], 100);
  return values;
}

const columnOf = (values: Float32Array, column: number): Float32Array =>
  values.filter((_, i) => i % COLUMNS === column);

describe("Ranks", () => {
  it("put columns in order as the platform does", () => {
    const values = numbers();
    const sorted = new Float32Array(values.length);
    new RankPlaces(ROWS).sort(values, COLUMNS, sorted);
    for (let column = 0; column < COLUMNS; column++) {
      const part = sorted.subarray(column * ROWS, (column + 1) * ROWS);
      expect(Array.from(part, (value) => value + 0)).toEqual(
        Array.from(columnOf(values, column).sort(), (value) => value + 0),
      );
    }
  });

  it("give each number the value of its rank, and itself where the list is its own", () => {
    const values = numbers();
    const ranks = new RankPlaces(ROWS);
    const sorted = new Float32Array(values.length);
    ranks.sort(values, COLUMNS, sorted);
    const own = new Float32Array(values.length);
    ranks.place(values, COLUMNS, sorted, own);
    expect(Array.from(own, (value) => value + 0)).toEqual(Array.from(values, (value) => value + 0));

    const steps = Float32Array.from({ length: values.length }, (_, i) => i % ROWS);
    const places = new Float32Array(values.length);
    ranks.place(values, COLUMNS, steps, places);
    const column = columnOf(values, 0);
    columnOf(places, 0).forEach((place, row) => {
      const smaller = column.filter((value) => value < column[row]).length;
      const equal = column.filter((value, other) => value === column[row] && other < row).length;
      expect(Math.abs(place - smaller - equal)).toBeLessThanOrEqual(column[row] === 0 ? 1 : 0);
    });
  });
});
