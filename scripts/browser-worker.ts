import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { build } from "vite";
import type { WorkerLike } from "../plugin/core/worker-port.ts";
import { NO_BROWSER, findChromium } from "./find-browser.ts";
import { crossOriginIsolation, serveFolder } from "./static-server.ts";

/** What a page offers that teaches: it starts a worker of its own and passes messages on. */
export interface TeachPage {
  start(tell: (message: unknown) => void, fail: (message: string) => void): void;
  post(message: unknown): void;
}

/** Software drawing: the same pictures on every machine, and a renderer where there is no GPU. */
const FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];

/** A page in Chromium without a window. */
export interface OpenedPage {
  readonly page: Page;
  close(): Promise<void>;
}

/**
 * Builds a page and opens it in Chromium, which can draw where Node cannot.
 *
 * @param html - Its URL in the repository.
 * @throws Error with one line where there is no Chromium.
 */
export async function openBuiltPage(html: URL): Promise<OpenedPage> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(NO_BROWSER);
  const file = fileURLToPath(html);
  const folder = await mkdtemp(join(tmpdir(), "babylon-neural-page-"));
  let browser: Browser | null = null;
  try {
    await build({
      configFile: false,
      root: dirname(file),
      base: "./",
      logLevel: "silent",
      build: { outDir: folder, emptyOutDir: true, target: "es2022", rolldownOptions: { input: file } },
      worker: { format: "es" },
    });
    const site = await serveFolder({ folder, headers: crossOriginIsolation, mount: "/" });
    browser = await chromium.launch({ executablePath, args: FLAGS });
    const opened = browser;
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(`\n${error.message}`));
    await page.goto(`${site.url}${basename(file)}`, { waitUntil: "load" });
    return {
      page,
      async close() {
        await opened.close();
        await site.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Makes a worker of a page in Chromium look like one of Node's, for `teach`. One worker only: it has no ports to others. */
export function startBrowserWorker(html: URL): WorkerLike {
  let opened: OpenedPage | null = null;
  let isTerminated = false;
  const waiting: unknown[] = [];
  const post = (page: Page, message: unknown): void =>
    void page.evaluate((data) => globalThis.teachPage.post(data), message).catch(fail);
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    postMessage: (message) => (opened ? post(opened.page, message) : void waiting.push(message)),
    terminate() {
      isTerminated = true;
      opened?.close().catch(() => {});
    },
  };
  const fail = (error: unknown): void => {
    if (isTerminated) return;
    const message = error instanceof Error ? error.message : String(error);
    worker.onerror?.({ message, preventDefault: () => {} } as ErrorEvent);
  };
  const begin = async (): Promise<void> => {
    const built = await openBuiltPage(html);
    await built.page.exposeFunction("tellTeacher", (data: unknown) => worker.onmessage?.({ data } as MessageEvent));
    await built.page.exposeFunction("failTeacher", (message: string) => fail(new Error(message)));
    await built.page.evaluate(() => globalThis.teachPage.start(globalThis.tellTeacher, globalThis.failTeacher));
    opened = built;
    if (isTerminated) await built.close();
    else for (const message of waiting.splice(0)) post(built.page, message);
  };
  begin().catch(fail);
  return worker;
}

declare global {
  var tellTeacher: (message: unknown) => void;
  var failTeacher: (message: string) => void;
}
