import type { Page } from "playwright-core";
import type { AtelierHook } from "../../sample-game/atelier/view/atelier-hook.ts";
import { encodePng } from "../../plugin/paint/png.ts";
import { PATIENCE } from "./game-page.ts";

/** What a test sees of the Atelier; pixels as a checksum, and in full only where they are compared. */
export interface AtelierLook {
  readonly id: number | null;
  readonly isDraft: boolean;
  readonly generator: string | null;
  readonly width: number;
  readonly checksum: number;
  readonly steps: number;
  readonly index: number;
  readonly wall: number | null;
  readonly target: string;
  readonly view: string;
  readonly isPainting: boolean;
}

/** The Atelier's state as it is now. */
export function lookAt(page: Page): Promise<AtelierLook> {
  return page.evaluate(() => {
    const hook = (globalThis as unknown as { golemYard: AtelierHook }).golemYard;
    const { material, worn } = hook;
    let checksum = 0;
    for (const byte of material?.images.albedo ?? []) checksum = (Math.imul(checksum, 31) + byte) | 0;
    return {
      id: material?.id ?? null,
      isDraft: material?.isDraft ?? true,
      generator: material?.recipe.generator ?? null,
      width: material?.images.width ?? 0,
      checksum,
      steps: hook.steps,
      index: hook.index,
      wall: worn.wall ?? null,
      target: hook.target,
      view: hook.view,
      isPainting: hook.isPainting,
    };
  });
}

/** Waits until a finished material lies on the bench and nothing is being painted, and looks. */
export async function whenPainted(page: Page, patience = PATIENCE): Promise<AtelierLook> {
  await page.waitForFunction(
    () => {
      const { golemYard } = globalThis as unknown as { golemYard?: AtelierHook };
      if (golemYard?.room !== "atelier") return false;
      return !golemYard.isPainting && golemYard.material !== null && !golemYard.material.isDraft;
    },
    null,
    { timeout: patience },
  );
  return lookAt(page);
}

/** All pixels of the material on the bench: colour, directions, the packed maps, heights in 16 bits. */
export async function pixelsOf(page: Page): Promise<Uint8Array> {
  const text = await page.evaluate(() => {
    const { images } = (globalThis as unknown as { golemYard: AtelierHook }).golemYard.material!;
    const parts = [images.albedo, images.normal, images.orm, new Uint8Array(images.heights.buffer)];
    let all = "";
    for (const part of parts) for (const byte of part) all += String.fromCharCode(byte);
    return btoa(all);
  });
  return Buffer.from(text, "base64");
}

/** The largest difference between two pictures' bytes. */
export function farthest(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return Infinity;
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}

const MAKING = ".atelier-make button, .atelier-make input, .map-board";

/** How many of the controls that are shown reach beyond the page's sides. @param selector - Which. Default: those that make something. */
export function controlsCutOff(page: Page, selector = MAKING): Promise<number> {
  return page.evaluate(
    (which) =>
      [...document.querySelectorAll<HTMLElement>(which)]
        .filter((each) => each.offsetParent !== null)
        .map((each) => each.getBoundingClientRect())
        .filter((box) => box.width > 0 && (box.left < -0.5 || box.right > window.innerWidth + 0.5)).length,
    selector,
  );
}

/** A file for the page. */
export interface TestFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Drops files onto the page, as a hand would. */
export function drop(page: Page, ...files: TestFile[]): Promise<void> {
  return dropOn(page, "body", ...files);
}

/** The same onto a part of it. @param selector - Sees into open shadow trees. */
export async function dropOn(page: Page, selector: string, ...files: TestFile[]): Promise<void> {
  const sent = files.map(({ name, type, bytes }) => ({ name, type, text: Buffer.from(bytes).toString("base64") }));
  const transfer = await page.evaluateHandle((all) => {
    const data = new DataTransfer();
    for (const { name, type, text } of all) {
      data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name, { type }));
    }
    return data;
  }, sent);
  for (const type of ["dragenter", "dragover", "drop"]) {
    await page.dispatchEvent(selector, type, { dataTransfer: transfer });
  }
}

/** A picture of pebbles that does not tile, as a PNG. */
export function pebblePng(width: number, height: number, alpha = 255): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const shade = Math.sin(x * 0.55 + Math.sin(y * 0.31)) * Math.cos(y * 0.47 + 0.02 * x);
      const light = 120 + 80 * shade + 20 * (x / width);
      pixels.set([light, 0.9 * light, 0.7 * light, x < width / 4 ? alpha : 255], at);
    }
  }
  return encodePng({ width, height, channels: 4, pixels });
}

/** The beginning of a PNG that says it is this large, and has nothing in it. */
export function hugePng(side: number): Uint8Array {
  const bytes = Buffer.from(pebblePng(16, 16));
  bytes.writeUInt32BE(side, 16);
  bytes.writeUInt32BE(side, 20);
  return bytes;
}

/** Words of all messages on the page. */
export function toastsOn(page: Page): Promise<string[]> {
  return page.locator(".atelier-toast span").allTextContents();
}

/** Copies the recipe of the material on the bench as a user would. The page must be allowed to read the clipboard. */
export async function copyRecipe(page: Page): Promise<string> {
  await page.click('[data-test="export"]');
  await page.click('[data-test="copy-recipe"]');
  await page.waitForFunction(() => document.body.innerText.includes("The recipe is copied"));
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Pastes text into the page. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    window.dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
  }, text);
}
