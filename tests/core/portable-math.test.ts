import { expect, test } from "vitest";
import { portableLog } from "../../plugin/core/portable-math.ts";
import { Random } from "../../plugin/core/random.ts";

const bits = new DataView(new ArrayBuffer(8));

/** How many representable numbers lie between two numbers of the same sign. */
function ulps(a: number, b: number): number {
  const order = (x: number): bigint => {
    bits.setFloat64(0, x);
    return bits.getBigInt64(0);
  };
  const distance = order(a) - order(b);
  return Number(distance < 0n ? -distance : distance);
}

test("the logarithm of 1 is 0 and of powers of two the multiple of ln 2", () => {
  expect(portableLog(1)).toBe(0);
  expect(portableLog(2)).toBe(Math.LN2);
  expect(portableLog(2 ** -40)).toBe(-40 * Math.LN2);
});

test.each<[number, string, number, number]>([
  [2, "[0, 1)", 0, 1],
  [3, "a neighbourhood of 1", 0.99, 1.01],
  [2, "large numbers", 1, 1e12],
])("it is within %d units in the last place of Math.log over %s", (allowed, _, low, high) => {
  const random = new Random(1);
  let worst = 0;
  for (let i = 0; i < 100_000; i++) {
    const x = random.between(low, high);
    if (x > 0) worst = Math.max(worst, ulps(portableLog(x), Math.log(x)));
  }
  expect(worst).toBeLessThanOrEqual(allowed);
});
