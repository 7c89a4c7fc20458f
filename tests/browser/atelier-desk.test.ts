import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "../../plugin/paint/png.ts";
import type { AtelierHook } from "../../sample-game/atelier/view/atelier-hook.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { drop, dropOn, farthest, pixelsOf, toastsOn, whenPainted, type TestFile } from "./atelier-page.ts";
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
  await visit.page.click('.make-head [data-value="imagined"]');
  await visit.page.waitForSelector('[data-test="try-example"]');
  return visit;
}

interface Imagined {
  readonly steps: number;
  readonly index: number;
  readonly name: string;
  readonly wish: AtelierHook["wish"];
  readonly recipe: NonNullable<AtelierHook["material"]>["recipe"];
}

/** Waits for this step's finished material, and looks. */
async function whenStep(page: Page, index: number): Promise<Imagined> {
  await page.waitForFunction(
    (at) => (globalThis as unknown as { golemYard: AtelierHook }).golemYard.index === at,
    index,
  );
  await whenPainted(page, 2 * PATIENCE);
  return page.evaluate(() => {
    const { steps, index: at, material, wish } = (globalThis as unknown as { golemYard: AtelierHook }).golemYard;
    const { name, recipe } = material!;
    return { steps, index: at, name, recipe, wish };
  });
}

function rolesOf({ recipe }: Imagined): string[] {
  return recipe.pictures.map(({ role, name }) => `${role} ${name}`);
}

describe.each(["webgpu", "webgl2"])("What is imagined in the Atelier on %s", (renderer) => {
  it(
    "is arithmetic with three dropped pictures, moved by a slider, undone, and made again from its recipe after a reload",
    async () => {
      const { page, context, close } = await openImagine(`&renderer=${renderer}`);
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
      const mossy = await whenStep(page, 2);
      expect(mossy.recipe.settings["change"]).toEqual({ moss: 1 });
      expect(await pixelsOf(page)).not.toEqual(pixels);
      await page.keyboard.press("Control+z");
      expect((await whenStep(page, 1)).wish.imagining.change).toEqual({});
      expect(farthest(await pixelsOf(page), pixels)).toBe(0);
      await page.keyboard.press("Control+Shift+z");
      await whenStep(page, 2);
      const kept = await pixelsOf(page);

      await page.click('.export-menu > .button, [data-test="export"]');
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
      expect(farthest(await pixelsOf(page), kept)).toBeLessThanOrEqual(1);
      expect(again.wish.imagining.places.b?.name).toBe("grey.png");
      await page.waitForSelector('[data-test="place-b"] img');

      // Without B, A and C are mixed. What was taken off comes back by itself when nothing can be imagined any more.
      await page.click('[data-test="clear-b"]');
      expect(rolesOf(await whenStep(page, 2))).toEqual(["like green.png", "like red.png"]);
      await dropOn(page, '[data-test="place-b"]', GREY);
      expect(rolesOf(await whenStep(page, 3))).toEqual(rolesOf(first));
      await close();
    },
    10 * PATIENCE,
  );
});

describe("The desk for what is imagined", () => {
  it(
    "is used on a phone, with no control cut off and no barrier",
    async () => {
      const { page, close } = await openImagine("&renderer=webgl2", {
        viewport: { width: 390, height: 844 },
        touch: true,
      });
      await page.click('[data-test="try-example"]');
      const { name } = await whenStep(page, 1);
      expect(name).toBe("Mossy stone − Stone + Brick");
      for (const tab of ["make", "adjust"]) {
        await page.click(`.phone-tab[data-value="${tab}"]`);
        const cut = await page.evaluate(
          () =>
            [...document.querySelectorAll<HTMLElement>(".atelier-make button, .atelier-make input")]
              .filter((each) => each.offsetParent !== null)
              .map((each) => each.getBoundingClientRect())
              .filter((box) => box.width > 0 && (box.left < -0.5 || box.right > window.innerWidth + 0.5)).length,
        );
        expect([tab, cut]).toEqual([tab, 0]);
        expect([tab, await violations(page)]).toEqual([tab, []]);
      }
      expect(await toastsOn(page)).toEqual([]);
      await close();
    },
    6 * PATIENCE,
  );
});
