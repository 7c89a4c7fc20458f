import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { PEERS } from "../../scripts/library/bundle-library.ts";

const LARGEST_KILOBYTES = 120;

let chunks: Rolldown.OutputChunk[] = [];

beforeAll(async () => {
  // Lit comes with more checks, and larger, unless a page is built for its users.
  vi.stubEnv("NODE_ENV", "production");
  const result = (await build({
    root: import.meta.dirname,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: {
      write: false,
      target: "es2022",
      minify: true,
      rolldownOptions: {
        input: { editor: resolve(import.meta.dirname, "../../plugin/editor.ts") },
        external: PEERS,
        treeshake: { propertyReadSideEffects: false },
        preserveEntrySignatures: "strict",
      },
    },
  })) as Rolldown.RolldownOutput;
  chunks = result.output.filter((part) => part.type === "chunk");
  vi.unstubAllEnvs();
});

/** The chunks that come with the entry at once: not those that it loads when they are needed. */
function atOnce(): Rolldown.OutputChunk[] {
  const found = new Set<Rolldown.OutputChunk>();
  const visit = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (!chunk || found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) visit(chunks.find(({ fileName }) => fileName === name));
  };
  visit(chunks.find(({ isEntry }) => isEntry));
  return [...found];
}

describe("The bundle of a page with the studio", () => {
  it("holds the panel at all", () => {
    expect(chunks.flatMap(({ moduleIds }) => moduleIds).some((path) => path.endsWith("studio-panel.ts"))).toBe(true);
  });

  it(`is at most ${LARGEST_KILOBYTES} kB gzip without Babylon.js, the agents' own code included`, () => {
    const sizes = atOnce().map(({ fileName, code }) => [fileName, gzipSync(code, { level: 9 }).length / 1000] as const);
    const sum = sizes.reduce((total, [, size]) => total + size, 0);
    expect(sum, JSON.stringify(sizes)).toBeLessThanOrEqual(LARGEST_KILOBYTES);
  });

  it("holds no TensorFlow.js and no painting until they are asked for", () => {
    const reached = atOnce().flatMap(({ imports, moduleIds }) => [...imports, ...moduleIds]);
    expect(reached.filter((path) => /@tensorflow|plugin\/(nets|paint|bridge)\//.test(path))).toEqual([]);
  });
});
