import type { Picture } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import { stroke, type Mask, type Spot } from "../rules/brush.ts";
import { pictureImage } from "./picture-list.ts";

/** How far an arrow key moves the brush, in shares of the picture's shorter side. */
const STEP = 0.04;

/** A picture, or an empty sheet, that a brush paints a mask on: with mouse, pen, finger or arrow keys and space. */
export class MaskCanvas {
  readonly root: HTMLElement;
  readonly mask: Mask;
  readonly #overlay: HTMLCanvasElement;
  readonly #ring = element("i", { class: "brush-ring", attributes: { "aria-hidden": "true", hidden: "" } });
  readonly #sheet: HTMLElement;
  readonly #colour: readonly [number, number, number];
  readonly #brush: () => { readonly radius: number; readonly value: number };
  readonly #unpainted: number;
  #last: Spot | null = null;
  #cursor: Spot;

  /**
   * @param caption - What it is, for people.
   * @param mask - Painted on in place.
   * @param unpainted - The value that shows the bare picture.
   * @param brush - Radius in shares of the shorter side, and the value that it leaves.
   */
  constructor(
    caption: string,
    backdrop: Picture | null,
    mask: Mask,
    unpainted: number,
    brush: () => { readonly radius: number; readonly value: number },
  ) {
    const { width, height } = mask;
    this.mask = mask;
    this.#brush = brush;
    this.#unpainted = unpainted;
    this.#colour = unpainted === 1 ? [255, 84, 60] : [255, 180, 94];
    this.#cursor = { x: width / 2, y: height / 2 };
    const size = { width: String(width), height: String(height), "aria-hidden": "true" };
    const base = element("canvas", { attributes: size });
    if (backdrop)
      base.getContext("2d", { willReadFrequently: true })?.putImageData(pictureImage(backdrop, width, height), 0, 0);
    this.#overlay = element("canvas", { attributes: size });
    this.#sheet = element(
      "div",
      {
        class: `mask-sheet${backdrop ? "" : " empty"}`,
        attributes: {
          tabindex: "0",
          role: "application",
          "aria-label": `${caption}. Arrow keys move the brush, space paints.`,
          style: `aspect-ratio: ${width} / ${height}`,
        },
      },
      base,
      this.#overlay,
      this.#ring,
    );
    this.root = element("figure", { class: "mask-figure" }, this.#sheet, element("figcaption", { text: caption }));
    this.#listen();
    this.redraw();
  }

  /** Shows the whole mask anew. */
  redraw(): void {
    this.#show(0, 0, this.mask.width, this.mask.height);
  }

  #listen(): void {
    const sheet = this.#sheet;
    sheet.addEventListener("pointerdown", (event) => {
      sheet.setPointerCapture(event.pointerId);
      this.#last = null;
      this.#paintTo(this.#spotOf(event));
    });
    sheet.addEventListener("pointermove", (event) => {
      const spot = this.#spotOf(event);
      this.#cursor = spot;
      this.#moveRing();
      if (sheet.hasPointerCapture(event.pointerId)) this.#paintTo(spot);
    });
    for (const type of ["pointerup", "pointercancel"]) sheet.addEventListener(type, () => (this.#last = null));
    sheet.addEventListener("pointerleave", () => (this.#ring.hidden = document.activeElement !== sheet));
    sheet.addEventListener("focus", () => this.#moveRing());
    sheet.addEventListener("blur", () => (this.#ring.hidden = true));
    sheet.addEventListener("keydown", (event) => this.#key(event));
  }

  #key(event: KeyboardEvent): void {
    const step = STEP * Math.min(this.mask.width, this.mask.height);
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way && event.key !== " ") return;
    event.preventDefault();
    if (way) {
      const { width, height } = this.mask;
      const x = Math.min(width, Math.max(0, this.#cursor.x + way[0] * step));
      const y = Math.min(height, Math.max(0, this.#cursor.y + way[1] * step));
      this.#cursor = { x, y };
      this.#moveRing();
      if (!event.shiftKey) return;
    }
    // Space paints a spot; with shift held, arrows draw.
    this.#last = null;
    this.#paintTo(this.#cursor);
    this.#last = null;
  }

  #spotOf(event: PointerEvent): Spot {
    const box = this.#sheet.getBoundingClientRect();
    const { width, height } = this.mask;
    return {
      x: ((event.clientX - box.left) / box.width) * width,
      y: ((event.clientY - box.top) / box.height) * height,
    };
  }

  #paintTo(spot: Spot): void {
    const { radius, value } = this.#brush();
    const { width, height } = this.mask;
    const pixels = Math.max(0.5, radius * Math.min(width, height));
    const from = this.#last ?? spot;
    stroke(this.mask, from, spot, pixels, value);
    this.#last = spot;
    const left = Math.max(0, Math.floor(Math.min(from.x, spot.x) - pixels - 2));
    const top = Math.max(0, Math.floor(Math.min(from.y, spot.y) - pixels - 2));
    const right = Math.min(width, Math.ceil(Math.max(from.x, spot.x) + pixels + 2));
    const bottom = Math.min(height, Math.ceil(Math.max(from.y, spot.y) + pixels + 2));
    if (right > left && bottom > top) this.#show(left, top, right - left, bottom - top);
  }

  #show(left: number, top: number, width: number, height: number): void {
    const image = new ImageData(width, height);
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at += 4) {
        const value = this.mask.values[(top + y) * this.mask.width + left + x];
        image.data.set(this.#colour, at);
        image.data[at + 3] = 165 * Math.abs(value - this.#unpainted);
      }
    }
    this.#overlay.getContext("2d", { willReadFrequently: true })?.putImageData(image, left, top);
  }

  #moveRing(): void {
    const { width, height } = this.mask;
    const share = (2 * this.#brush().radius * Math.min(width, height)) / width;
    this.#ring.hidden = false;
    this.#ring.style.width = `${(100 * share).toFixed(2)}%`;
    this.#ring.style.left = `${((100 * this.#cursor.x) / width).toFixed(2)}%`;
    this.#ring.style.top = `${((100 * this.#cursor.y) / height).toFixed(2)}%`;
  }
}
