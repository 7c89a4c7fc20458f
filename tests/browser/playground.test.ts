import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleScripts } from "../../scripts/library/bundle-library.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { launchChromium, openPage, serveSite } from "./harness.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "babylon-neural-playground-"));
const PATIENCE = 90_000;

let browser: Browser;
let site: RunningServer;

/** What the page's scripts leave in the global scope, as far as it is looked at. */
interface PlaygroundScene {
  readonly metadata: { readonly reached: number };
  getMeshByName(name: string): {
    readonly material: {
      readonly name: string;
      readonly albedoTexture?: { getSize(): { readonly width: number } };
      readonly metadata: { readonly textureRecipe: { readonly generator: string } };
    } | null;
  };
}

beforeAll(async () => {
  for (const part of ["docs/playground", "models/reach", "node_modules/babylonjs/babylon.js"]) {
    cpSync(resolve(root, part), join(folder, part), { recursive: true, dereference: true });
  }
  await bundleScripts(join(folder, "dist-lib"));
  browser = await launchChromium();
  site = await serveSite({ folder });
});

afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true });
});

it(
  "A page of script tags attaches a controller, plays a policy that fetches the ball, and paints the ground",
  async () => {
    const { page, close } = await openPage(browser, `${site.url}docs/playground/`);
    await page.waitForFunction(
      () => {
        const { scene } = globalThis as unknown as { scene?: PlaygroundScene };
        return scene !== undefined && scene.metadata.reached >= 2 && scene.getMeshByName("ground").material !== null;
      },
      null,
      { timeout: PATIENCE },
    );
    const painted = await page.evaluate(() => {
      const { material } = (globalThis as unknown as { scene: PlaygroundScene }).scene.getMeshByName("ground");
      const { name, albedoTexture, metadata } = material!;
      return [name, albedoTexture?.getSize().width, metadata.textureRecipe.generator];
    });
    expect(painted).toEqual(["mossy cobbles", 256, "procedural"]);
    await close();
  },
  2 * PATIENCE,
);
