import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AtelierHook } from "../../sample-game/atelier/view/atelier-hook.ts";
import type { MazeHook } from "../../sample-game/maze/view/maze-hook.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import {
  controlsCutOff,
  copyRecipe,
  drop,
  farthest,
  hugePng,
  lookAt,
  pasteText,
  pebblePng,
  pixelsOf,
  type TestFile,
  toastsOn,
  whenPainted,
} from "./atelier-page.ts";
import { gameUrl, PATIENCE } from "./game-page.ts";
import { launchChromium, openPage, serveSite, type Visit, type VisitOptions } from "./harness.ts";

const PNG = "image/png";
const PEBBLES: TestFile = { name: "pebbles.png", type: PNG, bytes: pebblePng(96, 96) };

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

async function openAtelier(options: VisitOptions = {}, more = ""): Promise<Visit> {
  const visit = await openPage(browser, gameUrl(site.url, `&room=atelier${more}`), options);
  await whenPainted(visit.page);
  return visit;
}

/** Drops the pebbles, stops the painting that begins, and sets what paints fast. */
async function preparePicture(page: Page): Promise<void> {
  await drop(page, PEBBLES);
  await page.waitForFunction(() => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.isPainting);
  await page.keyboard.press("Escape");
  await page.click('.order-row [data-value="128"]');
  await page.click('.picture-settings [data-value="fast"]');
  await page.click('.picture-settings [data-value="flat"]');
}

async function paint(page: Page): Promise<void> {
  const { steps } = await lookAt(page);
  await page.click('[data-test="paint"]');
  await page.waitForFunction(
    (before) => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.steps > before,
    steps,
    { timeout: 2 * PATIENCE },
  );
  await whenPainted(page);
}

/** Clicks something that saves a file, and gives the file. */
async function saved(page: Page, selector: string): Promise<{ name: string; bytes: Uint8Array }> {
  await page.click('[data-test="export"]');
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: PATIENCE }), page.click(selector)]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

