import { ArcRotateCamera } from "@babylonjs/core/Cameras/arcRotateCamera.js";
import { Camera } from "@babylonjs/core/Cameras/camera.js";
import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { DirectionalLight } from "@babylonjs/core/Lights/directionalLight.js";
import { HemisphericLight } from "@babylonjs/core/Lights/hemisphericLight.js";
import { ShadowGenerator } from "@babylonjs/core/Lights/Shadows/shadowGenerator.js";
import "@babylonjs/core/Lights/Shadows/shadowGeneratorSceneComponent.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { Scene } from "@babylonjs/core/scene.js";
import { NAMES, studioConfig } from "../rules/config.ts";
import { BACKGROUND, makeThings } from "./make-things.ts";

/** Pixels of the shadows; 0 switches them off. */
export type ShadowSize = 0 | 1024 | 2048;

/** The scene: things on a ground, soft light, and a camera that anybody can turn. */
export class StudioView {
  readonly scene: Scene;
  readonly camera: ArcRotateCamera;
  readonly #sun: DirectionalLight;
  #shadows: ShadowGenerator | null = null;

  constructor(engine: AbstractEngine) {
    const { turned, down, distance, nearest, farthest } = studioConfig.camera;
    this.scene = new Scene(engine);
    this.scene.clearColor = BACKGROUND;
    this.camera = new ArcRotateCamera("camera", turned, down, distance, Vector3.Zero(), this.scene);
    this.camera.minZ = 0.5;
    this.camera.maxZ = 120;
    this.camera.lowerRadiusLimit = nearest;
    this.camera.upperRadiusLimit = farthest;
    this.camera.upperBetaLimit = 1.5;
    this.camera.wheelDeltaPercentage = 0.01;
    this.camera.pinchDeltaPercentage = 0.01;
    this.camera.attachControl(true);
    const sky = new HemisphericLight("sky", new Vector3(0.2, 1, -0.3), this.scene);
    sky.intensity = 0.75;
    sky.groundColor = new Color3(0.22, 0.23, 0.3);
    sky.specular = Color3.Black();
    this.#sun = new DirectionalLight("sun", new Vector3(-0.55, -1, 0.5), this.scene);
    this.#sun.position.set(11, 20, -10);
    this.#sun.intensity = 0.85;
    makeThings(this.scene);
  }

  /** Shadows of this many pixels. */
  setShadows(size: ShadowSize): void {
    this.#shadows?.dispose();
    this.#shadows = null;
    if (size === 0) return;
    const shadows = new ShadowGenerator(size, this.#sun);
    shadows.usePercentageCloserFiltering = true;
    shadows.bias = 0.004;
    shadows.normalBias = 0.02;
    shadows.darkness = 0.35;
    for (const name of NAMES) {
      const mesh = this.scene.getMeshByName(name);
      if (!mesh) continue;
      if (name === "ground") mesh.receiveShadows = true;
      else shadows.addShadowCaster(mesh);
    }
    this.#shadows = shadows;
  }

  /**
   * Keeps the ground in the part of the picture that is free.
   *
   * @param aspect - Width by height.
   * @param rise - How far the middle of the free part is above the middle of the picture, as a share of the height.
   */
  fit(aspect: number, rise: number): void {
    const { fieldOfView, across, wide, distance } = studioConfig.camera;
    const isWide = aspect >= wide;
    this.camera.fovMode = isWide ? Camera.FOVMODE_VERTICAL_FIXED : Camera.FOVMODE_HORIZONTAL_FIXED;
    this.camera.fov = isWide ? fieldOfView : across;
    const shown = 2 * distance * (isWide ? Math.tan(fieldOfView / 2) : Math.tan(across / 2) / aspect);
    this.camera.targetScreenOffset.y = shown * rise;
  }

  dispose(): void {
    this.scene.dispose();
  }
}
