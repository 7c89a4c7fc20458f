import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { beforeAll, describe, expect, it } from "vitest";
import { PEERS } from "../../scripts/library/bundle-library.ts";

const LARGEST_KILOBYTES = 30;

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
        input: {
          page: resolve(import.meta.dirname, "paint-only.ts"),
          worker: resolve(import.meta.dirname, "../../plugin/paint-worker.ts"),
        },
        external: PEERS,
        treeshake: { propertyReadSideEffects: false },
        preserveEntrySignatures: "strict",
      },
    },
  })) as Rolldown.RolldownOutput;
  chunks = result.output.filter((part) => part.type === "chunk");
});

/** The chunks that come with an entry at once: not those that it loads when they are needed. */
function atOnce(entry: string): Rolldown.OutputChunk[] {
  const found = new Set<Rolldown.OutputChunk>();
  const visit = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (!chunk || found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) visit(chunks.find(({ fileName }) => fileName === name));
  };
  visit(chunks.find(({ name, isEntry }) => isEntry && name === entry));
  return [...found];
}

const heavy = (parts: readonly Rolldown.OutputChunk[]): string[] =>
  parts
    .flatMap(({ imports, moduleIds }) => [...imports, ...moduleIds])
    // Species of automata are weights files, which TensorFlow.js has no part in.
    .filter((path) => !path.endsWith("plugin/nets/weights-file.ts"))
    .filter((path) => /@tensorflow|@babylonjs|plugin\/(nets|learn|compute|scene|bridge)\//.test(path));

describe("The bundle of a page that has a worker paint", () => {
  it("knows the painter", () => {
    expect(
      atOnce("page")
        .flatMap(({ moduleIds }) => moduleIds)
        .some((path) => path.endsWith("paint/painter.ts")),
    ).toBe(true);
  });

  it("holds no TensorFlow.js, no Babylon.js, and no synthesis", () => {
    expect(heavy(atOnce("page"))).toEqual([]);
    const drawing = atOnce("page")
      .flatMap(({ moduleIds }) => moduleIds)
      .filter((path) => /paint\/(materials|assembly)\//.test(path));
    expect(drawing).toEqual([]);
  });

  it(`is at most ${LARGEST_KILOBYTES} kB gzip`, () => {
    const sizes = atOnce("page").map(
      ({ fileName, code }) => [fileName, gzipSync(code, { level: 9 }).length / 1000] as const,
    );
    const sum = sizes.reduce((total, [, size]) => total + size, 0);
    expect(sum, JSON.stringify(sizes)).toBeLessThanOrEqual(LARGEST_KILOBYTES);
  });
});

describe("The bundle of a worker that paints", () => {
  it("paints materials without TensorFlow.js", () => {
    const modules = atOnce("worker").flatMap(({ moduleIds }) => moduleIds);
    expect(modules.some((path) => path.endsWith("materials/brick.ts"))).toBe(true);
    expect(heavy(atOnce("worker"))).toEqual([]);
  });

  it("can load the estimator when it is needed", () => {
    const later = chunks.filter((chunk) => !atOnce("worker").includes(chunk)).flatMap(({ moduleIds }) => moduleIds);
    expect(later.some((path) => path.endsWith("photograph/map-estimator.ts"))).toBe(true);
  });
});
