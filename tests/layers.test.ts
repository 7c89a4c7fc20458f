import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { checkLayers } from "../scripts/layers/check-layers.ts";
import { checkSources } from "../scripts/layers/check-sources.ts";
import { readSources } from "../scripts/layers/import-graph.ts";
import { LAYERS } from "../scripts/layers/layer-table.ts";

const root = resolve(import.meta.dirname, "..");
const sources = readSources(root, ["plugin", "sample-game"]);
const everything = readSources(root, ["plugin", "sample-game", "scripts", "tests"]);

/** The violations of one source alone. */
const layers = (path: string, text: string): string[] => checkLayers(new Map([[path, text]]));

describe("The sources", () => {
  it("are found at all", () => {
    expect([...sources.keys()]).toContain("plugin/core/policy.ts");
  });

  it("import only what the layer table allows", () => {
    expect(checkLayers(sources)).toEqual([]);
  });

  it("hold no unseeded chance, no logging, no barrels and no file that is too long", () => {
    expect(checkSources(everything)).toEqual([]);
  });
});

describe("The layer table", () => {
  it("has a line for every folder of the house", () => {
    expect(Object.keys(LAYERS)).toEqual(["core", "compute", "learn", "nets", "paint", "scene", "bridge", "editor"]);
  });

  it.each([
    ["a forbidden layer", 'import { a } from "../scene/a.ts";', "core may import no other layer"],
    ["a type of a forbidden layer", 'import type { A } from "../scene/a.ts";', "core may import no other layer"],
    ["an inline type", 'let a: import("../scene/a.ts").A;', "core may import no other layer"],
    ["a re-export", 'export { a } from "../scene/a.ts";', "core may import no other layer"],
    ["a late import", 'await import("../scene/a.ts");', "core may import no other layer"],
    ["a worker", 'new Worker(new URL("../scene/a.ts", import.meta.url));', "core may import no other layer"],
    ["an entry file", 'import { a } from "../index.ts";', "core imports no entry files"],
    ["Babylon.js", 'import type { Scene } from "@babylonjs/core/scene.js";', "core knows no Babylon.js"],
    ["TensorFlow.js", 'import * as tf from "@tensorflow/tfjs";', "core knows no TensorFlow.js"],
    ["another package", 'import { a } from "left-pad";', "core imports no such package"],
    [
      "Node",
      'import { readFileSync } from "node:fs";',
      "Node's own modules come by import(), except in headless.ts and *-node.ts",
    ],
    ["the game", 'import { a } from "../../sample-game/a.ts";', "the plugin imports nothing from outside plugin/"],
  ])("forbids core %s", (_what, text, problem) => {
    const specifier = /"([^"]+)"/.exec(text)![1];
    expect(layers("plugin/core/a.ts", text)).toEqual([`plugin/core/a.ts:1: ${problem}, came "${specifier}"`]);
  });

  it.each([
    ["scene", 'import { Scene } from "@babylonjs/core";', "Babylon.js comes by deep paths, never the barrel"],
    ["scene", 'import { Scene } from "babylonjs";', "Babylon.js comes by deep paths, never the barrel"],
    ["scene", 'import { Scene } from "@babylonjs/core/scene";', "deep paths end with .js"],
    ["scene", 'import { a } from "../nets/a.ts";', "scene may import core, compute, learn"],
    ["learn", 'import { a } from "../scene/a.ts";', "learn may import core, compute"],
    ["editor", 'import { a } from "../scene/a.ts";', "editor may import no other layer"],
    ["editor", 'import { a } from "../worker.ts";', "editor imports no entry files but index"],
    ["editor", 'import { a } from "../paint.ts";', "editor loads paint.ts only by import()"],
    ["shed", 'import { a } from "./b.ts";', '"shed" needs a line in the layer table'],
  ])("tells %s: %s", (layer, text, problem) => {
    const specifier = /"([^"]+)"/.exec(text)![1];
    expect(layers(`plugin/${layer}/a.ts`, text)).toEqual([`plugin/${layer}/a.ts:1: ${problem}, came "${specifier}"`]);
  });

  it.each([
    ["plugin/scene/a.ts", 'import { a } from "../core/a.ts"; import { Scene } from "@babylonjs/core/scene.js";'],
    ["plugin/editor/a.ts", 'import { a } from "../index.ts"; await import("../paint.ts");'],
    ["plugin/nets/a.ts", 'import * as tf from "@tensorflow/tfjs"; import { a } from "../learn/a.ts";'],
    ["plugin/paint/a.ts", 'import { encode } from "fast-png";'],
    ["plugin/core/a.ts", 'await import("node:fs/promises");'],
    ["plugin/havok-node.ts", 'import { readFileSync } from "node:fs";'],
    ["sample-game/yard/view/a.ts", 'import { a } from "../../../plugin/index.ts"; import { b } from "../rules/b.ts";'],
    ["sample-game/yard/a.worker.ts", 'import url from "@tensorflow/tfjs-backend-wasm/dist/a.wasm?url";'],
  ])("allows %s what it needs", (path, text) => {
    expect(layers(path, text)).toEqual([]);
  });

  it.each([
    ["sample-game/yard/a.ts", "../../plugin/core/random.ts", "the game imports entry files of the plugin only"],
    ["sample-game/yard/a.ts", "@tensorflow/tfjs", "the game knows no TensorFlow.js"],
    ["sample-game/yard/rules/a.ts", "../view/a.ts", "rules know neither view nor shell"],
    ["sample-game/yard/rules/a.ts", "@babylonjs/core/scene.js", "rules are plain TypeScript without packages"],
    ["sample-game/yard/rules/a.ts", "../../../plugin/index.ts", "rules take only types from the plugin"],
  ])("forbids %s to import %s", (path, specifier, problem) => {
    expect(layers(path, `import { a } from "${specifier}";`)).toEqual([`${path}:1: ${problem}, came "${specifier}"`]);
  });

  it("follows an entry's imports to what it must not reach", () => {
    const files = new Map([
      ["plugin/index.ts", 'export { a } from "./bridge/a.ts";'],
      ["plugin/bridge/a.ts", 'import type { b } from "../nets/b.ts"; export const a = 1;'],
      ["plugin/nets/b.ts", "export const b = 1;"],
    ]);
    expect(checkLayers(files)).toEqual([
      "plugin/index.ts: must not reach plugin/bridge/a.ts, came plugin/index.ts → plugin/bridge/a.ts",
      "plugin/index.ts: must not reach plugin/nets/b.ts, came plugin/index.ts → plugin/bridge/a.ts → plugin/nets/b.ts",
    ]);
  });

  it("lets the worker load nets when they are needed", () => {
    const files = new Map([
      ["plugin/worker.ts", 'export const nets = () => import("./nets/b.ts");'],
      ["plugin/nets/b.ts", "export const b = 1;"],
    ]);
    expect(checkLayers(files)).toEqual([]);
  });
});

