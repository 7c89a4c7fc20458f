import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

/** A site in a folder of its own. */
export interface BuiltSite {
  readonly folder: string;
  /** Removes the folder. */
  remove(): Promise<void>;
}

/** What to build. */
export interface SiteSources {
  /** The folder in which `page` lies; ends with a slash. */
  readonly root: URL;
  /** A file of `root`, e.g. `"index.html"`. */
  readonly page: string;
  /** Vite's configuration, for pages that need one. Default none. */
  readonly config?: URL;
  /** A module that rides along on the page and shares all modules with it. Default none. */
  readonly probe?: URL;
}

/** Builds one page with all that it needs, as a release is built. */
export async function buildSite({ root, page, config, probe }: SiteSources): Promise<BuiltSite> {
  const folder = await mkdtemp(join(tmpdir(), "babylon-neural-bench-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const home = fileURLToPath(root);
  try {
    await build({
      configFile: config ? fileURLToPath(config) : false,
      root: home,
      base: "./",
      logLevel: "silent",
      plugins: probe ? [rideAlong(relative(home, fileURLToPath(probe)))] : [],
      build: {
        outDir: folder,
        emptyOutDir: true,
        target: "es2022",
        rolldownOptions: { input: join(home, page) },
      },
      worker: { format: "es" },
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}

/** Adds a module to a page, before its own are bundled. */
function rideAlong(module: string): Plugin {
  return {
    name: "ride-along",
    transformIndexHtml: {
      order: "pre",
      handler: () => [{ tag: "script", attrs: { type: "module", src: module }, injectTo: "body" }],
    },
  };
}
