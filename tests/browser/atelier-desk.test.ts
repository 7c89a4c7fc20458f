import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "../../plugin/paint/png.ts";
import type { AtelierHook } from "../../sample-game/atelier/view/atelier-hook.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import {
  controlsCutOff,
  copyRecipe,
  drop,
  dropOn,
  farthest,
  pasteText,
  pixelsOf,
  type TestFile,
  toastsOn,
  whenPainted,
} from "./atelier-page.ts";
import { gameUrl, PATIENCE } from "./game-page.ts";
import { launchChromium, openPage, serveSite, type Visit, type VisitOptions } from "./harness.ts";
import { violations } from "./studio-page.ts";

const PNG = "image/png";

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

/** A picture of waves in some colour. */
function wavesPng(name: string, colour: readonly [number, number, number], cycles: number): TestFile {
  const side = 64;
  const pixels = new Uint8Array(side * side * 3);
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side)];
    const wave = Math.sin((2 * Math.PI * cycles * x) / side) * Math.cos((2 * Math.PI * cycles * y) / side);
    pixels[i] = colour[i % 3] * (0.7 + 0.3 * wave);
  }
  return { name, type: PNG, bytes: encodePng({ width: side, height: side, channels: 3, pixels }) };
}
const GREEN = wavesPng("green.png", [90, 140, 60], 5);
const GREY = wavesPng("grey.png", [140, 140, 140], 3);
const RED = wavesPng("red.png", [190, 80, 50], 8);

/** Four white bars, with black ones between them. */
const STRIPES: TestFile = {
  name: "stripes.png",
  type: PNG,
  bytes: encodePng({
    ...{ width: 64, height: 64, channels: 3 },
    pixels: Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (Math.floor(i / 3) % 16 < 4 ? 0 : 255)),
  }),
};

/** Opens the Atelier where something is imagined. */
async function openImagine(more = "", options: VisitOptions = {}): Promise<Visit> {
  const visit = await openPage(browser, gameUrl(site.url, `&room=atelier${more}`), options);
  visit.page.setDefaultTimeout(2 * PATIENCE);
  await whenPainted(visit.page);
  await visit.page.focus("#stage");
  await visit.page.keyboard.press("5"); // drawn quickly
  await visit.page.click('.make-head [data-value="imagined"]');
  await visit.page.waitForSelector('[data-test="try-example"]');
  return visit;
}

interface Imagined {
  readonly index: number;
  readonly name: string;
  readonly wish: AtelierHook["wish"];
  readonly recipe: NonNullable<AtelierHook["material"]>["recipe"];
}

function imaginedOn(page: Page): Promise<Imagined> {
  return page.evaluate(() => {
    const { index, material, wish } = (globalThis as unknown as { golemYard: AtelierHook }).golemYard;
    const { name, recipe } = material!;
    return { index, name, recipe, wish };
  });
}

/** Waits for this step's finished material, and looks. */
async function whenStep(page: Page, index: number): Promise<Imagined> {
  await page.waitForFunction(
    (at) => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.index === at,
    index,
  );
  await whenPainted(page, 2 * PATIENCE);
  return imaginedOn(page);
}

/** After something that may take several steps: waits until what is wished is as said, and painted. */
async function whenWished(page: Page, isSo: (wish: Imagined["wish"]["imagining"]) => boolean): Promise<Imagined> {
  const source = `(() => { const { wish, isAhead } = globalThis.golemYard; return !isAhead && (${isSo.toString()})(wish.imagining); })()`;
  await page.waitForFunction(source);
  await whenPainted(page, 2 * PATIENCE);
  return imaginedOn(page);
}

function rolesOf({ recipe }: Imagined): string[] {
  return recipe.pictures.map(({ role, name }) => `${role} ${name}`);
}

/** How many pieces the sheet says that there are. */
async function piecesOn(page: Page): Promise<number> {
  const said = (await page.textContent('[data-test="piece-count"]'))!;
  return said === "One piece" ? 1 : Number.parseInt(said, 10);
}

/** Waits for a sketch in a picture of the panel. */
async function whenSketched(page: Page, selector: string): Promise<void> {
  await page.waitForFunction(
    (pictures) => [...document.querySelectorAll<HTMLImageElement>(pictures)].every((each) => each.naturalWidth > 0),
    selector,
  );
}

