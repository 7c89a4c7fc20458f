import { createHash } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paintHere } from "../../plugin/paint/painter/paint-here.ts";
import { encodePng } from "../../plugin/paint/png.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { animatedPng, bmp, gif, jpeg, png, pngHead } from "../paint/pictures/picture-files.ts";
import { launchChromium, openPage, serveSite, type Visit } from "./harness.ts";
import type { ReadAnswer } from "./pages/paint.ts";

let browser: Browser;
let site: RunningServer;
let visit: Visit;

beforeAll(async () => {
  browser = await launchChromium();
  site = await serveSite({ folder: "dist-test" });
  visit = await openPage(browser, `${site.url}paint.html`);
  await visit.page.waitForFunction("'paintPage' in globalThis");
});

afterAll(async () => {
  await visit.close();
  await browser.close();
  await site.close();
});

const read = (file: Uint8Array): Promise<ReadAnswer> =>
  visit.page.evaluate((bytes) => globalThis.paintPage.read(bytes), Array.from(file));

/** A JPEG, wider than high, whose left half is dark: on its side, the dark half is above. */
function halves(orientation: number): Uint8Array {
  const file = jpeg(64, 32, orientation, true, (column) => (column < 32 ? 20 : 220));
  return file;
}

describe("Reading pictures in Chromium", () => {
  it("gives a PNG's colours exactly", async () => {
    const { width, height, corners, notes, masked } = await read(png(20, 18));
    expect([width, height, corners, notes, masked]).toEqual([
      20,
      18,
      [
        [204, 204, 204],
        [204, 204, 204],
      ],
      [],
      false,
    ]);
  });

  it("masks what is transparent and shows the mean of the rest there", async () => {
    const { corners, notes, masked } = await read(png(20, 18, true));
    expect([corners, masked]).toEqual([
      [
        [204, 204, 204],
        [204, 204, 204],
      ],
      true,
    ]);
    expect(notes).toEqual(["50% of it is transparent; nothing will be copied from there."]);
  });

  it("turns a photograph as its camera says", async () => {
    const upright = await read(halves(0));
    const turned = await read(halves(6));
    expect([upright.width, upright.height, turned.width, turned.height]).toEqual([64, 32, 32, 64]);
    // Orientation 6 is a quarter turn clockwise: the dark left half comes to lie above.
    expect([turned.corners[0][0] < 60, turned.corners[1][0] > 180]).toEqual([true, true]);
  });

  it("makes a turned photograph smaller in its shape", async () => {
    const file = jpeg(1600, 800, 6);
    const { width, height, notes } = await read(file);
    // 1,280,000 pixels to 1024²: × 0.905.
    expect([width, height]).toEqual([724, 1448]);
    expect(notes).toEqual(["Made smaller, from 800 × 1600 to 724 × 1448 pixels."]);
  });

  it("takes the first frame of what moves, and says so", async () => {
    const { error, notes } = await read(gif(20, 18, 3));
    expect([error, notes.at(0)]).toEqual([null, "It moves; only its first frame was taken."]);
    expect((await read(animatedPng(1))).notes).toEqual([]);
  });

  it("reads 8 of 16 bits, and says so", async () => {
    const pixels = new Uint16Array(16 * 16 * 3).fill(204 * 257);
    const { corners, notes } = await read(encodePng({ width: 16, height: 16, channels: 3, pixels }));
    expect([corners[0], notes]).toEqual([[204, 204, 204], ["Read with 8 of its 16 bits a channel."]]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    [
      "something else",
      Uint8Array.from([1, 2, 3, 4]),
      /needed a PNG, JPEG, WebP, GIF, BMP or AVIF, came something else/,
    ],
    ["1 × 1 pixels", png(1, 1), /needed at least 16 × 16 pixels, came 1 × 1\./],
    ["10,000 × 1 pixels", png(10_000, 1), /needed at least 16 × 16 pixels, came 10000 × 1\./],
    [
      "a huge one",
      pngHead(30_000, 30_000),
      /needed at most 16384 pixels a side and 100 million in all, came 30000 × 30000\./,
    ],
    ["a damaged one", bmp(40, 40), /needed a picture that this browser can read, came a damaged or unknown one\./],
  ])("refuses %s", async (_what, file, message) => {
    expect((await read(file)).error).toMatch(message);
  });
});

describe("Painting in Chromium", () => {
  it("makes the pixels that Node makes", async () => {
    const { images } = await paintHere({
      generator: "procedural",
      settings: { material: "cobble" },
      size: 64,
      seed: 3,
    });
    const hash = createHash("sha256");
    for (const part of [images.albedo, images.normal, images.orm, images.heights]) {
      hash.update(new Uint8Array(part.buffer));
    }
    const expected = Array.from(hash.digest(), (byte) => byte.toString(16)).join("");
    expect(await visit.page.evaluate(() => globalThis.paintPage.paint("cobble", 64))).toBe(expected);
  });

  it("makes a recipe's pixels again after a reload, from the picture that was kept", async () => {
    const { recipe, digest } = await visit.page.evaluate(() => globalThis.paintPage.paintAndKeep());
    await visit.page.reload();
    await visit.page.waitForFunction("'paintPage' in globalThis");
    expect(await visit.page.evaluate((json) => globalThis.paintPage.repaint(json), recipe)).toBe(digest);
  });

  // How long all of that takes the page is measured by `npm run bench -- paint-page`.
  it("shows a preview before a cancel, and gets the same images back from a zip", async () => {
    const sitting = await visit.page.evaluate(() => globalThis.paintPage.sit());
    expect(sitting.previewMilliseconds).toBeGreaterThan(0);
    expect(sitting.cancelMilliseconds).toBeGreaterThanOrEqual(0);
    expect(sitting.zipIsSame).toBe(true);
  });
});
