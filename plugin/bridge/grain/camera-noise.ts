import type { Camera } from "@babylonjs/core/Cameras/camera.js";
import { ShaderLanguage } from "@babylonjs/core/Materials/shaderLanguage.js";
import { PostProcess } from "@babylonjs/core/PostProcesses/postProcess.js";
import { assertSensorNoise, USUAL_READ_NOISE, type SensorNoise } from "../../paint/grain/sensor-noise.ts";
import { CAMERA_NOISE_SHADER, registerGrainShaders } from "./grain-shaders.ts";

/** How noisy a camera is, and by which chance. */
export interface CameraNoiseOptions extends SensorNoise {
  /** Which noise; its lowest 32 bits count. Default 0. */
  readonly seed?: number;
  /** Whether each frame has noise of its own. Default true. */
  readonly isAnimated?: boolean;
}

/**
 * Makes a camera's frames as noisy as those of a dim room or a night: `new CameraNoise("night", { electrons: 50 }, camera)`.
 *
 * Electrons come by chance, the fewer the less light there is, and reading them out adds some more noise. It wants frames in sRGB, as
 * materials draw them, so it comes after image processing; on WebGPU and WebGL2, one draw a frame. The same seed makes the same noise in the same
 * frame, counted from when it was made.
 */
export class CameraNoise extends PostProcess {
  /** Whether each frame has noise of its own. */
  isAnimated: boolean;
  readonly #seed: number;
  #noise: SensorNoise;
  #frame = 0;

  /** @throws ConfigurationError for noise that no camera has. */
  constructor(name: string, options: CameraNoiseOptions, camera: Camera) {
    assertSensorNoise(`CameraNoise "${name}"`, options);
    registerGrainShaders();
    const engine = camera.getEngine();
    super(name, CAMERA_NOISE_SHADER, {
      uniforms: ["sensor", "frameSize"],
      size: 1,
      camera,
      engine,
      shaderLanguage: engine.isWebGPU ? ShaderLanguage.WGSL : ShaderLanguage.GLSL,
    });
    this.doNotSerialize = true;
    this.#noise = options;
    this.#seed = (options.seed ?? 0) >>> 0;
    this.isAnimated = options.isAnimated ?? true;
    this.onApplyObservable.add((effect) => {
      const { electrons, readNoise = USUAL_READ_NOISE } = this.#noise;
      const word = (this.#seed + Math.imul(this.#frame, 0x9e3779b9)) >>> 0;
      if (this.isAnimated) this.#frame += 1;
      effect.setFloat4("sensor", electrons, readNoise, word & 0xffff, word >>> 16);
      effect.setFloat2("frameSize", this.width, this.height);
    });
  }

  override getClassName(): string {
    return "CameraNoise";
  }

  /** How noisy the camera is. @throws ConfigurationError for noise that no camera has; nothing has changed then. */
  get noise(): SensorNoise {
    return this.#noise;
  }

  set noise(noise: SensorNoise) {
    assertSensorNoise(`CameraNoise "${this.name}"`, noise);
    this.#noise = noise;
  }
}
