import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import { play } from "./play.mjs";

// As two script tags would: nothing but globals.
globalThis.BABYLON = createRequire(import.meta.url)("babylonjs");
runInThisContext(readFileSync(new URL("../../dist-lib/babylonneural.js", import.meta.url), "utf8"));
await play(globalThis.BABYLON, globalThis.BABYLONNEURAL);
