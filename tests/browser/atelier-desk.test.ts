import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "../../plugin/paint/png.ts";
import type { AtelierHook } from "../../sample-game/atelier/view/atelier-hook.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import {
  controlsCutOff,
  drop,
  dropOn,
  farthest,
  pixelsOf,
  toastsOn,
  whenPainted,
  type TestFile,
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

/** Waits for a sketch in a picture of the panel. */
async function whenSketched(page: Page, selector: string): Promise<void> {
  await page.waitForFunction(
    (pictures) => [...document.querySelectorAll<HTMLImageElement>(pictures)].every((each) => each.naturalWidth > 0),
    selector,
  );
}

describe("What is imagined in the Atelier", () => {
  it(
    "is arithmetic with three dropped pictures, moved by a slider, undone, and made again from its recipe after a reload",
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

      await page.click('[data-test="export"]');
      await page.click('[data-test="copy-recipe"]');
      await page.waitForFunction(() => document.body.innerText.includes("The recipe is copied"));
      const recipe = await page.evaluate(() => navigator.clipboard.readText());
      await page.reload();
      await whenPainted(page);
      await page.evaluate((text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text);
        window.dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
      }, recipe);
      const again = await whenStep(page, 1);
      expect(farthest(await pixelsOf(page), mossy)).toBeLessThanOrEqual(1);
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
      expect(await toastsOn(page)).toEqual([]);
      await close();
    },
    6 * PATIENCE,
  );
});