describe("What is imagined in the Atelier", () => {
  it(
    "is arithmetic with three dropped pictures, moved by sliders and towards a class, undone, and made again from its recipe after a reload",
    async () => {
      const { page, context, close } = await openImagine("&renderer=webgl2");
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await drop(page, { name: "notes.png", type: PNG, bytes: Buffer.from("These are only words.") });
      await expect
        .poll(() => toastsOn(page), { timeout: PATIENCE })
        .toContainEqual(expect.stringMatching(/“notes\.png”: needed a PNG/));
      await drop(page, GREEN, GREY, RED);
      const first = await whenStep(page, 1);
      expect([first.name, rolesOf(first)]).toEqual([
        "green − grey + red",
        ["like green.png", "without grey.png", "plus red.png"],
      ]);
      expect(first.recipe).toMatchObject({ generator: "imagined", width: 256 });
      expect(first.recipe.imaginer).toMatch(/^[0-9a-f]{64}$/);
      expect(await page.isVisible('[data-test="compare"]')).toBe(true);
      const pixels = await pixelsOf(page);

      await page.focus('.change-sliders [data-name="moss"]');
      await page.keyboard.press("End");
      expect((await whenStep(page, 2)).recipe.settings["change"]).toEqual({ moss: 1 });
      const mossy = await pixelsOf(page);
      expect(mossy).not.toEqual(pixels);
      await page.keyboard.press("Control+z");
      expect((await whenStep(page, 1)).wish.imagining.change).toEqual({});
      expect(farthest(await pixelsOf(page), pixels)).toBe(0);
      await page.keyboard.press("Control+Shift+z");
      await whenStep(page, 2);

      // A class is chosen, and the slider leads all the way to it, and back.
      expect(await page.isDisabled('.change-sliders [data-name="towards"]')).toBe(true);
      await page.selectOption('[data-test="towards-class"]', "sand");
      expect((await whenStep(page, 3)).recipe.settings["towards"]).toEqual({ material: "sand", share: 0.5 });
      await page.focus('.change-sliders [data-name="towards"]');
      await page.keyboard.press("End");
      expect((await whenStep(page, 4)).recipe.settings["towards"]).toEqual({ material: "sand", share: 1 });
      const sandy = await pixelsOf(page);
      expect(farthest(sandy, mossy)).toBeGreaterThan(20);
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      expect((await whenStep(page, 2)).recipe.settings["towards"]).toBeUndefined();
      expect(farthest(await pixelsOf(page), mossy)).toBe(0);
      await page.keyboard.press("Control+Shift+z");
      await page.keyboard.press("Control+Shift+z");
      await whenStep(page, 4);

      const recipe = await copyRecipe(page);
      await page.reload();
      await whenPainted(page);
      await pasteText(page, recipe);
      const again = await whenStep(page, 1);
      expect(farthest(await pixelsOf(page), sandy)).toBeLessThanOrEqual(1);
      expect(again.wish.imagining.towards).toEqual({ material: "sand", share: 1 });
      expect(again.wish.imagining.places.b?.name).toBe("grey.png");
      await page.waitForSelector('[data-test="place-b"] img');

      // Without B, A and C are mixed.
      await page.click('[data-test="clear-b"]');
      expect(rolesOf(await whenStep(page, 2))).toEqual(["like green.png", "like red.png"]);
      await dropOn(page, '[data-test="place-b"]', GREY);
      expect(rolesOf(await whenStep(page, 3))).toEqual(rolesOf(first));

      // What lies on the bench, a class, and what was kept go to places as well.
      await page.click('[data-test="place-a"]');
      await page.click('[data-test="take-bench"]');
      expect(rolesOf(await whenStep(page, 4))[0]).toBe("like green − grey + red");
      await page.click('[data-test="place-b"]');
      await page.click('.imagine-panel [data-value="sand"]');
      expect(rolesOf(await whenStep(page, 5))[1]).toBe("without Sand");
      await page.click('[data-test="keep"]');
      await page.click('[data-test="place-c"]');
      await page.click('[aria-label="Or what you have kept"] .tile');
      expect(rolesOf(await whenStep(page, 6))[2]).toMatch(/^plus green − grey \+ red − Sand/);
      await close();
    },
    8 * PATIENCE,
  );

  it(
    "is scrubbed along a path between two pictures, and walked to on the map by keys and pointer",
    async () => {
      const { page, close } = await openImagine("&renderer=webgl2");
      await page.click('.imagine-panel [data-value="path"]');
      await drop(page, GREEN, RED);
      const half = await whenStep(page, 1);
      expect([rolesOf(half), half.recipe.settings["weights"]]).toEqual([
        ["like green.png", "like red.png"],
        [0.5, 0.5],
      ]);
      await whenSketched(page, '[data-test="path"] img');
      const strip = (await page.locator('[data-test="path"]').boundingBox())!;
      await page.mouse.move(strip.x + 0.5 * strip.width, strip.y + 10);
      await page.mouse.down();
      await page.mouse.move(strip.x + 0.75 * strip.width, strip.y + 10, { steps: 3 });
      await page.mouse.up();
      const scrubbed = await whenWished(page, ({ share }) => share > 0.7);
      expect(scrubbed.name).toMatch(/^green → red, 7\d %$/);
      await page.focus('.path-strip [data-name="share"]');
      await page.keyboard.press("End");
      expect((await whenWished(page, ({ share }) => share === 1)).recipe.settings["weights"]).toEqual([0, 1]);

      // What leads to nothing is taken back by itself.
      const { index } = await imaginedOn(page);
      await page.click('[data-test="clear-a"]');
      expect((await imaginedOn(page)).wish.imagining.places.a).toBeNull();
      await page.keyboard.press("Control+z");
      const back = await imaginedOn(page);
      expect([back.index, back.wish.imagining.places.a?.name]).toEqual([index, "green.png"]);

      await page.click('.imagine-panel [data-value="map"]');
      // One stands on the newest picture.
      expect((await whenWished(page, ({ spot }) => spot !== null)).name).toBe("red");
      await page.focus('[data-test="map"]');
      await page.keyboard.press("Home");
      const middle = await whenWished(page, ({ spot }) => spot!.place!.every((part) => part === 0));
      expect(middle.name).toMatch(/^(Near|Between) /);
      expect(await page.textContent('[data-test="map-name"]')).toBe(middle.name);
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Shift+ArrowUp");
      const east = await whenWished(page, ({ spot }) => spot!.place![0] === 0.08 && spot!.place![1] === 0.02);
      expect(east.recipe.settings["code"]).not.toEqual(middle.recipe.settings["code"]);
      const board = (await page.locator('[data-test="map"]').boundingBox())!;
      await page.mouse.move(board.x + 12, board.y + board.height - 60);
      await page.mouse.down();
      await page.mouse.move(board.x + 4, board.y + board.height - 3, { steps: 3 });
      await page.mouse.up();
      const corner = await whenWished(page, ({ spot }) => spot!.place!.every((part) => part === -1));
      await whenSketched(page, ".map-ground img");
      expect(await violations(page)).toEqual([]);
      // However long a drag lasts, it is one step.
      expect(corner.index).toBe(east.index + 1);
      await page.keyboard.press("Control+z");
      expect((await whenStep(page, east.index)).wish.imagining.spot).toEqual(east.wish.imagining.spot);
      expect(await toastsOn(page)).toEqual([]);
      await close();
    },
    8 * PATIENCE,
  );

  it(
    "has pieces that are counted, drawn by pointer and keys, read off a picture, undone, and the same after a reload",
    async () => {
      const { page, context, close } = await openImagine("&renderer=webgl2");
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.click('[data-test="place-a"]');
      await page.click('.imagine-panel [data-value="brick"]');
      await whenStep(page, 1);
      const planned = await pixelsOf(page);
      await page.click('[aria-label="How pieces lie"] [data-value="bond"]');
      const bond = await whenStep(page, 2);
      expect(bond.recipe.settings["pieces"]).toMatchObject({ kind: "bond", across: 7 });
      await page.focus('.piece-numbers [data-name="across"]');
      await page.keyboard.press("Home");
      expect((await whenStep(page, 3)).recipe.settings["pieces"]).toMatchObject({ kind: "bond", across: 1 });
      await page.click('[aria-label="How pieces lie"] [data-value="none"]');
      expect((await whenStep(page, 4)).recipe.settings["pieces"]).toEqual({ kind: "none" });
      await page.click('[aria-label="How pieces lie"] [data-value="planned"]');
      await whenStep(page, 5);
      expect(farthest(await pixelsOf(page), planned)).toBe(0);

      // The sheet begins with what the network plans: some 80 bricks on a tile of 256 pixels.
      await page.click('[aria-label="How pieces lie"] [data-value="drawn"]');
      await whenStep(page, 6);
      expect(await piecesOn(page)).toBeGreaterThan(40);
      await page.click('[data-test="piece-clear"]');
      const cleared = await whenStep(page, 7);
      expect(await piecesOn(page)).toBe(1);
      const bare = await pixelsOf(page);
      // Two lines from border to border part the tile, which goes on around its borders, in two.
      await page.locator('[data-test="piece-board"]').scrollIntoViewIfNeeded();
      const board = (await page.locator('[data-test="piece-board"]').boundingBox())!;
      for (const [share, index] of [
        [0.25, 8],
        [0.75, 9],
      ]) {
        await page.mouse.move(board.x - 4, board.y + share * board.height);
        await page.mouse.move(board.x + 2, board.y + share * board.height);
        await page.mouse.down();
        await page.mouse.move(board.x + board.width + 6, board.y + share * board.height, { steps: 6 });
        await page.mouse.up();
        await whenStep(page, index); // however many moves it had
      }
      expect(await piecesOn(page)).toBe(2);
      const drawn = await pixelsOf(page);
      expect(farthest(drawn, bare)).toBeGreaterThan(20);
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      expect((await whenStep(page, 7)).recipe.settings["pieces"]).toEqual(cleared.recipe.settings["pieces"]);
      expect([await piecesOn(page), farthest(await pixelsOf(page), bare)]).toEqual([1, 0]);
      await page.keyboard.press("Control+Shift+z");
      await page.keyboard.press("Control+Shift+z");
      await whenStep(page, 9);
      expect([await piecesOn(page), farthest(await pixelsOf(page), drawn)]).toEqual([2, 0]);

      // By keys: down over both lines, with Shift held, from where the pointer was last.
      await page.focus('[data-test="piece-board"]');
      for (let press = 0; press < 32; press++) await page.keyboard.press("Shift+ArrowDown");
      const byKeys = await whenWished(page, ({ pieces }) => pieces !== null);
      // A line down through both rows alone leaves each row whole around the border.
      expect([await piecesOn(page), byKeys.index]).toEqual([2, 10]);
      // Off the line that was drawn.
      for (const key of ["ArrowRight", "ArrowUp", "ArrowUp", "Space"]) await page.keyboard.press(key);
      await whenStep(page, 11);
      expect(await violations(page)).toEqual([]);

      const recipe = await copyRecipe(page);
      const last = await pixelsOf(page);
      await page.reload();
      await whenPainted(page);
      await pasteText(page, recipe);
      await whenStep(page, 1);
      expect(farthest(await pixelsOf(page), last)).toBeLessThanOrEqual(1);
      expect(await piecesOn(page)).toBe(2);

      // A picture on the sheet is one of pieces; one in colours is none.
      await dropOn(page, '[data-test="piece-board"]', STRIPES);
      expect((await whenStep(page, 2)).recipe.pictures).toHaveLength(1);
      expect(await piecesOn(page)).toBe(4);
      await dropOn(page, '[data-test="piece-board"]', GREEN);
      await expect
        .poll(() => toastsOn(page), { timeout: PATIENCE })
        .toContainEqual(expect.stringMatching(/“green\.png”: needed a picture in black and white, came one of which/));
      await close();
    },
    10 * PATIENCE,
  );

  it(
    "is made on a phone with WebGPU, with no control cut off and no barrier",
    async () => {
      const { page, close } = await openImagine("&renderer=webgpu", {
        viewport: { width: 390, height: 844 },
        touch: true,
      });
      await page.click('[data-test="try-example"]');
      expect((await whenStep(page, 1)).name).toBe("Mossy stone − Stone + Brick");
      for (const [tab, way] of [
        ["make", "arithmetic"],
        ["make", "map"],
        ["adjust", null],
      ] as const) {
        await page.click(`.phone-tab[data-value="${tab}"]`);
        if (way) await page.click(`.imagine-panel [data-value="${way}"]`);
        const cut = await controlsCutOff(page);
        expect([tab, way, cut]).toEqual([tab, way, 0]);
        expect([tab, way, await violations(page)]).toEqual([tab, way, []]);
      }
      // Joints are drawn by a finger, on a sheet that is seen whole.
      await page.click('[aria-label="How pieces lie"] [data-value="drawn"]');
      const planned = await whenWished(page, ({ pieces }) => pieces?.kind === "drawn");
      await page.locator('[data-test="piece-board"]').scrollIntoViewIfNeeded();
      const cut = await controlsCutOff(page);
      expect([cut, await violations(page)]).toEqual([0, []]);
      await page.tap('[data-test="piece-clear"]');
      await whenStep(page, planned.index + 1);
      await page.locator('[data-test="piece-board"]').scrollIntoViewIfNeeded();
      await page.tap('[data-test="piece-board"]');
      const dotted = await whenStep(page, planned.index + 2);
      const inside = (dotted.recipe.settings["pieces"] as { bits: string }).bits;
      // A dot in the middle: its bits, which are not set, are few.
      const bits = [...Buffer.from(inside, "base64")].map((byte) => byte.toString(2)).join("");
      const joints = bits.split("0").length - 1;
      expect(joints).toBeGreaterThan(0);
      expect(joints).toBeLessThan(40);
      expect(await toastsOn(page)).toEqual([]);
      await close();
    },
    6 * PATIENCE,
  );
});
