import type { BakedImages, Picture } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import type { Scale } from "../rules/scales.ts";
import { createFace } from "./face.ts";
import { drawSquare } from "./picture-square.ts";
import { SliderRow } from "./slider-row.ts";
import { drawThumbnail } from "./thumbnail.ts";

/** Pictures of a path, both ends among them. */
export const PATH_STEPS = 7;

const SHARE: Scale<"share"> = {
  name: "share",
  label: "On the path",
  hint: "How far from A to C",
  least: 0,
  most: 1,
  step: 0.01,
  say: (value) => `${Math.round(100 * value)} %`,
};
const FACE = 64;

/** The path from A to C as a strip to scrub along, above the cross-fade of the pixels. */
export class PathStrip {
  readonly root: HTMLElement;
  readonly #imagined = Array.from({ length: PATH_STEPS }, () => createFace());
  readonly #pixels = Array.from({ length: PATH_STEPS }, () => createFace());
  readonly #mark = element("i", { class: "path-mark" });
  readonly #slider: SliderRow;

  /** @param onShare - Called while somebody scrubs, with the drag that does it. */
  constructor(onShare: (share: number, gesture: object | null) => void) {
    let drag: object | null = null;
    this.#slider = new SliderRow(SHARE, 0.5, (value) => onShare(value ?? 0.5, null));
    const strips = element(
      "div",
      { class: "path-strips", attributes: { "data-test": "path", "aria-hidden": "true" } },
      element("div", { class: "path-row" }, ...this.#imagined),
      element("div", { class: "path-row" }, ...this.#pixels),
      this.#mark,
    );
    const scrub = (event: PointerEvent): void => {
      const { left, width } = strips.getBoundingClientRect();
      onShare(Math.round(100 * Math.min(1, Math.max(0, (event.clientX - left) / width))) / 100, drag);
    };
    strips.addEventListener("pointerdown", (event) => {
      strips.setPointerCapture(event.pointerId);
      drag = {};
      scrub(event);
    });
    strips.addEventListener("pointermove", (event) => {
      if (strips.hasPointerCapture(event.pointerId)) scrub(event);
    });
    this.root = element(
      "section",
      { class: "path-strip" },
      strips,
      this.#slider.root,
      element("p", {
        class: "hint",
        text: "Above, each step is a texture of its own. Below, pixels fade: half way, both are seen at once.",
      }),
    );
  }

  set(share: number): void {
    this.#slider.set(share);
    this.#mark.style.left = `${100 * share}%`;
  }

  /** @param step - From 0 to 6. */
  setImagined(step: number, images: BakedImages): void {
    drawThumbnail(images, "material", FACE, this.#imagined[step]);
  }

  setPixels(step: number, picture: Picture): void {
    drawSquare(picture, this.#pixels[step]);
  }
}