describe("The Atelier", () => {
  it(
    "paints from a dropped picture, undoes and redoes it, saves it, and paints it again from its recipe after a reload",
    async () => {
      const { page, context, close } = await openAtelier();
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      const first = await lookAt(page);
      await preparePicture(page);
      await paint(page);

      const made = await lookAt(page);
      expect(made).toMatchObject({ generator: "example", width: 128, target: "wall", steps: 2 });
      expect(made.wall).toBe(made.id);
      await page.keyboard.press("Control+z");
      expect(await lookAt(page)).toMatchObject({ checksum: first.checksum, wall: first.id, index: 0 });
      await page.keyboard.press("Control+Shift+Z");
      expect(await lookAt(page)).toMatchObject({ checksum: made.checksum, wall: made.id, index: 1 });

      const pixels = await pixelsOf(page);
      const zip = await saved(page, '[data-test="export-zip"]');
      expect(zip.name).toMatch(/^pebbles-\d+\.zip$/);
      const recipe = await copyRecipe(page);

      await page.reload();
      await whenPainted(page);
      // The recipe alone: its picture was kept by its hash.
      await pasteText(page, recipe);
      await page.waitForFunction(
        () => {
          const { golemYard } = globalThis as unknown as { golemYard: AtelierHook };
          return !golemYard.isPainting && golemYard.material?.recipe.generator === "example";
        },
        null,
        { timeout: 2 * PATIENCE },
      );
      expect(farthest(pixels, await pixelsOf(page))).toBeLessThanOrEqual(1);

      // And the zip, which holds the pixels themselves.
      await page.keyboard.press("Control+z");
      await drop(page, { name: zip.name, type: "application/zip", bytes: zip.bytes });
      await page.waitForFunction(
        () => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.material?.recipe.generator === "example",
        null,
        { timeout: PATIENCE },
      );
      expect(farthest(pixels, await pixelsOf(page))).toBeLessThanOrEqual(1);
      await close();
    },
    7 * PATIENCE,
  );

  it(
    "keeps everything as it was when a painting is cancelled in the middle",
    async () => {
      const { page, close } = await openAtelier();
      const before = await lookAt(page);
      await drop(page, PEBBLES);
      await page.waitForSelector('[data-test="cancel"]:visible', { timeout: PATIENCE });
      await page.click('[data-test="cancel"]');
      const after = await lookAt(page);
      expect(after).toEqual({ ...before, isPainting: false });
      expect(await page.isVisible('[data-test="progress"]')).toBe(false);
      await close();
    },
    3 * PATIENCE,
  );

  it(
    "says what is wrong with a picture, and keeps the previous material",
    async () => {
      const { page, close } = await openAtelier();
      const before = await lookAt(page);
      const cases: [TestFile, RegExp][] = [
        [
          { name: "notes.png", type: PNG, bytes: Buffer.from("These are only words.") },
          /“notes\.png”: needed a PNG, JPEG/,
        ],
        [
          { name: "dot.png", type: PNG, bytes: pebblePng(1, 1) },
          /“dot\.png”: needed at least 16 × 16 pixels, came 1 × 1/,
        ],
        [{ name: "line.png", type: PNG, bytes: pebblePng(10_000, 1) }, /“line\.png”: needed at least 16 × 16/],
        [{ name: "sea.png", type: PNG, bytes: hugePng(60_000) }, /“sea\.png”: needed at most 16384 pixels a side/],
        [{ name: "half.png", type: PNG, bytes: PEBBLES.bytes.subarray(0, 300) }, /“half\.png”/],
        [{ name: "foreign.zip", type: "application/zip", bytes: Buffer.from("PK nothing") }, /zip/i],
        [{ name: "foreign.json", type: "application/json", bytes: Buffer.from('{"a": 1}') }, /format/],
      ];
      for (const [file, message] of cases) {
        await drop(page, file);
        await expect.poll(() => toastsOn(page), { timeout: PATIENCE }).toContainEqual(expect.stringMatching(message));
        expect(await lookAt(page)).toEqual(before);
      }
      await close();
    },
    4 * PATIENCE,
  );

  it(
    "takes transparent and moving pictures with a word about it",
    async () => {
      const { page, close } = await openAtelier();
      const before = await lookAt(page);
      const glass = { name: "glass.png", type: PNG, bytes: pebblePng(64, 64, 0) };
      for (const [file, message] of [
        [glass, "transparent"],
        [{ name: "film.gif", type: "image/gif", bytes: movingGif() }, "only its first frame"],
      ] as const) {
        await drop(page, file);
        await page.waitForFunction(
          (words) => document.querySelector(".atelier-toasts")!.textContent.includes(words),
          message,
          { timeout: PATIENCE },
        );
        await page.waitForFunction(() => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.isPainting);
        await page.keyboard.press("Escape");
        expect(await lookAt(page)).toMatchObject({ id: before.id, steps: before.steps, isPainting: false });
      }
      await close();
    },
    3 * PATIENCE,
  );

  it(
    "can be worked with by keys alone",
    async () => {
      const { page, close } = await openAtelier();
      const before = await lookAt(page);
      await page.focus('.class-grid [aria-checked="true"]');
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction(
        () => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.steps === 2,
        null,
        {
          timeout: PATIENCE,
        },
      );
      const sand = await whenPainted(page);
      expect(sand.checksum).not.toBe(before.checksum);
      // A slider, by arrow keys.
      await page.focus('.look-sliders [data-name="moss"]');
      await page.keyboard.press("PageUp"); // once, since several are one change only where the machine is quick
      await page.waitForFunction(
        () => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.steps === 3,
        null,
        {
          timeout: PATIENCE,
        },
      );
      await whenPainted(page);
      // Put it on another part: P opens the list, arrows walk through it.
      await page.focus("#stage");
      await page.keyboard.press("p");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      expect(await lookAt(page)).toMatchObject({ target: "ground", steps: 4, view: "yard" });
      // Back to the beginning, another view, and the seed's dice.
      for (let step = 0; step < 3; step++) await page.keyboard.press("Control+z");
      expect(await lookAt(page)).toMatchObject({ checksum: before.checksum, index: 0, target: "wall" });
      await page.keyboard.press("3");
      expect((await lookAt(page)).view).toBe("sphere");
      await page.keyboard.press("d");
      await page.waitForFunction(
        () => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.index === 1,
        null,
        {
          timeout: PATIENCE,
        },
      );
      await close();
    },
    4 * PATIENCE,
  );

  it(
    "keeps materials for the next visit, and forgets them when asked",
    async () => {
      const { page, close } = await openAtelier();
      const { checksum } = await lookAt(page);
      await page.keyboard.press("k");
      await page.waitForSelector(".shelf .tile", { timeout: PATIENCE });
      await page.reload();
      await whenPainted(page);
      await page.click('.class-grid [data-value="brick"]');
      await page.waitForFunction(
        () => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.steps === 2,
        null,
        {
          timeout: PATIENCE,
        },
      );
      await page.click(".shelf .tile");
      await page.waitForFunction(
        () => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.steps === 3,
        null,
        { timeout: PATIENCE },
      );
      expect((await lookAt(page)).checksum).toBe(checksum);
      await page.hover(".shelf li");
      await page.click(".shelf .tile-remove");
      await page.waitForFunction(() => document.querySelectorAll(".shelf .tile").length === 0, null, {
        timeout: PATIENCE,
      });
      await page.getByRole("status").filter({ hasText: "Forgotten" }).getByRole("button", { name: "Undo" }).click();
      await page.waitForSelector(".shelf .tile", { timeout: PATIENCE });
      await close();
    },
    4 * PATIENCE,
  );

  it(
    "fits a phone, where a tap puts the material on a part and no control is cut off",
    async () => {
      const { page, close } = await openAtelier({ viewport: { width: 390, height: 844 }, touch: true });
      for (const tab of ["make", "adjust", "view", "keep"]) {
        await page.click(`.phone-tab[data-value="${tab}"]`);
        const cut = await controlsCutOff(page, ".room-atelier button:not(.history *), .room-picker button");
        expect([tab, cut]).toEqual([tab, 0]);
      }
      await page.click('[data-test="put-on"]');
      const spot = await page.evaluate(() => ({ x: window.innerWidth / 2, y: 300 }));
      await page.touchscreen.tap(spot.x, spot.y);
      await page.waitForFunction(() => document.querySelector(".put-panel[hidden]") !== null);
      await close();
    },
    3 * PATIENCE,
  );

  it(
    "works on WebGL2, shows a material when it is opened again, and leaves nothing behind",
    async () => {
      const { page, close } = await openAtelier({}, "&renderer=webgl2");
      const enter = async (room: string): Promise<void> => {
        await page.click(`.room-picker [aria-label="${room}"]`);
        await page.waitForFunction(
          (id) => (globalThis as unknown as { golemYard?: { room?: string } }).golemYard?.room === id,
          room === "Atelier" ? "atelier" : "maze",
          { timeout: PATIENCE },
        );
      };
      const textures: number[] = [];
      const milliseconds: number[] = [];
      for (let round = 0; round < 3; round++) {
        await enter("Hedge Maze");
        textures.push(await countTextures(page));
        await enter("Atelier");
        await whenPainted(page);
        await page.waitForFunction(
          () => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.firstMaterialMilliseconds !== null,
          null,
          { timeout: PATIENCE },
        );
        milliseconds.push(
          await page.evaluate(
            () => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.firstMaterialMilliseconds!,
          ),
        );
      }
      console.log(`first material after ${milliseconds.map(Math.round).join(", ")} ms`);
      expect(textures[0]).toBeGreaterThan(0);
      expect(textures[2]).toBe(textures[1]);
      expect(await toastsOn(page)).toEqual([]);
      await close();
    },
    5 * PATIENCE,
  );
});

