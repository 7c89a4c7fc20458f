import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { QualityWish } from "./page-options.ts";

/** How much the renderer does. */
export type QualityLevel = "low" | "medium" | "high";

/** Below this many frames a second for a while, less is drawn. Chosen by feel: steering gets mushy. */
const SLOW_FRAMES = 38;
const FAST_FRAMES = 57;
const JUDGED_SECONDS = 2.5;
/** The picture is never drawn coarser than this many screen pixels per drawn pixel. */
const COARSEST = 2.6;

/** Watches the frame rate and draws less, and coarser, where the device is slow. */
export class AdaptiveQuality {
  #level: QualityLevel;
  #scaling: number;
  #frames = 0;
  #seconds = 0;
  #upgrades = 1;
  readonly #finest: number;
  readonly #engine: AbstractEngine;
  readonly #fixed: boolean;
  readonly #onLevel: (level: QualityLevel) => void;

  /** @param onLevel - Called at once and whenever the level changes. */
  constructor(engine: AbstractEngine, wish: QualityWish, onLevel: (level: QualityLevel) => void) {
    this.#engine = engine;
    this.#onLevel = onLevel;
    this.#fixed = wish !== "auto";
    const software = /swiftshader|llvmpipe|software|basic render/i.test(describeDevice(engine));
    this.#level = wish !== "auto" ? wish : software ? "low" : "high";
    // Very dense screens gain nothing that a player would see beyond two pixels per point.
    this.#finest = 1 / Math.min(2, window.devicePixelRatio);
    this.#scaling = software || wish === "low" ? 2 : this.#finest;
    engine.setHardwareScalingLevel(this.#scaling);
    onLevel(this.#level);
    this.#mark();
  }

  get level(): QualityLevel {
    return this.#level;
  }

  /** Call once a frame. @param seconds - Since the last frame. */
  frame(seconds: number): void {
    if (this.#fixed || seconds > 0.5) return;
    this.#frames++;
    this.#seconds += seconds;
    if (this.#seconds < JUDGED_SECONDS) return;
    const rate = this.#frames / this.#seconds;
    this.#frames = this.#seconds = 0;
    if (rate < SLOW_FRAMES) this.#drawLess();
    else if (rate > FAST_FRAMES && this.#upgrades > 0 && this.#scaling > this.#finest) {
      // One way back only: going up and down again would be worse than staying.
      this.#upgrades--;
      this.#scale(this.#finest);
    }
  }

  #drawLess(): void {
    if (this.#level === "high") this.#set("medium");
    else if (this.#scaling < Math.max(1, this.#finest * 1.3)) this.#scale(Math.max(1, this.#finest * 1.3));
    else if (this.#level === "medium") this.#set("low");
    else if (this.#scaling < COARSEST) this.#scale(Math.min(COARSEST, this.#scaling * 1.3));
  }

  #set(level: QualityLevel): void {
    this.#level = level;
    this.#onLevel(level);
    this.#mark();
  }

  /** Lets the page's style do without what is dear. */
  #mark(): void {
    document.documentElement.dataset["quality"] = this.#level;
  }

  #scale(scaling: number): void {
    this.#scaling = scaling;
    // Between two frames: WebGPU still holds the old picture until this one is submitted.
    this.#engine.onEndFrameObservable.addOnce(() => this.#engine.setHardwareScalingLevel(scaling));
  }
}

function describeDevice(engine: AbstractEngine): string {
  // Both engines have it, their common class does not.
  const { vendor, renderer } = (engine as unknown as { getInfo(): { vendor: string; renderer: string } }).getInfo();
  return `${vendor} ${renderer}`;
}
