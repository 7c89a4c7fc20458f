import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { ArcRotateCamera } from "@babylonjs/core/Cameras/arcRotateCamera.js";
import { DirectionalLight } from "@babylonjs/core/Lights/directionalLight.js";
import { Color4 } from "@babylonjs/core/Maths/math.color.js";
import { Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { CreatePlane } from "@babylonjs/core/Meshes/Builders/planeBuilder.js";
import { CreateSphere } from "@babylonjs/core/Meshes/Builders/sphereBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { Scene } from "@babylonjs/core/scene.js";

/** A scene with one thing to paint, and one light that can be turned. */
export interface PaintStage {
  readonly scene: Scene;
  readonly light: DirectionalLight;
  readonly camera: ArcRotateCamera;
  mesh: Mesh;
}

/** Sets up the stage: a square of 2 that faces the camera, or a sphere. */
export function buildStage(engine: AbstractEngine, shape: "wall" | "sphere", isRightHanded: boolean): PaintStage {
  const scene = new Scene(engine);
  scene.useRightHandedSystem = isRightHanded;
  scene.clearColor = new Color4(0.1, 0.1, 0.15, 1);
  const mesh =
    shape === "wall" ? CreatePlane("wall", { size: 2 }, scene) : CreateSphere("sphere", { diameter: 2 }, scene);
  const camera = new ArcRotateCamera("camera", -Math.PI / 2, Math.PI / 2, 3, Vector3.Zero(), scene);
  camera.minZ = 0.1;
  camera.fov = 0.75;
  const light = new DirectionalLight("light", new Vector3(0, 0, 1), scene);
  light.intensity = 3;
  return { scene, light, camera, mesh };
}

/** Where a point of the scene is drawn, in pixels from the canvas's upper left corner. */
export function screenPlace({ scene, camera }: PaintStage, point: Vector3): { x: number; y: number } {
  const engine = scene.getEngine();
  const viewport = camera.viewport.toGlobal(engine.getRenderWidth(), engine.getRenderHeight());
  const { x, y } = Vector3.Project(point, Matrix.Identity(), scene.getTransformMatrix(), viewport);
  return { x, y };
}
