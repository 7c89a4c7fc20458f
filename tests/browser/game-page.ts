import type { Page } from "playwright-core";
import type { YardHook } from "../../sample-game/yard/view/yard-hook.ts";

declare global {
  var golemYard: YardHook;
}

/** Milliseconds that a slow machine without a GPU may take for something to happen in the game. */
export const PATIENCE = 120_000;

/** The game's address with options that make it repeatable and cheap to draw. */
export function gameUrl(site: string, more = ""): string {
  return `${site}?seed=7&quality=low${more}`;
}

/** Waits until the Yard is open. */
export async function waitForYard(page: Page): Promise<void> {
  await page.waitForFunction(() => "golemYard" in globalThis && globalThis.golemYard.games > 0, null, {
    timeout: PATIENCE,
  });
}

/** The keys that lead from the thief's place towards the middle of the yard. */
export async function keyInwards(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { x, z } = globalThis.golemYard.thief;
    if (Math.abs(x) > Math.abs(z)) return x > 0 ? "KeyA" : "KeyD";
    return z > 0 ? "KeyS" : "KeyW";
  });
}

/** Waits until the thief has come this far from a place. */
export async function waitForWay(page: Page, from: { x: number; z: number }, metres: number): Promise<void> {
  await page.waitForFunction(
    ([x, z, least]) => Math.hypot(globalThis.golemYard.thief.x - x, globalThis.golemYard.thief.z - z) >= least,
    [from.x, from.z, metres] as const,
    { timeout: PATIENCE },
  );
}
