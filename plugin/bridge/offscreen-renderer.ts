import { Engine } from "@babylonjs/core/Engines/engine.js";
import { Logger } from "@babylonjs/core/Misc/logger.js";
import { UnsupportedError } from "../core/errors.ts";
import type { LessonRenderer } from "../scene/headless-scene.ts";
import { camerasReady } from "./camera-sensor.ts";
import { rendererOf } from "./engine-access.ts";

/**
 * Makes an engine that draws by WebGL2 where nobody looks, in a worker or on a page: for lessons whose agents have exact cameras.
 *
 * `serveLesson(lesson, { renderer: offscreenRenderer })` at the top of a worker's module.
 *
 * @throws UnsupportedError where there is no OffscreenCanvas with WebGL2, as in Node.
 */
export async function offscreenRenderer(): Promise<LessonRenderer> {
  const refuse = (came: string, cause?: unknown): UnsupportedError =>
    new UnsupportedError(
      `offscreenRenderer: needed an OffscreenCanvas with WebGL2, came ${came}. Teach agents with cameras in a browser's worker, or let them see by gridSensor.`,
      { cause },
    );
  if (typeof OffscreenCanvas === "undefined") throw refuse("a place without OffscreenCanvas");
  // Pictures are drawn on textures; the canvas itself stays empty.
  const canvas = new OffscreenCanvas(8, 8) as unknown as HTMLCanvasElement;
  Object.assign(canvas, { style: {} }); // Babylon.js 9.35 resets its cursor when a scene is disposed of
  const { Log } = Logger;
  Logger.Log = () => {}; // Babylon greets on the console at each engine
  let engine: Engine;
  try {
    engine = new Engine(canvas, false, { stencil: false, preserveDrawingBuffer: false, audioEngine: false });
  } catch (cause) {
    throw refuse("one without", cause);
  } finally {
    Logger.Log = Log;
  }
  if (rendererOf(engine).kind !== "webgl2") {
    engine.dispose();
    throw refuse("WebGL1");
  }
  return { engine, ready: (scene) => camerasReady(scene) };
}
