import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { isFresh } from "../../scripts/build-game.ts";

const folder = mkdtempSync(join(tmpdir(), "babylon-neural-built-"));

/** Writes a file that was last changed at a second. */
function write(name: string, second: number): string {
  const path = join(folder, name);
  writeFileSync(path, "");
  utimesSync(path, second, second);
  return path;
}

mkdirSync(join(folder, "plugin/core"), { recursive: true });
write("plugin/core/a.ts", 100);

afterAll(() => rmSync(folder, { recursive: true }));

describe("A build", () => {
  it("is fresh when it is younger than every source", () => {
    expect(isFresh(write("built.html", 200), ["plugin"], folder)).toBe(true);
  });

  it("is stale when a source deep in a folder is younger", () => {
    expect(isFresh(write("built.html", 50), ["plugin"], folder)).toBe(false);
  });

  it("is stale when it is not there", () => {
    expect(isFresh(join(folder, "none.html"), ["plugin"], folder)).toBe(false);
  });

  it("does not mind a source that does not exist", () => {
    expect(isFresh(write("built.html", 200), ["plugin", "models"], folder)).toBe(true);
  });
});
