import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { initialParameters } from "../../plugin/compute/initial-parameters.ts";
import { continuousActions } from "../../plugin/core/action-spec.ts";
import { DEFAULT_NETWORK, layOutNetwork } from "../../plugin/core/network-spec.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import { encodePolicy } from "../../plugin/core/policy-file.ts";
import { createNormaliser } from "../../plugin/core/policy.ts";
import { bundleLibrary } from "../../scripts/library/bundle-library.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "babylon-neural-flavours-"));
const policy = join(folder, "forward.bnp");

beforeAll(async () => {
  await bundleLibrary();
  writeFileSync(policy, encodePolicy(fullSpeedAhead()));
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** A policy that drives forward at full speed, whatever it sees. */
function fullSpeedAhead(): Parameters<typeof encodePolicy>[0] {
  const role = { observation: vectorObservation(["one"]), action: continuousActions("drive") };
  const parameters = initialParameters(role, DEFAULT_NETWORK, 1);
  const last = layOutNetwork(role, DEFAULT_NETWORK).actor.at(-1)!;
  parameters[last.biases] = 10;
  return { role, network: DEFAULT_NETWORK, normaliser: createNormaliser(new Uint8Array(1)), parameters, birth: {} };
}

/** Every `.d.ts` below a folder. */
function declarations(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".d.ts"))
    .map((name) => join(root, folder, name));
}

/** What the compiler says about a user's source and about our declarations. */
function complaints(name: string, text: string, types: readonly string[]): string[] {
  const path = join(root, "tests/flavours", name);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node", "@webgpu/types"],
    typeRoots: [join(root, "node_modules/@types")],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => file === path || fileExists(file);
  host.readFile = (file) => (file === path ? text : readFile(file));
  const program = ts.createProgram([path, ...types], options, host);
  return [path, ...types].flatMap((file) => {
    const source = program.getSourceFile(file);
    return program
      .getSemanticDiagnostics(source)
      .map(({ messageText }) => `${file.slice(root.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  });
}

describe.each([
  ["@babylonjs/core", "play-core.mjs"],
  ["babylonjs", "play-babylonjs.mjs"],
  ["script tags", "play-script-tag.mjs"],
])("The library built for %s", (_flavour, script) => {
  it("attaches a controller to a node and drives it by a stored policy", () => {
    const path = join(root, "tests/flavours", script);
    const { stdout, stderr } = spawnSync(process.execPath, [path, pathToFileURL(policy).href], { encoding: "utf8" });
    expect(stderr).toBe("");
    // 20 frames of 50 ms are 1 second: 10 decisions, and 2 units at 2 units a second.
    expect(JSON.parse(stdout.trim().split("\n").at(-1)!)).toEqual({ attached: true, decisions: 10, z: 2 });
  });
});

const guard = (library: string, mesh: string): string => `
  import { NeuralController, drive, rayFan, type Sensor } from "${library}";
  ${mesh}
  export function guard(node: Mesh): NeuralController {
    const health: Sensor = { labels: ["health"], read: (body, out, offset) => { out[offset] = body.position.y; } };
    const controller = new NeuralController("guard", {
      sensors: [health, rayFan({ rays: 3, range: 5, sees: ["wall"] })],
      actuators: [drive({ speed: 1 })],
    });
    node.addBehavior(controller);
    return controller;
  }`;

describe("The declarations", () => {
  it("fit a game that uses @babylonjs/core", () => {
    const mesh = 'import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";';
    expect(complaints("core.mts", guard("babylon-neural", mesh), declarations("dist-lib/types"))).toEqual([]);
  }, 120_000);

  it("fit a game that uses babylonjs", () => {
    const mesh = 'import type { Mesh } from "babylonjs";';
    const types = declarations("dist-lib/babylonjs/types");
    expect(complaints("babylonjs.mts", guard("babylon-neural/babylonjs", mesh), types)).toEqual([]);
  }, 120_000);

  it("would be caught if they did not", () => {
    const mesh = 'import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";';
    const wrong = guard("babylon-neural", mesh).replace("rays: 3", 'rays: "three"');
    expect(complaints("wrong.mts", wrong, [])).toEqual([
      "tests/flavours/wrong.mts: Type 'string' is not assignable to type 'number'.",
    ]);
  }, 120_000);

  it("of the babylonjs flavour import nothing from @babylonjs/core", () => {
    const strays = declarations("dist-lib/babylonjs/types").filter((path) =>
      /(from|import|import\() ?"@babylonjs\/core/.test(readFileSync(path, "utf8")),
    );
    expect(strays).toEqual([]);
  });
});
