import { runInThisContext } from "node:vm";
import type { Scene } from "@babylonjs/core/scene.js";
import ts from "typescript";
import * as plugin from "../../../plugin/index.ts";

/**
 * Runs a printed module: the one function that it exports, with the scene.
 *
 * @returns What that gives.
 */
export async function runCode<T>(code: string, scene: Scene): Promise<T> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, unknown> = {};
  const load = (name: string): unknown => {
    if (name === "babylon-neural") return plugin;
    throw new Error(`the printed code imports "${name}"`);
  };
  const run = runInThisContext(`(function (require, exports) {${outputText}\n})`) as (
    load: (name: string) => unknown,
    exported: object,
  ) => void;
  run(load, exported);
  const made = Object.values(exported).filter((value) => typeof value === "function");
  if (made.length !== 1) throw new Error(`needed one exported function, came ${made.length}`);
  return await (made[0] as (scene: Scene) => T | Promise<T>)(scene);
}
