import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../scripts/static-server.ts";
import { launchChromium, openPage, serveSite, type Visit } from "./harness.ts";
import type { AgentRequest } from "./pages/camera.ts";

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

/** How many pixels of a colour picture's left and right half shine in red, green and blue. */
function halves(picture: readonly number[], width: number): { left: number[]; right: number[] } {
  const count = { left: [0, 0, 0], right: [0, 0, 0] };
  for (let at = 0; at < picture.length; at += 3) {
    const half = (at / 3) % width < width / 2 ? count.left : count.right;
    for (let channel = 0; channel < 3; channel++) if (picture[at + channel] > 100) half[channel] += 1;
  }
  return count;
}

async function start(wish: "webgl2" | "webgpu", agents: readonly AgentRequest[]): Promise<Visit> {
  const visit = await openPage(browser, `${site.url}camera.html`);
  const error = await visit.page.evaluate((ask) => globalThis.cameraPage.start(...ask), [wish, agents] as const);
  expect(error).toBeNull();
  return visit;
}

async function finish({ page, close }: Visit): Promise<void> {
  expect(await page.evaluate(() => globalThis.cameraPage.errors())).toEqual([]);
  expect(await page.evaluate(() => globalThis.cameraPage.dispose())).toEqual({ textures: 0, objectRenderers: 0 });
  await close();
}

describe.each(["webgl2", "webgpu"] as const)("Cameras of agents, by %s", (wish) => {
  it("show the red box left and the blue one higher up and right, to each agent its own view", async () => {
    const visit = await start(wish, [{}, { turned: Math.PI, camera: { width: 32, height: 24 } }]);
    const { page } = visit;
    await page.evaluate(() => globalThis.cameraPage.frames(20));
    const [ahead, behind] = await page.evaluate(() => globalThis.cameraPage.pictures());
    const { left, right } = halves(ahead, 20);
    expect(left[0]).toBeGreaterThan(20);
    expect(left[2]).toBe(0);
    expect(right[0]).toBe(0);
    expect(right[2]).toBeGreaterThan(20);
    const rowsOf = (channel: number): number[] =>
      ahead.flatMap((value, at) => (at % 3 === channel && value > 100 ? [Math.floor(at / 60)] : []));
    expect(Math.min(...rowsOf(2))).toBeLessThan(Math.min(...rowsOf(0)));
    // The green box is in the middle behind, and nothing else is there.
    const back = halves(behind, 32);
    expect(back.left[1]).toBeGreaterThan(30);
    expect(back.right[1]).toBe(back.left[1]);
    expect([back.left[0], back.left[2], back.right[0], back.right[2]]).toEqual([0, 0, 0, 0]);
    await finish(visit);
  });

  it("see in grey, keep earlier pictures, and forget them when an episode begins", async () => {
    const visit = await start(wish, [{ camera: { channels: 1, stack: 2 } }]);
    const { page } = visit;
    await page.evaluate(() => globalThis.cameraPage.frames(20));
    const [still] = await page.evaluate(() => globalThis.cameraPage.pictures());
    expect(still.filter((value, at) => at % 2 === 0 && value !== still[at + 1])).toEqual([]);
    expect(new Set(still).size).toBeGreaterThan(2);
    let differs = false;
    for (let frame = 1; frame <= 20 && !differs; frame++) {
      // It turns on and on, since a slow machine brings two pictures at once.
      await page.evaluate((radians) => globalThis.cameraPage.turn(0, radians), 0.3 * frame);
      await page.evaluate(() => globalThis.cameraPage.frames(1));
      const [turning] = await page.evaluate(() => globalThis.cameraPage.pictures());
      differs = turning.some((value, at) => at % 2 === 0 && value !== turning[at + 1]);
    }
    expect(differs).toBe(true);
    await page.evaluate(() => globalThis.cameraPage.reset(0));
    const [empty] = await page.evaluate(() => globalThis.cameraPage.pictures());
    expect(new Set(empty)).toEqual(new Set([0]));
    await finish(visit);
  });

  it("bring all pictures by one readback a decision, for which no frame waits", async () => {
    const visit = await start(wish, [{}, { turned: 1 }, { turned: 2 }, { turned: 3 }]);
    const { page } = visit;
    await page.evaluate(() => globalThis.cameraPage.frames(20));
    const before = await page.evaluate(() => globalThis.cameraPage.counts());
    await page.evaluate(() => globalThis.cameraPage.frames(30));
    const after = await page.evaluate(() => globalThis.cameraPage.counts());
    expect(after.waits).toBe(0);
    expect(after.readbacks - before.readbacks).toBeLessThanOrEqual(30);
    expect(after.readbacks - before.readbacks).toBeGreaterThan(10);
    await finish(visit);
  });

  it("do not see the agent itself, nor what is hidden from agents", async () => {
    const within = { camera: { offset: [0, 0, -3] as const, furthest: 3.4 } };
    const visit = await start(wish, [within, { ...within, seesItself: true }]);
    const { page } = visit;
    await page.evaluate(() => globalThis.cameraPage.frames(20));
    const [without, withItself] = await page.evaluate(() => globalThis.cameraPage.pictures());
    // Both stand in the same place; the first hides only its own box, so it sees the other's.
    expect(Math.max(...withItself)).toBeGreaterThan(100);
    expect(Math.max(...without)).toBeGreaterThan(100);
    await page.evaluate(() => globalThis.cameraPage.hideFromAgents(1));
    await page.evaluate(() => globalThis.cameraPage.frames(20));
    const [nothing, itself] = await page.evaluate(() => globalThis.cameraPage.pictures());
    expect(Math.max(...nothing)).toBe(0);
    expect(Math.max(...itself)).toBeGreaterThan(100);
    await finish(visit);
  });

  it("see again after the context was lost", async () => {
    const visit = await start(wish, [{}]);
    const { page } = visit;
    await page.evaluate(() => globalThis.cameraPage.frames(20));
    const [before] = await page.evaluate(() => globalThis.cameraPage.pictures());
    await page.evaluate(() => globalThis.cameraPage.loseContext());
    await page.evaluate(() => globalThis.cameraPage.reset(0));
    await page.evaluate(() => globalThis.cameraPage.frames(30));
    const [after] = await page.evaluate(() => globalThis.cameraPage.pictures());
    expect(after).toEqual(before);
    await finish(visit);
  });
});

