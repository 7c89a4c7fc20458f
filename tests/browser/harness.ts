import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { NO_BROWSER, findChromium } from "../../scripts/find-browser.ts";
import { crossOriginIsolation, serveFolder, type RunningServer } from "../../scripts/static-server.ts";

/** WebGPU by SwiftShader, drawn on a canvas too, and nothing that calls home. */
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--enable-features=Vulkan",
  "--use-vulkan=swiftshader",
  "--use-angle=swiftshader", // without it the first frame on a canvas loses the device
  "--ignore-gpu-blocklist",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];

const root = resolve(import.meta.dirname, "../..");

/** How a folder is served to the browser. */
export interface SiteOptions {
  /** `"dist"` (the game, default), `"dist-test"` (the pages of `tests/browser/pages`), or any absolute path. */
  readonly folder?: string;
  /** Sends the headers that allow SharedArrayBuffer. Default true. */
  readonly crossOriginIsolated?: boolean;
  /** Where the folder appears, with a slash at both ends. Default `"/"`. */
  readonly mount?: string;
}

/**
 * Serves a built folder on a free port.
 *
 * @throws Error with one line when it was not built.
 */
export async function serveSite(options: SiteOptions = {}): Promise<RunningServer> {
  const folder = resolve(root, options.folder ?? "dist");
  if (!existsSync(folder)) {
    throw new Error(
      `serveSite: needed a built ${options.folder ?? "dist"}/, came none. Run npm test, which builds it.`,
    );
  }
  return serveFolder({
    folder,
    headers: options.crossOriginIsolated === false ? {} : crossOriginIsolation,
    mount: options.mount ?? "/",
  });
}

/** Starts Chromium with WebGPU. @throws Error with one line where there is none. */
export async function launchChromium(moreFlags: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(NO_BROWSER);
  return chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...moreFlags] });
}

/** Milliseconds for whatever a page is waited for: a machine without a GPU may be slow. */
const PATIENCE = 90_000;

/** How a page is opened. */
export interface VisitOptions {
  /** Default 1280 × 720. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Has a touch screen. Default false. */
  readonly touch?: boolean;
  /** Complaints that are expected. Default none. */
  readonly allow?: readonly RegExp[];
  /** A context to open the page in, so that storage is shared with an earlier visit. Default a new one. */
  readonly context?: BrowserContext;
}

/** An open page, and all that it complained about. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Uncaught errors, console errors and files that could not be had, as they came. */
  readonly complaints: readonly string[];
  /** @throws Error listing the complaints, unless there were none. */
  expectNoComplaints(): void;
  /** Closes the page, and the context unless it was given. @throws Error as `expectNoComplaints`. */
  close(): Promise<void>;
}

/** Opens a page and listens to its complaints from the first moment on. */
export async function openPage(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visit> {
  const viewport = options.viewport ?? { width: 1280, height: 720 };
  const context = options.context ?? (await browser.newContext({ viewport, hasTouch: options.touch ?? false }));
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const complaints = collectComplaints(page, options.allow ?? []);
  const expectNoComplaints = (): void => {
    if (complaints.length > 0) throw new Error(`${url} complained:\n${complaints.join("\n")}`);
  };
  await page.goto(url, { waitUntil: "load", timeout: PATIENCE });
  return {
    page,
    context,
    complaints,
    expectNoComplaints,
    async close() {
      if (options.context) await page.close();
      else await context.close();
      expectNoComplaints();
    },
  };
}

function collectComplaints(page: Page, allow: readonly RegExp[]): string[] {
  const complaints: string[] = [];
  const add = (text: string): void => {
    if (!allow.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  page.on("pageerror", (error) => add(`error: ${error.stack ?? error.message}`));
  page.on("crash", () => add("the page crashed"));
  page.on("console", (message) => {
    if (message.type() === "error") add(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "failed";
    if (reason !== "net::ERR_ABORTED") add(`request: ${request.url()} ${reason}`);
  });
  return complaints;
}
