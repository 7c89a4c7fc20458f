import type { Camera } from "@babylonjs/core/Cameras/camera.js";
import { ShaderLanguage } from "@babylonjs/core/Materials/shaderLanguage.js";
import type { Effect } from "@babylonjs/core/Materials/effect.js";
import { ThinTexture } from "@babylonjs/core/Materials/Textures/thinTexture.js";
import { Observable } from "@babylonjs/core/Misc/observable.js";
import { PostProcess } from "@babylonjs/core/PostProcesses/postProcess.js";
import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";
import type { Observer } from "../../core/observable.ts";
import type { FrameCleaner } from "../../paint/grain/frame-cleaner.ts";
import { NetFrameCleaner } from "../../paint/grain/net-frame-cleaner.ts";
import { assertSensorNoise, toldNoise, type SensorNoise } from "../../paint/grain/sensor-noise.ts";
import { gpuTextureOfInternal } from "../engine-access.ts";
import type { SharedDevice } from "../shared-device.ts";
import { denoiseKernels, DenoisePass, largestBuffer, type DenoiseKernels } from "./denoise-pass.ts";
import { DIVIDED_SHADER, registerGrainShaders } from "./grain-shaders.ts";

/** How many clean by the same network: of its weights copies are kept as long as there are any. */
const users = new WeakMap<NetFrameCleaner, number>();

/** What cleans the frames, and how noisy they are. */
export interface NeuralDenoiseOptions extends SensorNoise {
  /** By `shareDevice`, of the camera's engine; null where there is none, e.g. on WebGL2: then frames stay as they are. */
  readonly shared: SharedDevice | null;
  /** By `loadFrameCleaner(…, { backend: "webgpu" })` after `shareDevice`; stays yours. Without a shared device null will do. */
  readonly cleaner: FrameCleaner | null;
  /** The share of the noise that is taken away, in [0, 1]. Default 1. */
  readonly amount?: number;
  /** How much of the frame's width, from the left, stays as it is, in [0, 1]: to compare. Default 0. */
  readonly divider?: number;
}

/**
 * Cleans the noisy frames of a camera by a network, before they are shown:
 * `new NeuralDenoise("clean", { shared, cleaner, electrons: 50 }, camera)`.
 *
 * All happens on the GPU that draws the scene: nothing is read back, and nothing is made anew while the frame's size stays. It wants frames in
 * sRGB, as materials draw them. Where it can't work it lets frames through as they are and says why, by `reason` and `onChangedObservable`: without
 * WebGPU, while the GPU is lost, for frames larger than the GPU's buffers. There, single frames can be cleaned by `FrameCleaner.clean`.
 */
export class NeuralDenoise extends PostProcess {
  /** Told when it begins to clean, or ceases. */
  readonly onChangedObservable = new Observable<NeuralDenoise>();
  /** Whether it works; off, frames pass at no cost but one draw. */
  isOn = true;
  readonly #who: string;
  readonly #shared: SharedDevice | null;
  readonly #cleaner: NetFrameCleaner | null;
  readonly #shown = new ThinTexture(null);
  #observers: readonly Observer[] = [];
  #noise: SensorNoise;
  #amount: number;
  #divider: number;
  #kernels: DenoiseKernels | null = null;
  #pass: DenoisePass | null = null;
  #isSet = false;
  #reason: string | null;
  #ready: Promise<void> = Promise.resolve();
  #isDisposed = false;

