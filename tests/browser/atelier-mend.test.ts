import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../plugin/core/random.ts";
import { encodePng } from "../../plugin/paint/png.ts";
import type { AtelierHook, MendingHook } from "../../sample-game/atelier/view/atelier-hook.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { controlsCutOff, drop, lookAt, toastsOn, whenPainted, type TestFile } from "./atelier-page.ts";
import { gameUrl, PATIENCE } from "./game-page.ts";
import { launchChromium, openPage, serveSite, type Visit, type VisitOptions } from "./harness.ts";
import { violations } from "./studio-page.ts";

let browser: Browser;
let site: RunningServer;

beforeAll(async () => {
  browser = await launchChromium();
  site = await serveSite();
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Bars in two colours, with noise of 8 % over them. */
function noisyPng(name: string, side: number): TestFile {
  const random = new Random(3);
  const pixels = Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const bar = Math.floor(i / 3) % 16 < 8 ? 90 : 160;
    return Math.min(255, Math.max(0, bar + 10 * (i % 3) + 20 * random.normal()));
  });
  return { name, type: "image/png", bytes: encodePng({ width: side, height: side, channels: 3, pixels }) };
}
const NOISY = noisyPng("noisy.png", 64);

/** Opens the Atelier where pictures are mended. */
async function openMend(options: VisitOptions = {}): Promise<Visit> {
  const visit = await openPage(browser, gameUrl(site.url, "&room=atelier&renderer=webgl2"), options);
  visit.page.setDefaultTimeout(2 * PATIENCE);
  await whenPainted(visit.page);
  await visit.page.focus("#stage");
  await visit.page.keyboard.press("5"); // drawn quickly
  await visit.page.click('.make-head [data-value="mend"]');
  await visit.page.waitForSelector('[data-test="mend-choose"]');
  return visit;
}

/** What is mended, as a test compares it. */
interface Mending {
  readonly name: string;
  readonly deed: string | null;
  readonly note: string;
  readonly index: number;
  readonly seed: number;
  readonly isSplit: boolean;
  /** Pixels that are scratched out. */
  readonly scratched: number;
  /** Bytes of red, green and blue. */
  readonly pixels: readonly number[];
}

function mendingOn(page: Page): Promise<Mending> {
  return page.evaluate(() => {
    const { step, index, settings, isSplit } = (globalThis as unknown as { golemYard: AtelierHook }).golemYard.mending!;
    const { name, picture, hole, made } = step!;
    return {
      ...{ name, deed: made?.deed ?? null, note: made?.note ?? "", index, seed: settings.seed, isSplit },
      scratched: hole.inside.reduce((sum, value) => sum + value, 0),
      pixels: Array.from(picture.pixels, (value) => Math.round(255 * value)),
    };
  });
}

/** Waits until nothing is being done and something is so, and looks. */
async function when(page: Page, isSo: (mending: MendingHook) => boolean): Promise<Mending> {
  const source = `(() => { const { mending } = globalThis.golemYard; return mending !== null && !mending.isWorking && (${isSo.toString()})(mending); })()`;
  await page.waitForFunction(source);
  return mendingOn(page);
}

/** Which pixels of two pictures of 64 × 64 differ. */
function changed(a: Mending, b: Mending): number[] {
  return Array.from({ length: 64 * 64 }, (_, at) => at).filter((at) =>
    [0, 1, 2].some((part) => a.pixels[3 * at + part] !== b.pixels[3 * at + part]),
  );
}

