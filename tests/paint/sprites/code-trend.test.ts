import { expect, it } from "vitest";
import { codeDirection } from "../../../plugin/paint/sprites/code-arithmetic.ts";
import { codeTrend, trendDirection } from "../../../plugin/paint/sprites/code-trend.ts";

const rows = (...all: number[][]): Float32Array[] => all.map((row) => Float32Array.from(row));

it("finds by how much each number moves a code", () => {
  // Codes are (2 a − b, 3 b).
  const numbers = rows([1, 0], [0, 1], [2, 1], [-1, 3]);
  const codes = rows([2, 0], [-1, 3], [3, 3], [-5, 9]);
  const trend = codeTrend(codes, numbers);
  [2, 0, -1, 3].forEach((value, i) => expect(trend[i]).toBeCloseTo(value, 2));
  const direction = trendDirection(trend, Float32Array.of(10, 1));
  expect(direction[0]).toBeCloseTo(19, 1);
  expect(direction[1]).toBeCloseTo(3, 1);
});

it("is the difference of mean codes for numbers that name one of two values", () => {
  const having = rows([1, 5], [3, 7]);
  const lacking = rows([0, 1], [0, 3]);
  const trend = codeTrend([...having, ...lacking], rows([1, 0], [1, 0], [0, 1], [0, 1]));
  const direction = trendDirection(trend, Float32Array.of(1, -1));
  codeDirection(having, lacking).forEach((value, i) => expect(direction[i]).toBeCloseTo(value, 2));
});

it("finds what no difference of mean codes shows", () => {
  // An edge between two colours, upright or lying: the code is where which colour lies, so all mean codes are 0.
  const codes = rows([1, 0], [-1, 0], [0, 1], [0, -1]);
  expect([...codeDirection(codes.slice(0, 2), codes.slice(2))]).toEqual([0, 0]);
  // Colour by division: upright, lying.
  const trend = codeTrend(codes, rows([1, 0], [-1, 0], [0, 1], [0, -1]));
  const direction = trendDirection(trend, Float32Array.of(-1, 1));
  expect(direction[0]).toBeCloseTo(-1, 2);
  expect(direction[1]).toBeCloseTo(1, 2);
});

it("bears numbers that say the same twice", () => {
  const trend = codeTrend(rows([4], [8]), rows([1, 1], [2, 2]));
  expect(trendDirection(trend, Float32Array.of(1, 1))[0]).toBeCloseTo(4, 2);
});

it("says what it cannot fit", () => {
  expect(() => codeTrend(rows([1], [2]), rows([1]))).toThrow(
    "codeTrend: needed as many codes of one length as rows of numbers of one length, came 2 and 1. Describe each picture by the same numbers.",
  );
});
