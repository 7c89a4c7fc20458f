import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { ArcRotateCamera } from "@babylonjs/core/Cameras/arcRotateCamera.js";
import { HemisphericLight } from "@babylonjs/core/Lights/hemisphericLight.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3, Color4 } from "@babylonjs/core/Maths/math.color.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { Scene } from "@babylonjs/core/scene.js";
import type { Actuator } from "../../../plugin/scene/actuator.ts";

/** What the pages about cameras draw with. */
export type Wish = "webgl2" | "webgpu";

/** Starts an engine on a canvas. */
export async function startEngine(wish: Wish, canvas: HTMLCanvasElement): Promise<AbstractEngine> {
  if (wish === "webgpu") {
    const { WebGPUEngine } = await import("@babylonjs/core/Engines/webgpuEngine.js");
    const engine = new WebGPUEngine(canvas, { antialias: false });
    await engine.initAsync();
    return engine;
  }
  const { Engine } = await import("@babylonjs/core/Engines/engine.js");
  return new Engine(canvas, false);
}

/**
 * Three boxes on a black ground of nothing: red 4 ahead and 2 to the left of the origin, blue 4 ahead and 2 to the right and higher,
 * green 4 behind.
 */
export function buildScene(engine: AbstractEngine): Scene {
  const scene = new Scene(engine);
  scene.clearColor = new Color4(0, 0, 0, 1);
  const camera = new ArcRotateCamera("main", -1.4, 0.9, 14, Vector3.Zero(), scene);
  scene.activeCamera = camera;
  const light = new HemisphericLight("light", new Vector3(0, 1, 0), scene);
  light.groundColor = new Color3(0.7, 0.7, 0.7);
  light.specular = new Color3(0, 0, 0);
  paint(scene, "red", new Color3(1, 0, 0)).position.set(-2, 0, 4);
  paint(scene, "blue", new Color3(0, 0, 1)).position.set(2, 1, 4);
  paint(scene, "green", new Color3(0, 1, 0)).position.set(0, 0, -4);
  return scene;
}

/** A box of 1.5 in one colour. */
export function paint(scene: Scene, name: string, colour: Color3, size = 1.5): Mesh {
  const box = CreateBox(name, { size }, scene);
  const material = new StandardMaterial(name, scene);
  material.diffuseColor = colour;
  box.material = material;
  return box;
}

/** One number and one choice that move nothing. */
export function idle(): Actuator {
  return {
    labels: ["go"],
    branches: [{ label: "do", choices: ["nothing", "something", "anything"] }],
    act() {},
  };
}

/** Draws so many frames, each when the browser would show it. */
export async function drawFrames(scene: Scene, count: number): Promise<void> {
  const engine = scene.getEngine();
  for (let i = 0; i < count; i++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    engine.beginFrame();
    scene.render();
    engine.endFrame();
  }
}