  /** @throws ConfigurationError for options that cannot be. */
  constructor(name: string, options: NeuralDenoiseOptions, camera: Camera) {
    const who = `NeuralDenoise "${name}"`;
    const { shared, cleaner, amount = 1, divider = 0 } = options;
    assertSensorNoise(who, options);
    assertShare(who, { amount, divider });
    const engine = camera.getEngine();
    const net = checkedCleaner(who, shared, cleaner);
    if (shared && shared.engine !== engine) {
      throw new ConfigurationError(
        `${who}: needed the shared device of the camera's engine, came another engine's. Share the device of the engine that draws the scene.`,
      );
    }
    registerGrainShaders();
    super(name, DIVIDED_SHADER, {
      uniforms: ["divider"],
      samplers: ["cleanedSampler"],
      size: 1,
      camera,
      engine,
      shaderLanguage: engine.isWebGPU ? ShaderLanguage.WGSL : ShaderLanguage.GLSL,
    });
    this.doNotSerialize = true;
    this.#who = who;
    this.#shared = shared;
    this.#cleaner = net;
    this.#noise = noiseOf(options);
    this.#amount = amount;
    this.#divider = divider;
    this.#reason = `${who}: needed a GPU device that it shares with Babylon, came none. Clean single frames by FrameCleaner.clean, or use WebGPU.`;
    this.onApplyObservable.add((effect) => this.#apply(effect));
    if (shared) this.#begin(shared);
  }

  override getClassName(): string {
    return "NeuralDenoise";
  }

  /** Why frames stay as they are; null while they are cleaned, or would be if it were on. */
  get reason(): string | null {
    return this.#reason;
  }

  /** Resolves when its shaders are compiled, so that the next frame is cleaned. Rejects where the GPU does not take them. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** How noisy the frames are. @throws ConfigurationError for noise that no camera has; nothing has changed then. */
  get noise(): SensorNoise {
    return this.#noise;
  }

  set noise(noise: SensorNoise) {
    assertSensorNoise(this.#who, noise);
    this.#noise = noiseOf(noise);
    this.#isSet = false;
  }

  /** The share of the noise that is taken away, in [0, 1]. @throws ConfigurationError for another number. */
  get amount(): number {
    return this.#amount;
  }

  set amount(amount: number) {
    assertShare(this.#who, { amount });
    this.#amount = amount;
    this.#isSet = false;
  }

  /** How much of the frame's width, from the left, stays as it is, in [0, 1]. @throws ConfigurationError for another number. */
  get divider(): number {
    return this.#divider;
  }

  set divider(divider: number) {
    assertShare(this.#who, { divider });
    this.#divider = divider;
  }

  /** Takes it off its camera and frees what it made; device and cleaner stay. May be called twice. */
  override dispose(camera?: Camera): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const observer of this.#observers) observer.remove();
    this.#drop();
    if (this.#cleaner) users.set(this.#cleaner, users.get(this.#cleaner)! - 1);
    this.#letGo();
    this.onChangedObservable.clear();
    super.dispose(camera);
  }

  /** Forgets the copies of the weights, where nobody else cleans by them. */
  #letGo(): void {
    if (this.#cleaner && users.get(this.#cleaner) === 0) {
      this.#shared?.release(this.#cleaner.net.parameters.variables);
    }
  }

  #begin(shared: SharedDevice): void {
    users.set(this.#cleaner!, 1 + (users.get(this.#cleaner!) ?? 0));
    const { variables } = this.#cleaner!.net.parameters;
    let run = 0;
    let isKept = false;
    const open = async (): Promise<void> => {
      const { device } = shared;
      // Of the weights there must be a copy that outlives the device.
      if (!isKept) await shared.keep(variables);
      isKept = true;
      if (this.#isDisposed) {
        this.#letGo();
        return;
      }
      this.#say(`${this.#who}: needed its shaders, came none yet. Await ready.`);
      const kernels = await denoiseKernels(device);
      if (this.#isDisposed || shared.isLost || shared.device !== device) return;
      this.#kernels = kernels;
      this.#say(null);
    };
    const start = (): void => {
      const own = ++run;
      this.#ready = open().catch((error: unknown) => {
        if (own === run) this.#say((error as Error).message);
        throw error;
      });
      this.#ready.catch(() => {}); // whoever awaits `ready` hears of it
    };
    this.#observers = [
      shared.onLostObservable.add(() => {
        this.#kernels = null;
        this.#drop();
        this.#say(
          `${this.#who}: needed its GPU device, came the news that it is lost. It goes on by itself when there is another.`,
        );
      }),
      shared.onRestoredObservable.add(start),
    ];
    start();
  }

