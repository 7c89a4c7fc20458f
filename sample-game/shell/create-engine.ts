import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { Renderer } from "./room.ts";

/** An engine and the name of what it draws with. */
export interface CreatedEngine {
  readonly engine: AbstractEngine;
  readonly renderer: Renderer;
}

/**
 * Makes a WebGPU engine, or a WebGL2 engine where there is no WebGPU or where it fails to start.
 *
 * @param wish - What to try alone; null tries WebGPU first.
 * @throws Error when the browser has neither.
 */
export async function createEngine(canvas: HTMLCanvasElement, wish: Renderer | null): Promise<CreatedEngine> {
  if (wish !== "WebGL2") {
    const engine = await tryWebGPU(canvas);
    if (engine) return { engine, renderer: "WebGPU" };
  }
  const { Engine } = await import("@babylonjs/core/Engines/engine.js");
  try {
    const engine = new Engine(canvas, false, {
      preserveDrawingBuffer: false,
      stencil: false,
      powerPreference: "high-performance",
    });
    return { engine, renderer: "WebGL2" };
  } catch (cause) {
    throw new Error(
      "Golem Yard: needed WebGPU or WebGL2, came neither. Switch hardware acceleration on in the browser.",
      {
        cause,
      },
    );
  }
}

async function tryWebGPU(canvas: HTMLCanvasElement): Promise<AbstractEngine | null> {
  if (!("gpu" in navigator)) return null;
  try {
    const { WebGPUEngine } = await import("@babylonjs/core/Engines/webgpuEngine.js");
    if (!(await WebGPUEngine.IsSupportedAsync)) return null;
    const engine = new WebGPUEngine(canvas, { antialias: false, powerPreference: "high-performance" });
    await engine.initAsync();
    return engine;
  } catch (cause) {
    console.warn("WebGPU is there but did not start; the game draws with WebGL2.", cause);
    return null;
  }
}
