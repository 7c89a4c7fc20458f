import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { rendererOf } from "../../engine-access.ts";
import type { Colony, ColonyOptions } from "./colony.ts";
import { CpuColony } from "./cpu-colony.ts";
import { GlColony } from "./gl-colony.ts";
import { GpuColony } from "./gpu-colony.ts";

/**
 * Makes cells where the engine draws.
 *
 * @throws UnsupportedError where the GPU does not take them.
 */
export async function openColony(engine: AbstractEngine, options: ColonyOptions): Promise<Colony> {
  const renderer = rendererOf(engine);
  if (renderer.kind === "webgpu") return GpuColony.open(engine, options);
  if (renderer.kind === "webgl2") return new GlColony(engine, renderer.context, options);
  return new CpuColony(engine, options);
}
