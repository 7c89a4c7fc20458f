import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { launchChromium, openPage, serveSite } from "../../browser/harness.ts";
import type { InterleaveOptions, Timing } from "./interleave.ts";

/** A page in Chromium that times the strict and the relaxed learner. */
export interface ChromiumLearner {
  /** e.g. `"141.0.1"`. */
  readonly version: string;
  time(width: number, rows: number, options: InterleaveOptions): Promise<{ strict: Timing; relaxed: Timing }>;
  close(): Promise<void>;
}

/**
 * Builds the page, serves it and opens it in the system's Chromium.
 *
 * @throws Error with one line where there is no Chromium.
 */
export async function openChromiumLearner(): Promise<ChromiumLearner> {
  const folder = await mkdtemp(join(tmpdir(), "babylon-neural-bench-"));
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: "error",
    build: {
      outDir: folder,
      target: "es2022",
      lib: { entry: join(import.meta.dirname, "chromium-learner-page.ts"), formats: ["es"], fileName: () => "page.js" },
    },
  });
  await writeFile(join(folder, "index.html"), "<link rel=icon href=data:,><script type=module src=page.js></script>");
  const browser = await launchChromium();
  const site = await serveSite({ folder });
  const visit = await openPage(browser, site.url);
  return {
    version: browser.version(),
    async time(width, rows, options) {
      const shape = [width, rows, options] as const;
      const timings = await visit.page.evaluate(([w, r, o]) => globalThis.timeLearners(w, r, o), shape);
      return timings as { strict: Timing; relaxed: Timing };
    },
    async close() {
      await browser.close();
      await site.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
