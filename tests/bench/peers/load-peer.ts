import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const HOME = new URL("../", import.meta.url);

/**
 * Installs the libraries that the benchmarks compare with, exactly as tests/bench/package-lock.json names them, unless
 * they are there already.
 *
 * @param log - Told before an installation starts.
 * @throws Error when npm fails, e.g. without a network.
 */
export function installPeers(log: (line: string) => void): void {
  if (isInstalled()) return;
  log("Installing the peers of the benchmarks (npm ci --prefix tests/bench) …");
  const home = fileURLToPath(HOME);
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", home], {
    cwd: home,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    throw new Error(
      `installPeers: needed npm ci to end with 0, came ${npm.status}. Run npm ci --prefix tests/bench by hand.`,
    );
  }
}

/** Imports an installed peer by its package name, the way plain Node would from tests/bench. */
export async function loadPeer(name: string): Promise<unknown> {
  const main = createRequire(new URL("package.json", HOME)).resolve(name);
  return import(pathToFileURL(main).href);
}

/** npm writes the second file at the end of an installation; an older one belongs to an older lock. */
function isInstalled(): boolean {
  try {
    const wanted = packagesOf(new URL("package-lock.json", HOME));
    const present = packagesOf(new URL("node_modules/.package-lock.json", HOME));
    statSync(new URL("node_modules", HOME));
    return Object.entries(wanted).every(([path, entry]) => path === "" || present[path]?.version === entry.version);
  } catch {
    return false;
  }
}

function packagesOf(
  file: URL,
): Record<string, { version?: string } | undefined> & Record<string, { version?: string }> {
  return (JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, { version?: string }> }).packages;
}
