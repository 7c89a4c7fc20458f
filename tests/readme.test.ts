import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { LAYERS } from "../scripts/layers/layer-table.ts";
import { complaintsAbout } from "./compile-blocks.ts";

const root = resolve(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const contributing = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
};

/** The TypeScript of a page. A first line such as `// guard.lesson.ts` names a block, so that others can import it. */
function codeBlocks(page: string): Map<string, string> {
  const blocks = new Map<string, string>();
  for (const [, code] of page.matchAll(/^```ts\n(.*?)^```$/gms)) {
    const name = /^\/\/ (\S+\.ts)\b/.exec(code)?.[1] ?? `block-${blocks.size + 1}.ts`;
    blocks.set(join(root, "readme", name), code);
  }
  return blocks;
}

describe("The README", () => {
  it("shows code that compiles", { timeout: 180_000 }, () => {
    expect(complaintsAbout(codeBlocks(readme))).toEqual([]);
  });

  it("would be caught with code that does not", () => {
    const blocks = codeBlocks('```ts\nimport { Random } from "babylon-neural";\nnew Random("seven");\n```\n');
    expect(complaintsAbout(blocks)).toEqual([
      "readme/block-1.ts:2: Argument of type 'string' is not assignable to parameter of type 'number'.",
    ]);
  });

  it("shows a first example of at most ten lines of code", () => {
    const first = [...codeBlocks(readme).values()][0];
    const lines = first.split("\n").filter((line) => line.trim() !== "" && !/^\s*(\/\/|import )/.test(line));
    expect(lines.length).toBeLessThanOrEqual(10);
  });
});

describe.each([
  ["README.md", readme],
  ["CONTRIBUTING.md", contributing],
])("%s", (_name, page) => {
  it("names only commands that exist", () => {
    const commands = [...page.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]);
    expect(commands.filter((command) => !(command in manifest.scripts))).toEqual([]);
  });

  it("links only to files that exist", () => {
    const links = [...page.matchAll(/\]\(([^)#\s]+)|src="([^"]+)"/g)].map((match) => match[1] ?? match[2]);
    expect(links.filter((link) => !/^https?:/.test(link) && !existsSync(join(root, link)))).toEqual([]);
  });
});

describe("CONTRIBUTING.md", () => {
  it("shows the layer table that the tests enforce", () => {
    const rows = [...contributing.matchAll(/^\| `plugin\/(\w+)` \|[^|]*\| (\w+) \| (\w+) \| ([^|(]*)/gm)];
    const shown = rows.map(([, name, babylon, tfjs, imports]) => [name, babylon, tfjs, imports.trim()]);
    const enforced = Object.entries(LAYERS).map(([name, layer]) => [
      name,
      layer.babylon ? "yes" : "no",
      layer.tfjs ? "yes" : "no",
      layer.imports.join(", ") || "–",
    ]);
    expect(shown).toEqual(enforced);
  });

  it("gives a reason for each dependency", () => {
    const reasons = [...contributing.matchAll(/^- ((?:`[^`]+`(?:, )?)+):/gm)].flatMap((match) =>
      [...match[1].matchAll(/`([^`]+)`/g)].map((name) => name[1]),
    );
    expect(reasons.sort()).toEqual(Object.keys(manifest.devDependencies).sort());
  });
});