describe("Exact cameras", () => {
  it("read the picture of the moment, and the same one for the same scene", async () => {
    const visit = await start("webgl2", [{ camera: { exact: true } }, { camera: { exact: true, channels: 1 } }]);
    const { page } = visit;
    await page.evaluate(() => globalThis.cameraPage.ready());
    const ahead = await page.evaluate(() => globalThis.cameraPage.readNow(0));
    expect(halves(ahead, 20).left[0]).toBeGreaterThan(20);
    await page.evaluate(() => globalThis.cameraPage.turn(0, Math.PI));
    const behind = await page.evaluate(() => globalThis.cameraPage.readNow(0));
    expect(halves(behind, 20).left[1]).toBeGreaterThan(20);
    await page.evaluate(() => globalThis.cameraPage.turn(0, 0));
    expect(await page.evaluate(() => globalThis.cameraPage.readNow(0))).toEqual(ahead);
    await finish(visit);
  });

  it("refuse WebGPU, which reads nothing at once", async () => {
    const visit = await openPage(browser, `${site.url}camera.html`);
    const message = await visit.page.evaluate(() =>
      globalThis.cameraPage.start("webgpu", [{ camera: { exact: true } }]),
    );
    expect(message).toBe(
      'cameraSensor: needed WebGL2 for exact pictures, came WebGPU, which reads nothing at once. Teach with offscreenRenderer(), or leave "exact" out.',
    );
    await visit.close();
  });
});