  /** Before Babylon draws: cleans the frame that was drawn, where that can be. */
  #apply(effect: Effect): void {
    const { texture } = this.inputTexture;
    const cleaned = this.isOn && this.#divider < 1 ? this.#clean() : null;
    this.#shown._texture = cleaned ?? texture;
    effect.setTexture("cleanedSampler", this.#shown);
    effect.setFloat("divider", this.#divider);
  }

  #clean(): DenoisePass["cleaned"] | null {
    const shared = this.#shared;
    const frame = gpuTextureOfInternal(this.inputTexture.texture);
    if (!shared || !this.#kernels || !frame || shared.isLost) return null;
    const pass = this.#passFor(shared, this.#kernels, frame);
    if (!pass) return null;
    if (!this.#isSet) pass.set(toldNoise(this.#noise), this.#amount);
    this.#isSet = true;
    onBackend(() => pass.run(frame, this.#cleaner!.net));
    return pass.cleaned;
  }

  /** What cleans frames of the present size; null where that is too large. */
  #passFor(shared: SharedDevice, kernels: DenoiseKernels, { width, height }: GPUTexture): DenoisePass | null {
    if (this.#pass?.size.width === width && this.#pass.size.height === height) return this.#pass;
    this.#drop();
    const { maxStorageBufferBindingSize, maxBufferSize } = shared.device.limits;
    const most = Math.min(maxStorageBufferBindingSize, maxBufferSize);
    const needed = largestBuffer({ width, height }, this.#cleaner!.net);
    if (needed > most || Math.min(width, height) < 8) {
      const what = needed > most ? `at most ${most} bytes a buffer` : "at least 8 pixels a side";
      this.#say(`${this.#who}: needed frames of ${what}, came ${width} × ${height}. Draw at another size.`);
      return null;
    }
    if (this.#reason !== null) this.#say(null);
    return (this.#pass = onBackend(() => new DenoisePass(shared, kernels, { width, height })));
  }

  #drop(): void {
    const pass = this.#pass;
    this.#pass = null;
    this.#isSet = false;
    this.#shown._texture = null;
    pass?.dispose();
  }

  #say(reason: string | null): void {
    if (this.#isDisposed || this.#reason === reason) return;
    this.#reason = reason;
    this.onChangedObservable.notifyObservers(this);
  }
}

/** The noise alone, of what may say more. */
function noiseOf({ electrons, readNoise }: SensorNoise): SensorNoise {
  return { electrons, ...(readNoise === undefined ? {} : { readNoise }) };
}

/** Does something while TensorFlow.js computes on WebGPU; whoever else uses it meanwhile keeps their backend. */
function onBackend<T>(work: () => T): T {
  const before = tf.getBackend();
  // Of a backend that is ready, this takes effect at once.
  if (before !== "webgpu") void tf.setBackend("webgpu");
  try {
    return work();
  } finally {
    if (before !== "webgpu" && before) void tf.setBackend(before);
  }
}

function checkedCleaner(
  who: string,
  shared: SharedDevice | null,
  cleaner: FrameCleaner | null,
): NetFrameCleaner | null {
  if (!shared) return null;
  if (cleaner instanceof NetFrameCleaner && cleaner.backend === "webgpu") return cleaner;
  const came = cleaner instanceof NetFrameCleaner ? `one of "${cleaner.backend}"` : "none of loadFrameCleaner";
  throw new ConfigurationError(
    `${who}: needed a cleaner of the backend "webgpu", came ${came}. Use loadFrameCleaner(…, { backend: "webgpu" }) after shareDevice.`,
  );
}

/** @throws ConfigurationError for what is no share. */
function assertShare(who: string, shares: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(shares)) {
    if (value >= 0 && value <= 1) continue;
    throw new ConfigurationError(`${who}: needed ${name} in [0, 1], came ${value}. Choose a number in that range.`);
  }
}
