import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { UnsupportedError } from "./core/errors.ts";

let loading: Promise<HavokPhysicsWithBindings> | undefined;

/**
 * Loads the Havok physics engine in Node, once for the whole process; every later call gets the same one.
 *
 * @throws UnsupportedError when the package "@babylonjs/havok" is not installed.
 */
export function loadHavok(): Promise<HavokPhysicsWithBindings> {
  loading ??= load();
  return loading;
}

async function load(): Promise<HavokPhysicsWithBindings> {
  try {
    const { default: HavokPhysics } = await import("@babylonjs/havok");
    const file = createRequire(import.meta.url).resolve("@babylonjs/havok/lib/esm/HavokPhysics.wasm");
    const wasmBinary = readFileSync(file);
    return await HavokPhysics({
      wasmBinary: wasmBinary.buffer.slice(wasmBinary.byteOffset, wasmBinary.byteOffset + wasmBinary.length),
    });
  } catch (cause) {
    loading = undefined;
    throw new UnsupportedError(
      `loadHavok: needed the package "@babylonjs/havok", came "${cause instanceof Error ? cause.message : String(cause)}". Install it: npm i @babylonjs/havok.`,
      { cause },
    );
  }
}
