import { DirectionalLight } from "@babylonjs/core/Lights/directionalLight.js";
import { PointLight } from "@babylonjs/core/Lights/pointLight.js";
import { ShadowGenerator } from "@babylonjs/core/Lights/Shadows/shadowGenerator.js";
import "@babylonjs/core/Lights/Shadows/shadowGeneratorSceneComponent.js";
import type { RawCubeTexture } from "@babylonjs/core/Materials/Textures/rawCubeTexture.js";
import { ImageProcessingConfiguration } from "@babylonjs/core/Materials/imageProcessingConfiguration.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import { RenderTargetTexture } from "@babylonjs/core/Materials/Textures/renderTargetTexture.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { Halos } from "../../scenery/halo.ts";
import { PALETTE } from "../../scenery/palette.ts";
import { directionOf, lightOf, MOODS, type Light } from "../rules/sun.ts";
import { LANTERN } from "./court.ts";
import { paintSky } from "./sky-cube.ts";

const LANTERN_STRENGTH = 34;

/** The changeable light: a sun or moon with shadows, the sky that surfaces mirror, and a lantern at night. */
export class Daylight {
  readonly #scene: Scene;
  readonly #sun: DirectionalLight;
  readonly #lamp: PointLight;
  readonly #glow: ReturnType<Halos["glow"]>;
  readonly #casters = new Set<AbstractMesh>();
  #shadows: ShadowGenerator | null = null;
  #sky: RawCubeTexture | null = null;
  #light: Light = lightOf("warm");
  #hasLantern = true;

  constructor(halos: Halos, scene: Scene) {
    this.#scene = scene;
    this.#sun = new DirectionalLight("sun", Vector3.Down(), scene);
    this.#sun.autoUpdateExtends = false;
    this.#sun.autoCalcShadowZBounds = false;
    this.#sun.shadowMinZ = 2;
    this.#sun.shadowMaxZ = 44;
    this.#sun.orthoLeft = this.#sun.orthoBottom = -7.5;
    this.#sun.orthoRight = this.#sun.orthoTop = 7.5;
    this.#lamp = new PointLight("lantern", new Vector3(LANTERN.x, LANTERN.y, LANTERN.z - 0.1), scene);
    this.#lamp.diffuse = PALETTE.lamp;
    this.#lamp.specular = PALETTE.lamp;
    this.#lamp.range = 12;
    this.#glow = halos.glow("lantern glow", null, 1.5, PALETTE.lamp, 0.5);
    this.#glow.mesh.position.set(LANTERN.x, LANTERN.y, LANTERN.z);
    const processing = scene.imageProcessingConfiguration;
    processing.toneMappingType = ImageProcessingConfiguration.TONEMAPPING_KHR_PBR_NEUTRAL;
    this.setPhotographic(true);
    this.set(this.#light);
  }

  get light(): Light {
    return this.#light;
  }

  /** The lantern belongs to the yard: shapes are lit without it. */
  setLantern(shown: boolean): void {
    // Switched off, it would change the shader that everything is drawn with.
    this.#hasLantern = shown;
    this.#lamp.intensity = shown ? LANTERN_STRENGTH * MOODS[this.#light.mood].lamps : 0;
    this.#glow.mesh.setEnabled(shown);
  }

  /** Moves and colours the light; a fresh sky takes about a millisecond. */
  set(light: Light): void {
    this.#light = light;
    const mood = MOODS[light.mood];
    const [x, y, z] = directionOf(light);
    this.#sun.direction.set(x, y, z);
    this.#sun.position.set(-x * 22, -y * 22, 1 - z * 22);
    this.#sun.diffuse.set(...mood.sun);
    this.#sun.specular.set(...mood.sun);
    this.#sun.intensity = mood.strength;
    this.#lamp.intensity = this.#hasLantern ? LANTERN_STRENGTH * mood.lamps : 0;
    this.#glow.set(PALETTE.lamp, 0.15 + 0.75 * mood.lamps);
    this.#sky?.dispose();
    this.#sky = paintSkyInto(this.#scene, light);
    this.redrawShadows();
  }

  /** Tone mapping for lit pictures; plain colours for single maps. */
  setPhotographic(lit: boolean): void {
    const processing = this.#scene.imageProcessingConfiguration;
    processing.toneMappingEnabled = lit;
    processing.exposure = lit ? 1.12 : 1;
    processing.contrast = lit ? 1.08 : 1;
  }

  /** Shadows of this many pixels; 0 switches them off. */
  setShadows(size: 0 | 1024 | 2048): void {
    this.#shadows?.dispose();
    this.#shadows = null;
    if (size === 0) return;
    const shadows = new ShadowGenerator(size, this.#sun);
    shadows.usePercentageCloserFiltering = true;
    shadows.filteringQuality = size > 1024 ? ShadowGenerator.QUALITY_HIGH : ShadowGenerator.QUALITY_MEDIUM;
    shadows.bias = 0.004;
    shadows.normalBias = 0.02;
    for (const mesh of this.#casters) shadows.addShadowCaster(mesh, false);
    this.#shadows = shadows;
    this.redrawShadows();
  }

  castShadow(mesh: AbstractMesh): void {
    this.#casters.add(mesh);
    this.#shadows?.addShadowCaster(mesh, false);
  }

  /** Shadows are drawn once, and again when something has moved. */
  redrawShadows(): void {
    const map = this.#shadows?.getShadowMap();
    if (map) map.refreshRate = RenderTargetTexture.REFRESHRATE_RENDER_ONCE;
  }
}

function paintSkyInto(scene: Scene, light: Light): RawCubeTexture {
  const sky = paintSky(light, scene);
  scene.environmentTexture = sky;
  return sky;
}
