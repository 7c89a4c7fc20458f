import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { SurfaceEstimator } from "../../../plugin/paint/generators/surface-estimator.ts";
import { loadMapEstimator } from "../../../plugin/paint/photograph/map-estimator.ts";

const FILE = fileURLToPath(new URL("../../../models/photo-maps/estimator.bnw", import.meta.url));

/** Whether the shipped network that guesses a surface from a picture is there. */
export function hasShippedEstimator(): boolean {
  return existsSync(FILE);
}

let loaded: Promise<SurfaceEstimator> | undefined;

/** The shipped network that guesses a surface from a picture, on WASM; loaded once. */
export async function shippedEstimator(): Promise<SurfaceEstimator> {
  loaded ??= readFile(FILE).then((bytes) => loadMapEstimator(new Uint8Array(bytes), { backend: "wasm" }));
  return loaded;
}