/** Textures that the page's engine holds while the maze is open. */
function countTextures(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { golemYard: MazeHook }).golemYard.textures);
}

/** A GIF of two frames, 32 × 32, one grey. */
function movingGif(): Uint8Array {
  const frame = [0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 32, 0, 32, 0, 0];
  // LZW with a clear code before every pair of pixels, so that codes stay three bits wide.
  const codes: number[] = [];
  for (let pixel = 0; pixel < 32 * 32; pixel += 2) codes.push(4, (pixel / 2) % 2, 0);
  codes.push(5);
  const packed: number[] = [];
  let held = 0;
  let bits = 0;
  for (const code of codes) {
    held |= code << bits;
    bits += 3;
    while (bits >= 8) {
      packed.push(held & 255);
      held >>= 8;
      bits -= 8;
    }
  }
  packed.push(held & 255);
  const blocks: number[] = [];
  for (let at = 0; at < packed.length; at += 255) {
    const block = packed.slice(at, at + 255);
    blocks.push(block.length, ...block);
  }
  const data = [2, ...blocks, 0];
  const head = [...Buffer.from("GIF89a"), 32, 0, 32, 0, 0x81, 0, 0, 90, 90, 90, 160, 160, 160, 0, 0, 0, 0, 0, 0];
  const loop = [0x21, 0xff, 11, ...Buffer.from("NETSCAPE2.0"), 3, 1, 0, 0, 0];
  return Uint8Array.from([...head, ...loop, ...frame, ...data, ...frame, ...data, 0x3b]);
}
