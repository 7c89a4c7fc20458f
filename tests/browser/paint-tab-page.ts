import type { Browser, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { TextureRecipe } from "../../plugin/paint.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { pebblePng } from "./atelier-page.ts";
import type { Visit, VisitOptions } from "./harness.ts";
import { openTab, visitStudioPage } from "./studio-page.ts";

/** A photograph, small. */
export const PEBBLES = { name: "pebbles.png", mimeType: "image/png", buffer: Buffer.from(pebblePng(96, 96)) };

/** The studio with its tab for painting open, and the ground selected. The window is small, since it is drawn all the time. */
export async function visitPaint(
  browser: Browser,
  site: RunningServer,
  options: VisitOptions = { viewport: { width: 720, height: 560 } },
): Promise<Visit> {
  const visit = await visitStudioPage(browser, site, options);
  await openPaint(visit.page);
  return visit;
}

export async function openPaint(page: Page): Promise<void> {
  await openTab(page, "Scene"); // the panel remembers the tab of the visit before
  await page.locator('li[data-id="ground"]').click();
  await openTab(page, "Paint");
}

/** Chooses files as a person does. */
export async function choose(
  page: Page,
  ...files: { name: string; mimeType: string; buffer: Buffer }[]
): Promise<void> {
  await page.getByRole("button", { name: "A picture", exact: true }).click();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^(Choose a|Another) picture$/ }).click();
  await (await choosing).setFiles(files);
}

export const field = (page: Page, name: string): Locator =>
  page.locator(`bns-part-field[data-field="${name}"] #control`);

/** Chooses the pebbles, and what paints fast. */
export async function choosePebbles(page: Page): Promise<void> {
  await choose(page, PEBBLES);
  await page.getByRole("list", { name: "Pictures" }).getByText("pebbles.png").waitFor();
  await field(page, "quality").selectOption("fast");
  await field(page, "size").selectOption("128");
}

/** Paints, and waits until it is done. */
export async function paint(page: Page): Promise<void> {
  const made = page.locator("bns-material-strip li");
  const before = await made.count();
  await page.locator('[data-test="paint"]').click();
  await expect.poll(() => made.count(), { timeout: 60_000 }).toBe(before + 1);
}

export const materialName = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => globalThis.studioPage.scene.getMeshById("ground")!.material?.name);

/** How the ground's material was made; null for one that was not painted. */
export const recipeOn = (page: Page): Promise<TextureRecipe | null> =>
  page.evaluate(() => {
    const { material } = globalThis.studioPage.scene.getMeshById("ground")!;
    const metadata = material!.metadata as { textureRecipe?: TextureRecipe } | null;
    return metadata?.textureRecipe ?? null;
  });

/** A checksum of what the ground shows: colour, directions and the packed maps, as they lie on the graphics card. */
export const pixelsOn = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const textures = globalThis.studioPage.scene.getMeshById("ground")!.material!.getActiveTextures();
    const sums = textures.map(async (texture) => {
      const pixels = (await texture.readPixels()) as Uint8Array<ArrayBuffer>;
      return [...new Uint8Array(await crypto.subtle.digest("SHA-256", pixels))].join();
    });
    return (await Promise.all(sums)).join("; ");
  });
