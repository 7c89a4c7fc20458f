import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { beforeAll, describe, expect, it } from "vitest";
import { PEERS } from "../../scripts/library/bundle-library.ts";

/** Less than it was before there was an editor, 33.7. */
const LARGEST_KILOBYTES = 32;

let chunks: Rolldown.OutputChunk[] = [];

beforeAll(async () => {
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
        input: resolve(import.meta.dirname, "play-only.ts"),
        external: PEERS,
        preserveEntrySignatures: "strict",
      },
    },
  })) as Rolldown.RolldownOutput;
  chunks = result.output.filter((part) => part.type === "chunk");
});

/** Every source that ends up in the bundle, parts that are loaded later included. */
const modules = (): string[] => chunks.flatMap((chunk) => chunk.moduleIds);

describe("The bundle of a page that only plays a policy", () => {
  it("holds the controller at all", () => {
    expect(modules().some((path) => path.endsWith("plugin/scene/neural-controller.ts"))).toBe(true);
  });

  it(`is at most ${LARGEST_KILOBYTES} kB gzip without Babylon.js, parts that are loaded later included`, () => {
    const sizes = chunks.map((chunk) => [chunk.fileName, gzipSync(chunk.code, { level: 9 }).length / 1000] as const);
    const sum = sizes.reduce((total, [, size]) => total + size, 0);
    expect(sum, JSON.stringify(sizes)).toBeLessThanOrEqual(LARGEST_KILOBYTES);
  });

  it("holds no TensorFlow.js, and nothing that needs it", () => {
    const imports = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
    const suspects = [...modules(), ...imports].filter((path) =>
      /@tensorflow|plugin\/(nets|paint|bridge)\//.test(path),
    );
    expect(suspects).toEqual([]);
  });

  it("holds nothing of what editors and scene files need", () => {
    expect(modules().filter((path) => /plugin\/(editor|scene\/(keep|forms|lesson-plan))\//.test(path))).toEqual([]);
  });

  it("holds no learning", () => {
    expect(modules().filter((path) => /plugin\/learn\/|generated\/learn-|wasm-ppo-learner/.test(path))).toEqual([]);
  });
});
