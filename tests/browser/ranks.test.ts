import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../plugin/core/random.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { launchChromium, openPage, serveSite } from "./harness.ts";
import type { Ranked, RankedNumbers } from "./pages/ranks.ts";

let browser: Browser;
let site: RunningServer;

beforeAll(async () => {
  browser = await launchChromium();
  site = await serveSite({ folder: "dist-test" });
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** In eighths, so that many are equal and all are exact. */
function someNumbers(shape: RankedNumbers["shape"], seed: number): RankedNumbers {
  const random = new Random(seed);
  const count = shape.reduce((product, side) => product * side, 1);
  return { shape, values: Array.from({ length: count }, () => Math.round(8 * random.normal()) / 8) };
}

/** Where the numbers of each column stand: [batch · columns][rows]. */
function columnsOf({ shape: [batch, height, width, columns] }: RankedNumbers): number[][] {
  const rows = height * width;
  return Array.from({ length: batch * columns }, (_, i) => {
    const [picture, column] = [Math.floor(i / columns), i % columns];
    return Array.from({ length: rows }, (_, row) => (picture * rows + row) * columns + column);
  });
}

/** Places of a column from the least number to the greatest, equal ones as they stand. */
function inOrder(places: readonly number[], values: readonly number[]): number[] {
  return places.toSorted((a, b) => values[a] - values[b] || a - b);
}

async function rank(one: RankedNumbers, other: RankedNumbers): Promise<Ranked> {
  const { page, close } = await openPage(browser, `${site.url}ranks.html`);
  await page.waitForFunction("'ranksPage' in globalThis");
  const ranked = await page.evaluate(([a, b]) => globalThis.ranksPage.rank(a, b), [one, other] as const);
  await close();
  return ranked;
}

describe("Ranks on the GPU", () => {
  // 5 × 31 rows: three workgroups, the last of them not full.
  it.each([
    ["one list for all pictures", 1],
    ["a list for each picture", 2],
  ])("sort columns, and place by rank as sorting does: %s", { timeout: 120_000 }, async (_, lists) => {
    const one = someNumbers([2, 5, 31, 3], 1);
    const other = someNumbers([lists, 5, 31, 3], 2);
    const { isOnGpu, sorted, placed, left } = await rank(one, other);
    expect(isOnGpu).toBe(true);
    const lines = columnsOf(other).map((places) => inOrder(places, other.values).map((at) => other.values[at]));
    expect(sorted).toEqual(lines.flat());
    const expected = new Array<number>(one.values.length);
    columnsOf(one).forEach((places, i) => {
      inOrder(places, one.values).forEach((at, rank) => (expected[at] = lines[i % lines.length][rank]));
    });
    expect(placed).toEqual(expected);
    expect(left).toBe(0);
  });
});
