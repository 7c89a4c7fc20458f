import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { Stage } from "./stage.ts";

/** Nothing has moved for this long, in milliseconds. */
const REST = 380;

/**
 * Draws a picture that is at rest once more, as fine as the screen is. Slow devices draw coarsely while something moves; a
 * material is judged when nothing does.
 */
export class RestRefinement {
  readonly #engine: AbstractEngine;
  readonly #stage: Stage;
  readonly #isWanted: () => boolean;
  readonly #finest = 1 / Math.min(1.5, window.devicePixelRatio);
  #coarse: number | null = null;
  #lastDrawn = Infinity;

  /** @param isWanted - Whether this device draws coarsely, and may take its time at rest. */
  constructor(engine: AbstractEngine, stage: Stage, isWanted: () => boolean) {
    this.#engine = engine;
    this.#stage = stage;
    this.#isWanted = isWanted;
  }

  /** Call it before each frame, so that the canvas changes its size and is drawn in one go. @param now - In milliseconds. */
  beforeFrame(now: number): void {
    if (this.#coarse !== null) {
      if (!this.#stage.isStale) return;
      this.#engine.setHardwareScalingLevel(this.#coarse);
      this.#coarse = null;
      return;
    }
    if (this.#stage.isStale || now - this.#lastDrawn < REST || !this.#isWanted()) return;
    const present = this.#engine.getHardwareScalingLevel();
    if (present <= this.#finest) return;
    this.#coarse = present;
    this.#engine.setHardwareScalingLevel(this.#finest);
    this.#stage.touch();
  }

  /** Call it after each frame. @param drew - Whether something was drawn. */
  afterFrame(drew: boolean, now: number): void {
    if (drew) this.#lastDrawn = now;
  }

  /** Draws as coarsely again as before. */
  dispose(): void {
    if (this.#coarse !== null) this.#engine.setHardwareScalingLevel(this.#coarse);
    this.#coarse = null;
  }
}
