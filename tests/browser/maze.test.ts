import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MazeHook } from "../../sample-game/maze/view/maze-hook.ts";
import type { RunningServer } from "../../scripts/static-server.ts";
import { gameUrl, PATIENCE, waitForYard } from "./game-page.ts";
import { launchChromium, openPage, serveSite, type Visit, type VisitOptions } from "./harness.ts";

/** A golem on a machine without a GPU may need a hundred moves, each of which takes a frame. */
const WALK = 4 * PATIENCE;

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

async function openMaze(options: VisitOptions = {}): Promise<Visit> {
  const visit = await openPage(browser, gameUrl(site.url, "&room=maze"), options);
  await waitForMaze(visit.page);
  return visit;
}

/** The maze's state as it is now. */
async function look(page: Page): Promise<MazeHook> {
  return page.evaluate(() => ({ ...(globalThis as unknown as { golemYard: MazeHook }).golemYard }));
}

/** Waits until the maze is open and the golem has moved. */
async function waitForMaze(page: Page): Promise<void> {
  const isOpen = (): boolean => {
    const { golemYard } = globalThis as unknown as { golemYard?: Partial<MazeHook> };
    return golemYard?.room === "maze" && (golemYard.moves ?? 0) > 0 && (golemYard.pictures ?? 0) > 0;
  };
  await page.waitForFunction(isOpen, null, { timeout: PATIENCE });
}

/** How many different colours a canvas shows. */
async function coloursOf(page: Page, selector: string): Promise<number> {
  return page.evaluate((query) => {
    const canvas = document.querySelector<HTMLCanvasElement>(query)!;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }, selector);
}

async function enter(page: Page, room: string): Promise<void> {
  await page.click(`.room-picker [aria-label="${room}"]`);
}

describe("the maze", () => {
  it(
    "lets the taught golem find the gem, and shows what it sees and what its first layer makes of it",
    async () => {
      const { page, close } = await openMaze();
      expect((await look(page)).hasMind).toBe(true);
      await page.click('.maze-bar [data-value="7"]');
      await page.click('.maze-bar [data-value="4"]');
      const { size, speed } = await look(page);
      expect([size, speed]).toEqual([7, 4]);
      await page.waitForFunction(() => (globalThis as unknown as { golemYard: MazeHook }).golemYard.solved > 0, null, {
        timeout: WALK,
      });
      // Ground, hedge, chalk and the golem itself; the filters glow in many shades.
      expect(await coloursOf(page, "canvas.sight")).toBeGreaterThanOrEqual(4);
      expect(await coloursOf(page, "canvas.filters")).toBeGreaterThan(16);
      expect(await page.textContent('[data-test="solved"]')).toMatch(/^[1-9]\d* of [1-9]\d*$/);
      await close();
    },
    WALK + PATIENCE,
  );

  it("lays the gem where the player clicks, and where the arrow keys push it", async () => {
    const { page, close } = await openMaze();
    const before = await look(page);
    // The middle of what the panels leave free lies over the middle of the maze.
    await page.mouse.click(760, 390);
    await page.waitForFunction(
      (gem) => (globalThis as unknown as { golemYard: MazeHook }).golemYard.gem !== gem,
      before.gem,
      { timeout: PATIENCE },
    );
    const { gem, size } = await look(page);
    const [column, row] = [gem % size, Math.floor(gem / size)];
    expect(Math.abs(column - (size - 1) / 2) + Math.abs(row - (size - 1) / 2)).toBeLessThanOrEqual(3);
    await page.keyboard.press("ArrowUp");
    const pushed = await look(page);
    expect([gem + size, gem]).toContain(pushed.gem); // not onto the golem
    await close();
  });

  it("grows another maze at the button and at its key", async () => {
    const { page, close } = await openMaze();
    const first = (await look(page)).seed;
    await page.click('[data-test="new-maze"]');
    const second = (await look(page)).seed;
    await page.keyboard.press("KeyN");
    const third = (await look(page)).seed;
    expect(new Set([first, second, third]).size).toBe(3);
    await close();
  });

  it("fits a phone and takes a tap", async () => {
    const { page, close } = await openMaze({ viewport: { width: 390, height: 844 }, touch: true });
    const overlaps = await page.evaluate(() => {
      const parts = [".hud", ".room-picker", ".mind", ".maze-bar"];
      const boxes = parts.map((part) => document.querySelector(part)!.getBoundingClientRect());
      const outside = boxes.filter(({ left, right, bottom }) => left < 0 || right > innerWidth || bottom > innerHeight);
      const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).map((b) => [a, b] as const));
      const meet = pairs.filter(
        ([a, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1,
      );
      return outside.length + meet.length;
    });
    expect(overlaps).toBe(0);
    const { gem } = await look(page);
    await page.touchscreen.tap(195, 330);
    await page.waitForFunction(
      (before) => (globalThis as unknown as { golemYard: MazeHook }).golemYard.gem !== before,
      gem,
      { timeout: PATIENCE },
    );
    await close();
  });

  it(
    "is left for the yard, which plays, and leaves nothing behind",
    async () => {
      const { page, close } = await openMaze();
      const first = await look(page);
      for (let round = 0; round < 2; round++) {
        await enter(page, "Golem Yard");
        await waitForYard(page);
        await page.click('[data-test="play"]');
        await page.waitForFunction(() => globalThis.golemYard.phase === "play", null, { timeout: PATIENCE });
        await enter(page, "Hedge Maze");
        await waitForMaze(page);
      }
      const last = await look(page);
      expect([last.scenes, last.textures]).toEqual([first.scenes, first.textures]);
      expect(await page.evaluate(() => document.querySelectorAll(".room").length)).toBe(1);
      expect(new URL(page.url()).searchParams.get("room")).toBe("maze");
      await close();
    },
    6 * PATIENCE,
  );

  it("says what is missing when the golem's mind cannot be had, and goes by chance", async () => {
    const context = await browser.newContext();
    await context.route("**/models/maze/policy.bnp", (route) => route.fulfill({ status: 404, body: "" }));
    const visit = await openPage(browser, gameUrl(site.url, "&room=maze"), { context, allow: [/404/] });
    await waitForMaze(visit.page);
    expect(await visit.page.textContent(".toast")).toContain("The golem has no mind and goes by chance.");
    expect((await look(visit.page)).hasMind).toBe(false);
    await visit.close();
    await context.close();
  });
});
