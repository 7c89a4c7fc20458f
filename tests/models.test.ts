import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const models = resolve(import.meta.dirname, "../models");
const index = readFileSync(join(models, "README.md"), "utf8");
const cardOf = (name: string): string => readFileSync(join(models, name, "README.md"), "utf8");

const MOST_BYTES = 8_000_000;

interface Row {
  readonly name: string;
  readonly madeBy: string;
  readonly score: string;
}

const rows = [...index.matchAll(/^\| \[([\w-]+)\]\(\1\/README\.md\) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, name, madeBy, score]): Row => ({ name, madeBy, score }),
);

describe("The shipped models", () => {
  it("take 8 MB at most, with cards and previews", () => {
    const sizes = readdirSync(models, { recursive: true, encoding: "utf8" })
      .map((path) => statSync(join(models, path)))
      .map((entry) => (entry.isFile() ? entry.size : 0));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  });

  it("are all in the index", () => {
    const folders = readdirSync(models, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(rows.map(({ name }) => name).sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  it.each(rows)("are made by commands that the card has, too: $name", ({ name, madeBy }) => {
    const commands = [...madeBy.matchAll(/`([^`]+)`/g)].map(([, command]) => command);
    expect(commands).not.toEqual([]);
    expect(commands.filter((command) => !cardOf(name).includes(`\`${command}\``))).toEqual([]);
  });

  it.each(rows)("have scores that the card has, too: $name", ({ name, score }) => {
    const card = new Set(cardOf(name).match(/\d+(\.\d+)?/g));
    const numbers = score.match(/\d+(\.\d+)?/g) ?? [];
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.filter((number) => !card.has(number))).toEqual([]);
  });
});
