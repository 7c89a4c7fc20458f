import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findChromium, findFirefox } from "../../scripts/find-browser.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "babylon-neural-browsers-"));
const empty = mkdtempSync(join(tmpdir(), "babylon-neural-nothing-"));

/** A file that looks like a browser. */
function executable(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, 0o755);
  return path;
}

afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(empty, { recursive: true });
});

describe.skipIf(process.platform !== "linux")("The search for a browser", () => {
  it("takes CHROME_PATH before the system's Chromium", () => {
    executable("chromium");
    const own = executable("my-chrome");
    expect(findChromium({ CHROME_PATH: own, PATH: folder })).toBe(own);
  });

  it("takes the system's Chromium before its Chrome", () => {
    const chromium = executable("chromium");
    executable("google-chrome");
    expect(findChromium({ PATH: folder })).toBe(chromium);
  });

  it("takes a Chromium that playwright has downloaded", () => {
    const chrome = join(folder, "chromium-1234/chrome-linux");
    spawnSync("mkdir", ["-p", chrome]);
    const path = executable("chromium-1234/chrome-linux/chrome");
    expect(findChromium({ PLAYWRIGHT_BROWSERS_PATH: folder, PATH: empty })).toBe(path);
  });

  it("refuses a CHROME_PATH that names nothing", () => {
    expect(() => findChromium({ CHROME_PATH: "/nowhere/chrome", PATH: folder })).toThrow(
      new Error('CHROME_PATH: needed an executable, came "/nowhere/chrome". Set it to a browser, or unset it.'),
    );
  });

  it("finds no Firefox where there is none", () => {
    expect(findFirefox({ PATH: empty })).toBeNull();
  });

  it("ends npm test with one line that names CHROME_PATH when there is no browser", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "scripts/test.ts"], {
      cwd: root,
      env: { PATH: empty, HOME: empty, TMPDIR: tmpdir() },
      encoding: "utf8",
    });
    expect(stdout + stderr).toBe(
      "browser tests: needed Chromium or Chrome, came none. Install one, or set CHROME_PATH to its executable. " +
        "`npm run test:node` runs the tests that need none.\n",
    );
    expect(status).toBe(1);
  });
});
