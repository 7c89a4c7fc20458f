import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** The one line that is shown where no Chromium can be had. */
export const NO_BROWSER =
  "browser tests: needed Chromium or Chrome, came none. Install one, or set CHROME_PATH to its executable.";

const CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const CHROMIUM_PLACES: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  ],
};
const FIREFOX_NAMES = ["firefox-esr", "firefox"];
const FIREFOX_PLACES: Readonly<Record<string, readonly string[]>> = {
  darwin: ["/Applications/Firefox.app/Contents/MacOS/firefox"],
  win32: ["C:\\Program Files\\Mozilla Firefox\\firefox.exe"],
};

/**
 * Finds a Chromium to test in: `CHROME_PATH`, then the system's Chromium or Chrome, then one that playwright has
 * downloaded; on Debian, as root, installs one.
 *
 * @returns Its executable, or null where none can be had.
 * @throws Error with one line when `CHROME_PATH` names nothing that can be run.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | null {
  return (
    fromVariable("CHROME_PATH", environment) ??
    onPath(CHROMIUM_NAMES, environment) ??
    firstRunnable(CHROMIUM_PLACES[process.platform] ?? []) ??
    fromPlaywright(environment) ??
    (installOnDebian("chromium", environment) ? onPath(CHROMIUM_NAMES, environment) : null)
  );
}

/**
 * Finds a Firefox: `FIREFOX_PATH`, then the system's.
 *
 * @throws Error with one line when `FIREFOX_PATH` names nothing that can be run.
 */
export function findFirefox(environment: NodeJS.ProcessEnv = process.env): string | null {
  return (
    fromVariable("FIREFOX_PATH", environment) ??
    onPath(FIREFOX_NAMES, environment) ??
    firstRunnable(FIREFOX_PLACES[process.platform] ?? [])
  );
}

/** Finds the X server that shows nothing, in which Firefox can draw on a machine without a screen. */
export function findXvfb(environment: NodeJS.ProcessEnv = process.env): string | null {
  return onPath(["Xvfb"], environment);
}

function fromVariable(name: string, environment: NodeJS.ProcessEnv): string | null {
  const path = environment[name];
  if (!path) return null;
  if (!canRun(path))
    throw new Error(`${name}: needed an executable, came "${path}". Set it to a browser, or unset it.`);
  return path;
}

function onPath(names: readonly string[], environment: NodeJS.ProcessEnv): string | null {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return firstRunnable(names.flatMap((name) => folders.map((folder) => join(folder, name))));
}

function fromPlaywright(environment: NodeJS.ProcessEnv): string | null {
  const caches = [
    environment["PLAYWRIGHT_BROWSERS_PATH"] ?? "",
    join(homedir(), ".cache/ms-playwright"),
    join(homedir(), "Library/Caches/ms-playwright"),
    join(homedir(), "AppData/Local/ms-playwright"),
  ].filter((cache) => cache !== "" && existsSync(cache));
  const executables = [
    "chrome-linux/chrome",
    "chrome-linux64/chrome",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-win/chrome.exe",
  ];
  const builds = caches.flatMap((cache) =>
    readdirSync(cache)
      .filter((name) => /^chromium-\d+$/.test(name))
      .sort()
      .reverse()
      .map((name) => join(cache, name)),
  );
  return firstRunnable(builds.flatMap((build) => executables.map((executable) => join(build, executable))));
}

function installOnDebian(name: string, environment: NodeJS.ProcessEnv): boolean {
  const apt = onPath(["apt-get"], environment);
  if (!apt || process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return false;
  console.error(`Installing ${name} with apt-get …`);
  spawnSync(apt, ["update", "-q"], { stdio: "ignore" });
  const result = spawnSync(apt, ["install", "-y", "-q", "--no-install-recommends", name], { stdio: "ignore" });
  return result.status === 0;
}

function firstRunnable(paths: readonly string[]): string | null {
  return paths.find(canRun) ?? null;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