describe("Pictures that are mended in the Atelier", () => {
  it(
    "lose their noise, by keys as well, are compared, taken back, stopped, and go to the bench",
    async () => {
      const { page, close } = await openMend();
      expect(await violations(page)).toEqual([]);
      await drop(page, { name: "notes.png", type: "image/png", bytes: Buffer.from("These are only words.") });
      await expect
        .poll(() => toastsOn(page), { timeout: PATIENCE })
        .toContainEqual(expect.stringMatching(/“notes\.png”: needed a PNG/));

      // Stopped, everything is as it was. The first one takes seconds.
      await drop(page, noisyPng("large.png", 256));
      const large = await when(page, ({ step }) => step !== null);
      await page.click('[data-test="mend-clean"]');
      await page.keyboard.press("Escape");
      expect(await when(page, () => true)).toEqual(large);

      await drop(page, NOISY);
      const came = await when(page, ({ step }) => step?.picture.width === 64);
      expect([came.name, came.deed, came.index]).toEqual(["noisy.png", null, large.index + 1]);
      await page.keyboard.press("g");
      const clean = await when(page, ({ step }) => step?.made != null);
      expect([clean.deed, clean.index, clean.isSplit]).toEqual(["clean", came.index + 1, true]);
      expect(clean.note).toMatch(/^Noise of \d+\.\d % found and taken out\.$/);
      expect(await page.textContent('[data-test="mend-note"]')).toBe(clean.note);
      expect(changed(came, clean).length).toBeGreaterThan(2000); // of 4096: noise was everywhere

      // The line between before and after.
      const clip = (): Promise<string> => page.$eval(".mend-before", (each) => getComputedStyle(each).clipPath);
      expect(await clip()).toBe("inset(0px 50% 0px 0px)");
      await page.focus(".mend-board .split-handle");
      await page.keyboard.press("ArrowRight");
      expect(await clip()).toBe("inset(0px 47% 0px 0px)");
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("s");
      expect(await page.isVisible(".mend-board .split-handle")).toBe(false);
      await page.keyboard.down("c");
      expect(await clip()).toBe("none");
      await page.keyboard.up("c");
      expect(await page.isVisible(".mend-before")).toBe(false);

      await page.keyboard.press("Control+z");
      expect((await mendingOn(page)).pixels).toEqual(came.pixels);
      await page.keyboard.press("Control+Shift+z");
      expect((await mendingOn(page)).pixels).toEqual(clean.pixels);
      await page.click('.mend-tools [data-value="told"]');
      await page.focus('.mend-tools [data-name="noise"]');
      await page.keyboard.press("End");
      await page.click('[data-test="mend-clean"]');
      const told = await when(page, ({ step }) => step?.made?.note.startsWith("Noise of 25.0 % told") ?? false);
      expect(told.index).toBe(clean.index + 1);

      const [download] = await Promise.all([page.waitForEvent("download"), page.click('[data-test="mend-save"]')]);
      expect(download.suggestedFilename()).toBe("noisy-mended.png");
      const before = await lookAt(page);
      await page.click('[data-test="mend-use"]');
      await page.waitForFunction(
        () => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.mending === null,
      );
      const bench = await whenPainted(page);
      expect([bench.index, bench.generator, bench.width]).toEqual([before.index + 1, "photograph", 64]);
      const colours = await page.evaluate(() => {
        const { albedo } = (globalThis as unknown as { golemYard: AtelierHook }).golemYard.material!.images;
        return [...albedo].filter((_, i) => i % 4 < 3);
      });
      expect(Math.max(...colours.map((value, i) => Math.abs(value - told.pixels[i])))).toBeLessThanOrEqual(1);

      // Its colours are mended on, and what waits is still there.
      await page.click('.make-head [data-value="mend"]');
      expect((await when(page, () => true)).pixels).toEqual(told.pixels);
      await page.click('[data-test="mend-bench-another"]');
      expect((await when(page, ({ step }) => step!.repeats)).name).toBe("noisy, mended");
      await close();
    },
    10 * PATIENCE,
  );

  it(
    "are scratched by pointer and keys, filled, grown anew by the dice, and made from their code",
    async () => {
      const { page, close } = await openMend();
      await drop(page, NOISY);
      const came = await when(page, ({ step }) => step !== null);
      await page.click('.mend-tools [data-value="scratch"]');
      expect(await page.isDisabled('[data-test="mend-grow"]')).toBe(true);
      const board = (await page.locator('[data-test="mend-board"]').boundingBox())!;
      await page.mouse.move(board.x + 0.1 * board.width, board.y + 0.1 * board.height);
      await page.mouse.down();
      await page.mouse.move(board.x + 0.2 * board.width, board.y + 0.1 * board.height, { steps: 4 });
      await page.mouse.up();
      const drawn = await mendingOn(page);
      // One drag is one step. A line of some 6 pixels, 5 broad.
      expect(drawn.index).toBe(came.index + 1);
      expect(drawn.scratched).toBeGreaterThan(30);
      expect(drawn.scratched).toBeLessThan(80);
      await page.focus('[data-test="mend-board"]');
      await page.keyboard.press("Shift+ArrowRight");
      const further = await mendingOn(page);
      expect(further.scratched).toBeGreaterThan(drawn.scratched);
      await page.keyboard.press("Control+z");
      expect((await mendingOn(page)).scratched).toBe(drawn.scratched);
      expect(await page.textContent('[data-test="mend-hole"]')).toBe("1 % is scratched out.");
      expect(await violations(page)).toEqual([]);

      await page.click('[data-test="mend-grow"]');
      const grown = await when(page, ({ step }) => step?.made?.deed === "grow");
      expect([grown.index, grown.scratched, grown.note]).toEqual([3, 0, `Grown with seed ${grown.seed}.`]);
      // Nothing but the scratch has changed.
      const inside = changed(came, grown);
      expect(inside.length).toBeGreaterThan(0);
      expect(inside.length).toBeLessThanOrEqual(drawn.scratched);
      await page.click('[data-test="mend-lock"]');
      expect(await page.isDisabled('[data-test="mend-dice"]')).toBe(true);
      await page.click('[data-test="mend-lock"]');
      await page.click('[data-test="mend-dice"]');
      const other = await when(page, ({ index }) => index === 4);
      expect(other.seed).not.toBe(grown.seed);
      expect(changed(came, other).length).toBeLessThanOrEqual(drawn.scratched);
      await page.click('[data-test="mend-fill"]');
      const filled = await when(page, ({ step }) => step?.made?.deed === "fill");
      expect(changed(came, filled).length).toBeLessThanOrEqual(drawn.scratched);

      await page.click('.mend-tools [data-value="code"]');
      await page.click('[data-test="mend-code"]');
      const kept = await when(page, ({ step }) => step?.made?.deed === "code");
      // 64 × 64 pixels of three numbers.
      expect(kept.note).toMatch(/^[\d,]+ numbers instead of 12,288, [\d.]+ times fewer: -?[\d.]+ dB to the picture\.$/);
      expect(kept.isSplit).toBe(true);
      await close();
    },
    10 * PATIENCE,
  );

  it(
    "stay under way, scratches and all, when a painting that was begun before comes to the bench",
    async () => {
      const { page, close } = await openMend();
      await page.click('.make-head [data-value="picture"]');
      await drop(page, NOISY);
      await page.waitForFunction(() => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.isPainting);
      await page.keyboard.press("Escape");
      await page.click('.order-row [data-value="128"]');
      await page.click('.picture-settings [data-value="fast"]');
      const before = await lookAt(page);
      await page.click('[data-test="paint"]');
      await page.waitForFunction(() => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.isPainting);

      await page.click('.make-head [data-value="mend"]');
      await drop(page, NOISY);
      await when(page, ({ step }) => step !== null);
      await page.click('.mend-tools [data-value="scratch"]');
      await page.focus('[data-test="mend-board"]');
      await page.keyboard.press("Space");
      const scratched = await when(page, ({ step }) => step!.hole.inside.includes(1));
      expect((await lookAt(page)).isPainting).toBe(true);

      const bench = await whenPainted(page, 4 * PATIENCE);
      expect([bench.generator, bench.id === before.id]).toEqual(["example", false]);
      expect(await mendingOn(page)).toEqual(scratched);
      await close();
    },
    10 * PATIENCE,
  );

  it(
    "are mended on a phone under a finger, with no control cut off; a tool without its network rests, and the others work",
    async () => {
      const phone = { width: 390, height: 844 };
      const context = await browser.newContext({ viewport: phone, hasTouch: true });
      await context.route("**/models/denoiser/denoiser.bnw", (route) => route.fulfill({ status: 404, body: "" }));
      const { page, close } = await openMend({ context, allow: [/404/] });
      await drop(page, NOISY);
      const came = await when(page, ({ step }) => step !== null);
      expect([await controlsCutOff(page), await violations(page)]).toEqual([0, []]);
      await page.tap('[data-test="mend-clean"]');
      await page.waitForSelector(".mend-lack:visible");
      expect(await page.textContent(".mend-lack span")).toMatch(
        /^The network that takes noise out could not be had, so this tool rests\. .*denoiser\.bnw/,
      );
      expect(await page.isDisabled('[data-test="mend-clean"]')).toBe(true);
      expect(await mendingOn(page)).toEqual(came);
      await context.unroute("**/models/denoiser/denoiser.bnw");
      await page.tap('[data-test="mend-again"]');
      await page.tap('[data-test="mend-clean"]');
      await when(page, ({ step }) => step?.made?.deed === "clean");

      await page.tap('.phone-tab[data-value="adjust"]');
      await page.tap('.mend-tools [data-value="scratch"]');
      await page.tap('[data-test="mend-board"]', { position: { x: 40, y: 40 } });
      const dotted = await when(page, ({ step }) => step!.hole.inside.includes(1));
      expect(dotted.scratched).toBeLessThan(60);
      expect([await controlsCutOff(page), await violations(page)]).toEqual([0, []]);
      await page.tap('[data-test="mend-grow"]');
      const grown = await when(page, ({ step }) => step?.made?.deed === "grow");
      await page.tap('[data-test="undo"]');
      expect((await mendingOn(page)).index).toBe(grown.index - 1);
      await close();
      await context.close();
    },
    10 * PATIENCE,
  );
});
