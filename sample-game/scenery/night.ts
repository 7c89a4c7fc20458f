import { DirectionalLight } from "@babylonjs/core/Lights/directionalLight.js";
import { HemisphericLight } from "@babylonjs/core/Lights/hemisphericLight.js";
import { PointLight } from "@babylonjs/core/Lights/pointLight.js";
import { ShadowGenerator } from "@babylonjs/core/Lights/Shadows/shadowGenerator.js";
import "@babylonjs/core/Lights/Shadows/shadowGeneratorSceneComponent.js";
import { ImageProcessingConfiguration } from "@babylonjs/core/Materials/imageProcessingConfiguration.js";
import { Color3, Color4 } from "@babylonjs/core/Maths/math.color.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import { Scene } from "@babylonjs/core/scene.js";
import { PALETTE } from "./palette.ts";

/** A lamp's flame, in metres. */
export interface Lamp {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** How bright; 1 is a wall lantern. */
  readonly strength: number;
}

const BLACK = Color3.Black();

/** The moon, the sky's light, fog and tone mapping. */
export class Night {
  readonly moon: DirectionalLight;
  readonly #scene: Scene;
  readonly #sky: HemisphericLight;
  readonly #lamps: PointLight[] = [];
  #shadows: ShadowGenerator | null = null;
  readonly #casters = new Set<AbstractMesh>();

  constructor(scene: Scene) {
    this.#scene = scene;
    scene.clearColor = Color4.FromColor3(PALETTE.night, 1);
    scene.fogMode = Scene.FOGMODE_LINEAR;
    scene.fogColor = PALETTE.fog;
    this.setDistance(20);
    const processing = scene.imageProcessingConfiguration;
    processing.toneMappingEnabled = true;
    processing.toneMappingType = ImageProcessingConfiguration.TONEMAPPING_ACES;
    processing.exposure = 1.65;
    processing.contrast = 1.12;

    const sky = new HemisphericLight("sky", new Vector3(0.1, 1, -0.25), scene);
    sky.specular.set(0, 0, 0);
    this.#sky = sky;
    this.setSky(0.95);

    this.moon = new DirectionalLight("moon", new Vector3(0.72, -1.05, 0.42).normalize(), scene);
    this.moon.position.set(-24, 34, -14);
    this.moon.diffuse = PALETTE.moon;
    this.setShine(true);
    this.moon.intensity = 0.62;
    this.moon.autoUpdateExtends = false;
    this.moon.autoCalcShadowZBounds = false;
    this.moon.shadowMinZ = 12;
    this.moon.shadowMaxZ = 72;
    this.setReach(16);
  }

  /** How far from the centre the moon throws shadows, in metres. */
  setReach(metres: number): void {
    this.moon.orthoLeft = this.moon.orthoBottom = -metres;
    this.moon.orthoRight = this.moon.orthoTop = metres;
  }

  /**
   * Puts real lights where lamps are, the brightest four.
   *
   * @param ground - What they do not shine on, since its light is baked. Default nothing.
   */
  setLamps(lamps: readonly Lamp[], ground: AbstractMesh | null = null): void {
    while (this.#lamps.length < Math.min(4, lamps.length)) {
      const light = new PointLight(`lamp ${this.#lamps.length}`, Vector3.Zero(), this.#scene);
      light.diffuse = PALETTE.lamp;
      light.specular = PALETTE.lamp.scale(0.25);
      light.range = 9.5;
      if (ground) light.excludedMeshes.push(ground);
      this.#lamps.push(light);
    }
    const brightest = [...lamps].sort((a, b) => b.strength - a.strength);
    this.#lamps.forEach((light, index) => {
      const lamp = brightest[index];
      light.position.set(lamp.x, lamp.y, lamp.z);
      light.intensity = 1.35 * lamp.strength;
    });
  }

  /** Makes flames flicker. */
  flicker(seconds: number): void {
    this.#lamps.forEach((light, index) => {
      light.range = 9.5 + 0.5 * Math.sin(seconds * (7 + index) + index) + 0.3 * Math.sin(seconds * 17.3 + index * 2);
    });
  }

  /** Shadows of this many pixels; 0 switches them off. */
  setShadows(size: 0 | 512 | 1024 | 2048): void {
    this.#shadows?.dispose();
    this.#shadows = null;
    if (size === 0) return;
    const shadows = new ShadowGenerator(size, this.moon);
    shadows.usePercentageCloserFiltering = true;
    shadows.filteringQuality = size > 512 ? ShadowGenerator.QUALITY_MEDIUM : ShadowGenerator.QUALITY_LOW;
    shadows.bias = 0.006;
    shadows.normalBias = 0.03;
    shadows.darkness = 0.12;
    for (const mesh of this.#casters) shadows.addShadowCaster(mesh, false);
    this.#shadows = shadows;
  }

  /** Moves the fog along with the camera, so that it begins behind the yard. @param distance - Of what is looked at. */
  setDistance(distance: number): void {
    this.#scene.fogStart = distance + 11;
    this.#scene.fogEnd = distance + 38;
  }

  /** How bright the sky is; where lamps shine on the ground only, it has to stand in for them. */
  setSky(brightness: number): void {
    PALETTE.skyAmbient.scaleToRef(brightness, this.#sky.diffuse);
    PALETTE.groundAmbient.scaleToRef(1.05 * brightness, this.#sky.groundColor);
  }

  /** Whether the moon makes things shine. */
  setShine(shine: boolean): void {
    this.moon.specular.copyFrom(shine ? PALETTE.moon : BLACK).scaleToRef(0.35, this.moon.specular);
  }

  /** Lets a mesh throw a shadow until it is disposed. */
  castShadow(mesh: AbstractMesh): void {
    this.#casters.add(mesh);
    this.#shadows?.addShadowCaster(mesh, false);
    mesh.onDisposeObservable.addOnce(() => {
      this.#casters.delete(mesh);
      this.#shadows?.removeShadowCaster(mesh, false);
    });
  }
}
