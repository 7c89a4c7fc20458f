import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";

const root = resolve(import.meta.dirname, "..");
const SOURCES = ["plugin", "sample-game", "models", "vite.config.ts", "package-lock.json"];
const TEST_PAGES = "tests/browser/pages";

/** Builds the sample game into `dist/`, unless what is there is newer than every source. */
export async function buildGameIfStale(log: (line: string) => void = console.log): Promise<void> {
  if (isFresh(join(root, "dist/index.html"), SOURCES)) return;
  log("Building the sample game into dist/ …");
  await buildMode("production");
}

/** Builds the pages that only browser tests open into `dist-test/`, unless they are fresh or there are none. */
export async function buildTestPagesIfStale(log: (line: string) => void = console.log): Promise<void> {
  const pages = listFiles(join(root, TEST_PAGES)).filter((path) => path.endsWith(".html"));
  const built = pages.map((page) => join(root, "dist-test", page.slice(join(root, TEST_PAGES).length)));
  if (built.every((page) => isFresh(page, [...SOURCES, TEST_PAGES]))) return;
  log("Building the test pages into dist-test/ …");
  await buildMode("test");
}

/** @throws Error that says what is wrong with which source; nothing else is printed. */
async function buildMode(mode: string): Promise<void> {
  const kernels = [join(root, "scripts/build-kernels.mjs"), "--if-stale"];
  const { status, stderr } = spawnSync(process.execPath, kernels, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`The kernels could not be built.\n${stderr}`);
  await build({ configFile: join(root, "vite.config.ts"), mode, logLevel: "silent" });
}

/** Whether a built file exists and is no older than any file under the given sources, relative to the repository. */
export function isFresh(built: string, sources: readonly string[], folder: string = root): boolean {
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return sources.every((source) => listFiles(join(folder, source)).every((path) => statSync(path).mtimeMs <= builtAt));
}

/** Every file at or below a path; none when nothing is there. */
function listFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== "node_modules")
    .flatMap((entry) => listFiles(join(path, entry.name)));
}
