import type { Scene } from "@babylonjs/core/scene.js";
import { element } from "../../shell/element.ts";
import type { Spot } from "../rules/geometry.ts";
import { projectGolem } from "./golem-picker.ts";

/** Distance of a marker from the picture's edge, in CSS pixels. */
const INSET = 26;
/** The same from the upper edge, where the score is. */
const TOP_INSET = 92;

/** Arrows at the picture's edge that point at golems outside it: golems are loud. */
export class EdgeMarkers {
  readonly #container: HTMLElement;
  readonly #markers: HTMLElement[] = [];

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** Call at every frame. @param seeing - Whether each golem sees the thief, [golems]. */
  update(scene: Scene, canvas: HTMLElement, golems: readonly Spot[], seeing: readonly boolean[]): void {
    while (this.#markers.length < golems.length) {
      const marker = element("i", { class: "edge-marker", attributes: { "aria-hidden": "true", hidden: "" } });
      this.#markers.push(marker);
      this.#container.append(marker);
    }
    const { clientWidth: width, clientHeight: height } = canvas;
    this.#markers.forEach((marker, index) => {
      const golem = golems[index];
      const at = golem ? projectGolem(scene, canvas, golem) : null;
      const outside = at !== null && (at.x < 0 || at.y < 0 || at.x > width || at.y > height);
      marker.hidden = !outside;
      if (!outside) return;
      const x = Math.min(width - INSET, Math.max(INSET, at.x));
      const y = Math.min(height - INSET, Math.max(TOP_INSET, at.y));
      const angle = Math.atan2(at.y - y, at.x - x);
      marker.classList.toggle("seeing", seeing[index] ?? false);
      marker.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) rotate(${angle.toFixed(3)}rad)`;
    });
  }

  dispose(): void {
    for (const marker of this.#markers) marker.remove();
  }
}
