import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../scripts/static-server.ts";
import { launchChromium, openPage, serveSite, type Visit } from "./harness.ts";

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

/** The page is isolated from other origins: TensorFlow.js would take threads there if it were left to itself. */
const visit = (allow: RegExp[] = []): Promise<Visit> => openPage(browser, `${site.url}wasm-backend.html`, { allow });

// y = x[0, 0] f[0] + x[0, 1] f[1] and the same for the second row: 1 + 3, 2 + 4
const TAUGHT = "wasm: 4, 6";

describe("TensorFlow.js on WebAssembly", () => {
  it("teaches on a page", async () => {
    const { page, close } = await visit();
    expect(await page.evaluate(() => globalThis.wasmBackendPage.start())).toBe(TAUGHT);
    await close();
  });

  it("teaches in a worker", async () => {
    const { page, close } = await visit();
    expect(await page.evaluate(() => globalThis.wasmBackendPage.startInWorker())).toBe(TAUGHT);
    await close();
  });

  it("says what is wrong with a URL, and starts with a better one", async () => {
    const { page, close } = await visit([/404/]);
    const start = (url: string | null): Promise<string> =>
      page.evaluate((at) => globalThis.wasmBackendPage.start(at), url);
    expect(await start(null)).toBe(
      "useWasmBackend: needed wasmUrl, came nothing. Copy tfjs-backend-wasm-simd.wasm from @tensorflow/tfjs-backend-wasm/dist to the site and pass its URL.",
    );
    const advice = "Copy the file from @tensorflow/tfjs-backend-wasm/dist to the site and pass its URL.";
    expect(await start("/missing.wasm")).toBe(
      `useWasmBackend: needed tfjs-backend-wasm-simd.wasm at "/missing.wasm", came HTTP 404. ${advice}`,
    );
    expect(await start("wasm-backend.html")).toBe(
      `useWasmBackend: needed tfjs-backend-wasm-simd.wasm at "wasm-backend.html", came something that is no WebAssembly. ${advice}`,
    );
    expect(await page.evaluate(() => globalThis.wasmBackendPage.start())).toBe(TAUGHT);
    await close();
  });
});