describe("The rules for sources", () => {
  it.each([
    ["Math.random();", "needed a seeded Random, came Math.random"],
    ['Math["random"]();', "needed a seeded Random, came Math.random"],
    ["const { random } = Math;", "needed a seeded Random, came Math.random"],
    ["console.log(1);", "needed no logging, came console"],
    ['export * from "./b.ts";', "needed named exports, came export *"],
    ['export * as b from "./b.ts";', "needed named exports, came export *"],
    ["@a class B {}", "needed no decorators, came one"],
  ])("forbid %s in the plugin", (text, problem) => {
    expect(checkSources(new Map([["plugin/core/a.ts", text]]))).toEqual([`plugin/core/a.ts:1: ${problem}`]);
  });

  it("do not mind such words in comments, strings and members", () => {
    const text = '// Math.random console.log\nconst a = "Math.random"; b.console = a;';
    expect(checkSources(new Map([["plugin/core/a.ts", text]]))).toEqual([]);
  });

  it("forbid a file of 401 lines and allow one of 400", () => {
    const files = new Map([
      ["scripts/long.ts", "a;\n".repeat(401)],
      ["scripts/short.ts", "a;\n".repeat(400)],
    ]);
    expect(checkSources(files)).toEqual(["scripts/long.ts: needed at most 400 lines, came 401"]);
  });

  it("forbid an index.ts inside a layer", () => {
    const files = new Map([["plugin/scene/sensors/index.ts", 'export { a } from "./a.ts";']]);
    expect(checkSources(files)).toEqual(["plugin/scene/sensors/index.ts: needed no index.ts inside a layer, came one"]);
  });
});
