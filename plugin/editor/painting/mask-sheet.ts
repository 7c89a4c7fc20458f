import { LitElement, css, html, type TemplateResult } from "lit";
import type { Picture } from "../../paint.ts";
import { stroke, type Mask, type Spot } from "./brush.ts";
import { picturePixels } from "./picture-pixels.ts";

/** How far an arrow key moves the brush, in shares of the picture's shorter side. */
const STEP = 0.04;
const WAYS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Beyond the brush's radius: the soft edge of a stroke. */
const SOFT_EDGE = 2;

/** A picture, or an empty sheet, that a brush paints a mask on: with mouse, pen, finger or arrow keys and space. */
export class MaskSheet extends LitElement {
  static override properties = {
    caption: {},
    backdrop: { attribute: false },
    mask: { attribute: false },
    unpainted: { attribute: false },
    brush: { attribute: false },
  };
  static override styles = css`
    figure {
      margin: 0;
    }
    figcaption {
      overflow: hidden;
      margin-top: 6px;
      color: var(--ink-soft);
      font-size: var(--small);
      text-align: center;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .sheet {
      position: relative;
      margin: 0 auto;
      overflow: hidden;
      border-radius: 10px;
      cursor: crosshair;
      touch-action: none;
    }
    .sheet:focus-visible {
      outline: 2px solid var(--accent);
      outline-offset: 2px;
    }
    .sheet.bare {
      background: repeating-conic-gradient(var(--sunken) 0 25%, var(--line) 0 50%) 0 0 / 32px 32px;
    }
    canvas {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
    }
    .ring {
      position: absolute;
      aspect-ratio: 1;
      border: 1.5px solid #fff;
      border-radius: 50%;
      box-shadow: 0 0 0 1px rgb(0 0 0 / 60%);
      pointer-events: none;
      transform: translate(-50%, -50%);
    }
    .ring[hidden] {
      display: none;
    }
  `;
  /** What it is, for people. */
  declare caption: string;
  /** What is painted over; null for an empty sheet. */
  declare backdrop: Picture | null;
  /** Painted on in place. */
  declare mask: Mask;
  /** The value that shows the bare picture. */
  declare unpainted: 0 | 1;
  /** The radius in shares of the shorter side, and the value that it leaves. */
  declare brush: { readonly radius: number; readonly value: number };
  #last: Spot | null = null;
  #cursor: Spot = { x: 0, y: 0 };

  override render(): TemplateResult {
    const { width, height } = this.mask;
    const canvas = (name: string): TemplateResult =>
      html`<canvas class=${name} width=${width} height=${height} aria-hidden="true"></canvas>`;
    return html`<figure>
      <div
        class=${this.backdrop ? "sheet" : "sheet bare"}
        tabindex="0"
        role="application"
        aria-label=${`${this.caption}. Arrow keys move the brush, space paints.`}
        style=${`aspect-ratio: ${width} / ${height}; width: min(100%, var(--most-height, 52dvh) * ${width / height})`}
        @pointerdown=${this.#press}
        @pointermove=${this.#move}
        @pointerup=${() => (this.#last = null)}
        @pointercancel=${() => (this.#last = null)}
        @pointerleave=${() => this.#showRing(this.#sheet.matches(":focus"))}
        @focus=${() => this.#showRing(true)}
        @blur=${() => this.#showRing(false)}
        @keydown=${this.#key}
      >
        ${canvas("base")}${canvas("overlay")}<i class="ring" aria-hidden="true" hidden></i>
      </div>
      <figcaption>${this.caption}</figcaption>
    </figure>`;
  }

  override firstUpdated(): void {
    const { backdrop } = this;
    const { width, height } = this.mask;
    this.#cursor = { x: width / 2, y: height / 2 };
    if (backdrop) {
      penOf(this, ".base")?.putImageData(new ImageData(picturePixels(backdrop, width, height), width, height), 0, 0);
    }
    this.redraw();
  }

  /** Shows the whole mask anew. */
  redraw(): void {
    this.#show(0, 0, this.mask.width, this.mask.height);
  }

  get #sheet(): HTMLElement {
    return this.renderRoot.querySelector(".sheet")!;
  }

  #press(event: PointerEvent): void {
    this.#sheet.setPointerCapture(event.pointerId);
    this.#last = null;
    this.#paintTo(this.#spotOf(event));
  }

  #move(event: PointerEvent): void {
    this.#cursor = this.#spotOf(event);
    this.#showRing(true);
    if (this.#sheet.hasPointerCapture(event.pointerId)) this.#paintTo(this.#cursor);
  }

  #key(event: KeyboardEvent): void {
    const way = WAYS[event.key];
    if (!way && event.key !== " ") return;
    event.preventDefault();
    if (way) {
      const { width, height } = this.mask;
      const step = STEP * Math.min(width, height);
      this.#cursor = {
        x: Math.min(width, Math.max(0, this.#cursor.x + way[0] * step)),
        y: Math.min(height, Math.max(0, this.#cursor.y + way[1] * step)),
      };
      this.#showRing(true);
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
    const { width, height } = this.mask;
    const radius = Math.max(0.5, this.brush.radius * Math.min(width, height));
    const from = this.#last ?? spot;
    stroke(this.mask, from, spot, radius, this.brush.value);
    this.#last = spot;
    const reach = radius + SOFT_EDGE;
    const left = Math.max(0, Math.floor(Math.min(from.x, spot.x) - reach));
    const top = Math.max(0, Math.floor(Math.min(from.y, spot.y) - reach));
    const right = Math.min(width, Math.ceil(Math.max(from.x, spot.x) + reach));
    const bottom = Math.min(height, Math.ceil(Math.max(from.y, spot.y) + reach));
    if (right > left && bottom > top) this.#show(left, top, right - left, bottom - top);
  }

  #show(left: number, top: number, width: number, height: number): void {
    const image = new ImageData(width, height);
    const colour = this.unpainted === 1 ? [255, 84, 60] : [255, 180, 94];
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at += 4) {
        const value = this.mask.values[(top + y) * this.mask.width + left + x];
        image.data.set(colour, at);
        image.data[at + 3] = 165 * Math.abs(value - this.unpainted);
      }
    }
    penOf(this, ".overlay")?.putImageData(image, left, top);
  }

  #showRing(isShown: boolean): void {
    const ring = this.renderRoot.querySelector<HTMLElement>(".ring")!;
    ring.hidden = !isShown;
    const { width, height } = this.mask;
    const share = (2 * this.brush.radius * Math.min(width, height)) / width;
    ring.style.width = `${(100 * share).toFixed(2)}%`;
    ring.style.left = `${((100 * this.#cursor.x) / width).toFixed(2)}%`;
    ring.style.top = `${((100 * this.#cursor.y) / height).toFixed(2)}%`;
  }
}

function penOf({ renderRoot }: LitElement, canvas: string): CanvasRenderingContext2D | null | undefined {
  return renderRoot.querySelector<HTMLCanvasElement>(canvas)?.getContext("2d", { willReadFrequently: true });
}
