import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../scripts/static-server.ts";
import { launchChromium, serveSite } from "./harness.ts";
import {
  choosePebbles,
  field,
  materialName,
  openPaint,
  paint,
  pixelsOn,
  recipeOn,
  visitPaint,
} from "./paint-tab-page.ts";
import { violations, whenStudioIsThere } from "./studio-page.ts";

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

/** Paints a class on the ground, small. */
async function paintSmall(page: Page, name: string): Promise<void> {
  await page.getByRole("radio", { name, exact: true }).click();
  await field(page, "size").selectOption("128");
  await paint(page);
}

/** The scene's picture at a place on the ground in its left, between 0 and 255. */
const colourLeft = (page: Page): Promise<{ readonly red: number; readonly green: number }> =>
  page.evaluate(async () => {
    const { scene } = globalThis.studioPage;
    const engine = scene.getEngine();
    const canvas = engine.getRenderingCanvas()!;
    scene.render();
    const [x, y] = [Math.round(0.12 * canvas.width), Math.round(0.36 * canvas.height)];
    const pixels = (await engine.readPixels(x, y, 16, 16)) as Uint8Array;
    const mean = (channel: number): number =>
      pixels.reduce((sum, value, at) => (at % 4 === channel ? sum + value : sum), 0) / 256;
    return { red: mean(0), green: mean(1) };
  });

const isGrass = async (page: Page): Promise<boolean> => {
  const { red, green } = await colourLeft(page);
  return red < 1.1 * green;
};

describe("What was painted in the studio", () => {
  it("keeps what a key keeps, finds it after a reload, and takes back what was forgotten", async () => {
    const { page, close } = await visitPaint(browser, site);
    await choosePebbles(page);
    await paint(page);
    const [pixels, recipe] = [await pixelsOn(page), await recipeOn(page)];
    const kept = page.getByRole("list", { name: "Kept in this browser" }).getByRole("listitem");
    // The panel has the focus, since its button was clicked; but a letter that is typed is no key.
    await page.getByRole("spinbutton", { name: "Seed" }).press("k");
    await page.getByRole("button", { name: "Keep", exact: true }).waitFor();
    await page.getByRole("tab", { name: "Paint" }).press("k");
    await page.getByRole("button", { name: "Kept", exact: true, pressed: true }).waitFor();
    await page.keyboard.press("k");
    await page.getByText("pebbles is kept already.").waitFor();
    expect(await kept.count()).toBe(1);

    await page.reload();
    await whenStudioIsThere(page);
    await openPaint(page);
    await page.getByRole("button", { name: /^Kept: pebbles, seed \d+, 128 × 128 pixels$/ }).click();
    await expect.poll(() => materialName(page), { timeout: 60_000 }).toBe("pebbles");
    expect([await pixelsOn(page), await recipeOn(page)]).toEqual([pixels, recipe]);
    expect(await page.getByRole("list", { name: "Pictures" }).textContent()).toContain("96 × 96 pixels");

    await page.getByRole("button", { name: "Forget pebbles", exact: true }).press("Enter");
    await kept.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo Forget pebbles" }).click();
    await kept.waitFor();
    await page.getByRole("tab", { name: "Paint" }).press("Control+z");
    expect(await materialName(page)).toBe("grass");
    await close();
  }, 120_000);

  it("says that the browser's storage is full, and loses nothing of what is kept and worn", async () => {
    const { page, close } = await visitPaint(browser, site);
    await paintSmall(page, "Sand");
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await page.getByRole("button", { name: "Kept", exact: true }).waitFor();
    await paintSmall(page, "Brick");
    await page.evaluate(() => {
      const full = (): never => {
        throw new DOMException("No room.", "QuotaExceededError");
      };
      Object.assign(IDBObjectStore.prototype, { put: full, add: full });
    });
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await page
      .getByRole("alert")
      .getByText(
        "Kept materials: needed room in the browser's database, came a full one. Remove what is no longer needed; what was saved before is still there.",
      )
      .waitFor();
    expect(await page.getByRole("button", { name: /^Kept: / }).count()).toBe(1);
    expect(await materialName(page)).toBe("Brick");
    await close();
  }, 120_000);

  it("shows the material before while a key is held, and at the left of a line, and is asked by keys of the panel only", async () => {
    const { page, close } = await visitPaint(browser, site);
    const compare = page.getByRole("button", { name: "Before and after, divided by a line" });
    expect(await compare.isDisabled()).toBe(true);
    await paintSmall(page, "Brick");
    const scene = await page.evaluate(() => globalThis.studioPage.save());
    const brick = await colourLeft(page);
    await page.locator("#canvas").press("c");
    await page.locator("#canvas").press("s");
    expect(await page.getByRole("slider", { name: "Between before and after" }).count()).toBe(0);
    // Grass is greyish green, bricks are red.
    expect(brick.red).toBeGreaterThan(1.2 * brick.green);
    await page.getByRole("tab", { name: "Paint" }).focus();
    await page.keyboard.down("c");
    await expect.poll(() => isGrass(page), { timeout: 60_000 }).toBe(true);
    expect([await materialName(page), await page.evaluate(() => globalThis.studioPage.save())]).toEqual([
      "Brick",
      scene,
    ]);
    await page.keyboard.up("c");
    await expect.poll(() => isGrass(page), { timeout: 60_000 }).toBe(false);

    await page.keyboard.press("s");
    const line = page.getByRole("slider", { name: "Between before and after" });
    expect(await line.getAttribute("aria-valuenow")).toBe("50");
    await expect.poll(() => isGrass(page), { timeout: 60_000 }).toBe(true);
    // From the middle to the left edge, past the place that is looked at.
    for (let step = 0; step < 20; step++) await line.press("ArrowLeft");
    await expect.poll(() => isGrass(page), { timeout: 60_000 }).toBe(false);
    const { x, y, width, height } = (await line.boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 + 150, y + height / 2, { steps: 3 });
    await page.mouse.up();
    await expect.poll(() => isGrass(page), { timeout: 60_000 }).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.getByRole("tab", { name: "Paint" }).press("Escape");
    await line.waitFor({ state: "detached" });
    await expect.poll(() => isGrass(page), { timeout: 60_000 }).toBe(false);
    expect(await page.evaluate(() => globalThis.studioPage.save())).toBe(scene);
    await close();
  }, 120_000);

  it("rolls another seed and paints by keys", async () => {
    const { page, close } = await visitPaint(browser, site);
    await paintSmall(page, "Brick");
    const { seed } = (await recipeOn(page))!;
    await page.getByRole("tab", { name: "Paint" }).press("d");
    await page.getByText("A coarse draft. Paint it to keep it.").waitFor();
    await page.keyboard.press("g");
    await expect.poll(() => page.locator("bns-material-strip li").count(), { timeout: 60_000 }).toBe(2);
    expect((await recipeOn(page))!.seed).not.toBe(seed);
    await close();
  }, 120_000);
});
