import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../scripts/static-server.ts";
import { dropOn, hugePng, pebblePng } from "./atelier-page.ts";
import { launchChromium, serveSite } from "./harness.ts";
import {
  choose,
  choosePebbles,
  field,
  materialName,
  openPaint,
  paint,
  PEBBLES,
  pixelsOn,
  recipeOn,
  visitPaint,
} from "./paint-tab-page.ts";
import { openTab, PHONE, violations, visitStudioPage, whenStudioIsThere } from "./studio-page.ts";

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

/** The colours that the ground shows, [128, 128, 4]. */
const albedoOn = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const textures = globalThis.studioPage.scene.getMeshById("ground")!.material!.getActiveTextures();
    return [...((await textures.find(({ name }) => name.endsWith("albedo"))!.readPixels()) as Uint8Array)];
  });

/** Clicks a way out of the export menu, and gives the file that the browser saves. */
async function exported(page: Page, test: string): Promise<{ name: string; bytes: Buffer }> {
  await page.locator('[data-test="export"]').click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`[data-test="${test}"]`).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

describe("Painting in the studio", () => {
  it("paints the ground from the class grid, and takes that back and does it again exactly", async () => {
    const { page, close } = await visitStudioPage(browser, site);
    const scene = (): Promise<string> => page.evaluate(() => globalThis.studioPage.save());
    const material = (): Promise<string | undefined> =>
      page.evaluate(() => globalThis.studioPage.scene.getMeshById("ground")!.material?.name);
    await page.locator('li[data-id="ground"]').click();
    const before = await scene();
    await openTab(page, "Paint");
    await page.getByRole("radio", { name: "Marble" }).click();
    await page.getByText("A coarse draft. Paint it to keep it.").waitFor();
    expect(await material()).toBe("draft");
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(await scene()).toBe(before);
    await page.getByRole("radio", { name: "Brick" }).click();
    await field(page, "size").selectOption("256");
    await page.locator('[data-test="paint"]').click();
    await page.getByRole("button", { name: /^Brick, seed \d+, 256 × 256 pixels$/ }).waitFor({ timeout: 90_000 });
    const painted = await scene();
    expect(await material()).toBe("Brick");
    expect(painted).toContain('"textureRecipe"');
    await page.getByRole("tab", { name: "Paint" }).focus();
    await page.keyboard.press("Control+z");
    expect(await scene()).toBe(before);
    await page.keyboard.press("Control+Shift+z");
    expect(await scene()).toBe(painted);
    await close();
  }, 180_000);

  it("paints from a picture, goes back and forth, and makes the same pixels after a reload: from recipe and zip", async () => {
    const { page, context, close } = await visitPaint(browser, site);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await choosePebbles(page);
    await paint(page);
    expect([await materialName(page), (await recipeOn(page))!.generator]).toEqual(["pebbles", "example"]);
    const pixels = await pixelsOn(page);
    await page.getByRole("tab", { name: "Paint" }).focus();
    await page.keyboard.press("Control+z");
    expect(await materialName(page)).toBe("grass");
    await page.keyboard.press("Control+Shift+z");
    expect(await pixelsOn(page)).toBe(pixels);
    // Another variation that is given up in the middle.
    await page.getByRole("button", { name: "Another seed" }).click();
    await page.locator('[data-test="paint"]').click();
    await page.getByText(/for “ground”…$/).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(await pixelsOn(page)).toBe(pixels);
    expect(await page.getByRole("alert").count()).toBe(0);

    const zip = await exported(page, "export-zip");
    expect(zip.name).toMatch(/^pebbles-\d+\.zip$/);
    await page.locator('[data-test="export"]').click();
    await page.locator('[data-test="copy-recipe"]').click();
    await page.getByText("The recipe is copied").waitFor();
    const recipe = await page.evaluate(() => navigator.clipboard.readText());
    await page.reload();
    await whenStudioIsThere(page);
    await openPaint(page);
    await page.getByRole("button", { name: "A picture", exact: true }).click();
    await page.getByRole("button", { name: "Choose a picture" }).waitFor();
    // The recipe alone: its picture was kept by its hash.
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      window.dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
    }, recipe);
    await expect.poll(() => materialName(page), { timeout: 60_000 }).toBe("pebbles");
    expect(await pixelsOn(page)).toBe(pixels);
    expect(await page.getByRole("list", { name: "Pictures" }).textContent()).toContain("96 × 96 pixels");

    // And the zip, which holds the pixels themselves.
    await dropOn(page, "bns-paint-desk", { name: zip.name, type: "application/zip", bytes: zip.bytes });
    const name = zip.name.replace(".zip", "").replace("-", " ");
    await expect.poll(() => materialName(page), { timeout: 60_000 }).toBe(name);
    expect(await pixelsOn(page)).toBe(pixels);
    await close();
  }, 120_000);

  it("repairs a spot that is painted over, under light that somebody has told, and leaves the rest", async () => {
    const { page, close } = await visitPaint(browser, site);
    await choosePebbles(page);
    await field(page, "layout").selectOption("kept");
    await page.getByRole("radio", { name: "A side" }).click();
    const dial = page.getByRole("slider", { name: "Direction of the light" });
    await dial.press("ArrowLeft");
    expect(await dial.getAttribute("aria-valuetext")).toBe("from the upper left, 140°");
    await page.getByRole("button", { name: "Repair a spot…" }).click();
    await page.getByRole("application", { name: /^pebbles\.png/ }).press(" ");
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Repair a spot…", pressed: true }).waitFor();
    await paint(page);
    const { settings, pictures } = (await recipeOn(page))!;
    expect(settings).toMatchObject({ layout: "kept", light: { azimuth: (140 * Math.PI) / 180 } });
    expect(pictures.map(({ role }) => role)).toEqual(["example", "region"]);
    // Another variation differs where the brush was, in the middle, and nowhere else.
    const first = await albedoOn(page);
    await page.getByRole("button", { name: "Another seed" }).click();
    await paint(page);
    const second = await albedoOn(page);
    const others = [...first.keys()].filter((at) => first[at] !== second[at]).map((at) => at >> 2);
    const distances = others.map((pixel) => Math.hypot((pixel % 128) - 63.5, Math.floor(pixel / 128) - 63.5));
    expect(others.length).toBeGreaterThan(0);
    expect(Math.max(...distances)).toBeLessThan(0.06 * 128 + 2); // the brush's radius, and its soft edge
    await close();
  }, 120_000);

  it("takes masks and guides by mouse, forgets them when they are cleared, and keeps none that is cancelled", async () => {
    const { page, close } = await visitPaint(browser, site);
    await choosePebbles(page);
    const draw = async (index: number): Promise<void> => {
      const { x, y, width } = (await page.locator("bns-mask-sheet .sheet").nth(index).boundingBox())!;
      await page.mouse.move(x + 0.2 * width, y + 20);
      await page.mouse.down();
      await page.mouse.move(x + 0.8 * width, y + 60, { steps: 3 });
      await page.mouse.up();
    };
    const mask = page.getByRole("button", { name: /^Mask of pebbles\.png/ });
    const guide = page.getByRole("button", { name: "Guide…" });
    await mask.click();
    await draw(0);
    await page.getByRole("button", { name: "Cancel" }).last().click();
    expect(await mask.getAttribute("aria-pressed")).toBe("false");
    await mask.click();
    await draw(0);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Mask of pebbles.png, set" }).waitFor();
    await guide.click();
    await draw(0);
    await draw(1);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Guide…", pressed: true }).waitFor();
    await paint(page);
    expect((await recipeOn(page))!.pictures.map(({ role }) => role)).toEqual([
      "example",
      "sampleMask",
      "exampleGuide",
      "guide",
    ]);
    await mask.click();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Mask of pebbles.png: what not to copy" }).waitFor();
    await close();
  }, 120_000);

  it("says in the panel why a file cannot be painted from, and leaves the material", async () => {
    const { page, close } = await visitPaint(browser, site);
    for (const [name, bytes, words] of [
      ["notes.png", Buffer.from("no picture"), /needed a PNG, JPEG, .+, came something else/],
      ["dot.png", pebblePng(1, 1), /needed at least 16 × 16 pixels, came 1 × 1/],
      ["sea.png", hugePng(60_000), /needed at most 16384 pixels a side .+, came 60000 × 60000/],
      ["half.png", PEBBLES.buffer.subarray(0, 300), /needed a picture that this browser can read/],
    ] as const) {
      await choose(page, { name, mimeType: "image/png", buffer: Buffer.from(bytes) });
      const alert = page.getByRole("alert").filter({ hasText: `readPicture "${name}": ` });
      expect(await alert.textContent()).toMatch(words);
    }
    expect(await materialName(page)).toBe("grass");
    expect(await page.getByRole("button", { name: "Choose a picture" }).isVisible()).toBe(true);
    await close();
  });

  it("has no fault that an accessibility checker finds in its picture path and masks, on a phone in the dark", async () => {
    const context = await browser.newContext({ viewport: PHONE, colorScheme: "dark" });
    const { page, close } = await visitPaint(browser, site, { context });
    const found: string[] = [];
    const look = async (where: string): Promise<void> =>
      void found.push(...(await violations(page)).map((words) => `${where}: ${words}`));
    await page.getByRole("button", { name: "A picture", exact: true }).click();
    await page.getByRole("button", { name: "Worn planks" }).waitFor();
    await look("no picture");
    await page.getByRole("button", { name: "Old bricks" }).click();
    await page.getByRole("radio", { name: "A side" }).waitFor();
    await look("a picture");
    await page.getByRole("button", { name: "Guide…" }).click();
    await page.getByRole("button", { name: "Done" }).waitFor();
    await look("guide");
    expect(found).toEqual([]);
    await close();
    await context.close();
  });
});
