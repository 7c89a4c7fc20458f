import { cp, readdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin, type UserConfig } from "vite";
import { crossOriginIsolation, createFileHandler } from "./scripts/static-server.ts";

const models = resolve(import.meta.dirname, "models");
const testPages = resolve(import.meta.dirname, "tests/browser/pages");

/** The sample game; with `--mode test`, the pages that only browser tests open. */
export default defineConfig(async ({ mode }): Promise<UserConfig> => {
  const test = mode === "test";
  return {
    root: test ? testPages : resolve(import.meta.dirname, "sample-game"),
    base: "./", // any folder of any host can serve it
    publicDir: test ? false : "public",
    plugins: [shipModels()],
    build: {
      outDir: resolve(import.meta.dirname, test ? "dist-test" : "dist"),
      emptyOutDir: true,
      target: "es2022",
      chunkSizeWarningLimit: 3000, // Babylon.js itself
      rolldownOptions: test ? { input: await listPages() } : {},
    },
    worker: { format: "es" },
    // A dependency that the server discovers late reloads the page, and a reload loses the GPU device.
    optimizeDeps: { entries: ["**/*.html", "**/*.worker.ts"], exclude: ["@babylonjs/havok"] },
    server: { headers: crossOriginIsolation, port: 5173, fs: { allow: [import.meta.dirname] } },
    preview: { headers: crossOriginIsolation, port: 4173, strictPort: true },
  };
});

async function listPages(): Promise<string[]> {
  const names = await readdir(testPages).catch(() => []);
  return names.filter((name) => name.endsWith(".html")).map((name) => resolve(testPages, name));
}

/** Serves `models/` beside the page while developing, and copies it there in a build. */
function shipModels(): Plugin {
  let outDir = "";
  return {
    name: "ship-models",
    configResolved(config) {
      outDir = config.build.outDir;
    },
    configureServer(server) {
      server.middlewares.use("/models", createFileHandler({ folder: models, headers: crossOriginIsolation }));
    },
    async writeBundle() {
      if (existsSync(models)) await cp(models, resolve(outDir, "models"), { recursive: true });
    },
  };
}
