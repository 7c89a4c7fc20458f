import { LitElement, css, html, type TemplateResult } from "lit";
import type { PaintPreview } from "../../paint.ts";

/** A small picture made of numbers, beside words that say what it is; with the attribute `small` in the size of lists. */
export class PixelFace extends LitElement {
  static override properties = { face: { attribute: false } };
  static override styles = css`
    :host {
      display: block;
      overflow: hidden;
      border-radius: 6px;
      background: var(--sunken);
    }
    :host([small]) {
      flex: none;
      width: 48px;
      height: 48px;
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
      object-fit: cover;
    }
  `;
  /** Null while it is not there yet. */
  declare face: PaintPreview | null;

  constructor() {
    super();
    this.face = null;
  }

  override render(): TemplateResult {
    return html`<canvas width=${this.face?.width ?? 1} height=${this.face?.height ?? 1} aria-hidden="true"></canvas>`;
  }

  override updated(): void {
    const { face } = this;
    const pen = this.renderRoot.querySelector("canvas")?.getContext("2d");
    if (face && pen) pen.putImageData(new ImageData(face.pixels, face.width, face.height), 0, 0);
  }
}
