import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { FIRST_NIGHT, type Night } from "../rules/night.ts";
import type { NightEye } from "../work/night-eye.ts";
import { NightBox } from "./night-box.ts";
import { SplitHandle } from "./split-handle.ts";
import type { Stage } from "./stage.ts";

/** Where the night camera works, and who hears of trouble. */
export interface NightPlace {
  readonly engine: AbstractEngine;
  complain(problem: unknown): void;
}

interface NightHooks extends NightPlace {
  /** The picture is about to be divided into noisy and clean. */
  onDivide(): void;
}

const LOADING = "Fetching the network …";
const NO_GPU = "Cleaning each frame needs WebGPU, and this browser draws without it. The frames stay noisy.";
/** Where the line between noisy and clean stands at first, as a share of the part that panels leave free. */
const MIDDLE = 0.5;

/** The night camera: frames as noisy as by little light, cleaned by a network to the right of a line. Its code comes when somebody wants it. */
export class NightDesk {
  readonly box: NightBox;
  readonly handle: SplitHandle;
  readonly #stage: Stage;
  readonly #canvas: HTMLElement;
  readonly #hooks: NightHooks;
  #night = FIRST_NIGHT;
  #eye: NightEye | null = null;
  #work = 0;
  /** Whether the wish is being followed: then what the camera says on the way is no news. */
  #isFollowing = false;

  constructor(stage: Stage, canvas: HTMLElement, hooks: NightHooks) {
    this.#stage = stage;
    this.#canvas = canvas;
    this.#hooks = hooks;
    this.box = new NightBox((change) => this.set(change));
    this.handle = new SplitHandle(
      (at) => {
        if (this.#eye?.denoise) this.#eye.denoise.divider = Math.min(1, Math.max(0, at));
        stage.touch();
      },
      ["Noisy", "Clean"],
    );
  }

  get isOn(): boolean {
    return this.#night.isOn;
  }

  /** Whether frames are being cleaned. */
  get isCleaning(): boolean {
    return this.#night.isClean && this.#eye?.denoise?.reason === null;
  }

  /** Changes what is said, and leaves the rest. */
  set(change: Partial<Night>): void {
    const before = this.#night;
    this.#night = { ...before, ...change };
    if (this.#night.isOn && !before.isOn) this.#hooks.onDivide();
    void this.#follow();
  }

  /** Keeps the line where it is after the page has changed its size. */
  arrange(): void {
    if (!this.handle.root.hidden) this.handle.slider.set(this.handle.slider.at);
  }

  dispose(): void {
    this.#work++;
    this.#close();
  }

  /** Brings the camera to what is wished. Never rejects. */
  async #follow(): Promise<void> {
    const work = ++this.#work;
    const { isOn, isClean, electrons } = this.#night;
    if (!isOn) {
      this.#close();
      this.#show(null);
      return;
    }
    const isUseless = isClean && !this.#hooks.engine.isWebGPU;
    if (isUseless) this.#night = { ...this.#night, isClean: false };
    const cleans = isClean && !isUseless;
    this.#show(isUseless ? NO_GPU : this.#eye && (!cleans || this.#eye.denoise) ? null : LOADING);
    this.#isFollowing = true;
    try {
      const { NightEye } = await import("../work/night-eye.ts");
      if (work !== this.#work) return;
      if (!this.#eye) {
        this.#eye = new NightEye(this.#stage.orbit.camera, electrons, () => this.#see());
        this.#stage.setEye(this.#eye);
      }
      this.#eye.electrons = electrons;
      if (cleans) await this.#eye.open();
      if (work !== this.#work) return;
      const { denoise } = this.#eye;
      if (denoise) denoise.isOn = cleans;
      this.#show(isUseless ? NO_GPU : cleans ? (denoise?.reason ?? null) : null);
      this.#divide(cleans && denoise?.reason === null);
    } catch (problem) {
      if (work !== this.#work) return;
      this.#night = { ...this.#night, isClean: false };
      this.#show(null);
      this.#divide(false);
      this.#hooks.complain(problem);
    } finally {
      if (work === this.#work) this.#isFollowing = false;
    }
    this.#stage.touch();
  }

  /** Says so when frames are cleaned no more, or again: after a lost GPU, or at a size that is too much for it. */
  #see(): void {
    const { denoise } = this.#eye ?? {};
    if (this.#isFollowing || !this.#night.isClean || !denoise) return;
    this.#show(denoise.reason);
    this.#divide(denoise.reason === null);
    this.#stage.touch();
  }

  #divide(divided: boolean): void {
    const { root, slider } = this.handle;
    const wasHidden = root.hidden;
    root.hidden = !divided;
    if (!divided || !wasHidden) return;
    const { left, right } = this.#stage.orbit.free;
    slider.set((left + MIDDLE * (right - left)) / this.#canvas.clientWidth);
  }

  #close(): void {
    this.#divide(false);
    this.#stage.setEye(null);
    this.#eye?.dispose();
    this.#eye = null;
  }

  #show(note: string | null): void {
    this.box.set(this.#night, note);
  }
}
