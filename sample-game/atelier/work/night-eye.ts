import type { Camera } from "@babylonjs/core/Cameras/camera.js";
import {
  CameraNoise,
  loadFrameCleaner,
  NeuralDenoise,
  shareDevice,
  type FrameCleaner,
  type SharedDevice,
} from "../../../plugin/paint-gpu.ts";

const NETWORK = "models/grain/grain.bnw";

/** What a dim camera makes of each frame, and what a network makes of that. */
export class NightEye {
  readonly isLive = true;
  readonly #camera: Camera;
  readonly #noise: CameraNoise;
  readonly #onChanged: () => void;
  readonly #stop = new AbortController();
  #electrons: number;
  #denoise: NeuralDenoise | null = null;
  #shared: SharedDevice | null = null;
  #cleaner: FrameCleaner | null = null;
  #opening: Promise<void> | null = null;
  #isDisposed = false;

  /** @param onChanged - Called when frames begin to be cleaned, or cease. */
  constructor(camera: Camera, electrons: number, onChanged: () => void) {
    this.#camera = camera;
    this.#onChanged = onChanged;
    this.#electrons = electrons;
    this.#noise = new CameraNoise("night", { electrons }, camera);
  }

  /** Null until frames can be cleaned. */
  get denoise(): NeuralDenoise | null {
    return this.#denoise;
  }

  /** Fewer are more noise. */
  set electrons(electrons: number) {
    this.#electrons = electrons;
    this.#noise.noise = { electrons };
    if (this.#denoise) this.#denoise.noise = { electrons };
  }

  /** Loads the network, so that frames can be cleaned. @throws ConfigurationError, UnsupportedError, StorageError or PolicyFileError where that can't be. */
  open(): Promise<void> {
    this.#opening ??= this.#open().catch((problem: unknown) => {
      this.#opening = null;
      this.#forget();
      throw problem;
    });
    return this.#opening;
  }

  /** Goes behind what came to the camera since: frames must be in sRGB. */
  comeLast(): void {
    for (const pass of [this.#noise, this.#denoise]) {
      if (!pass) continue;
      this.#camera.detachPostProcess(pass);
      this.#camera.attachPostProcess(pass);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stop.abort();
    this.#forget();
    this.#noise.dispose(this.#camera);
    this.#shared?.dispose();
  }

  /** Frees what cleans; what makes noise stays. */
  #forget(): void {
    this.#denoise?.dispose(this.#camera);
    this.#cleaner?.dispose();
    this.#denoise = this.#cleaner = null;
  }

  async #open(): Promise<void> {
    const shared = (this.#shared ??= await shareDevice(this.#camera.getEngine()));
    if (this.#isDisposed) {
      shared.dispose();
      return;
    }
    const cleaner = await loadFrameCleaner(NETWORK, { backend: "webgpu", signal: this.#stop.signal });
    if (this.#isDisposed) {
      cleaner.dispose();
      return;
    }
    this.#cleaner = cleaner;
    this.#denoise = new NeuralDenoise("clean", { shared, cleaner, electrons: this.#electrons }, this.#camera);
    this.#denoise.onChangedObservable.add(() => this.#onChanged());
    await this.#denoise.ready;
  }
}
