import { css, type LitElement, type ReactiveController } from "lit";
import { Listening, type Source } from "./listening.ts";

/** Milliseconds between two looks at the size and the colours of the page: each makes the browser lay the page out. */
const FRESH = 1000;

/** The canvas is as wide as its element. */
export const surfaceStyle = css`
  canvas {
    display: block;
    width: 100%;
  }
`;

/** What is drawn, and when. */
export interface LiveDrawing {
  /** What tells that there is something new; as in `Listening`. */
  readonly sources: () => readonly Source[];
  /** Called each time, and whenever the element has been drawn. */
  readonly draw: () => void;
}

/** An element's one canvas, drawn many times a second, sharp on dense screens, in the panel's colours. */
export class DrawingSurface implements ReactiveController {
  /** In pixels of the page. */
  width = 0;
  readonly height: number;
  /** The panel's colours, as they were within the last second. */
  ink = "";
  accent = "";
  readonly #host: LitElement;
  readonly #draw: () => void;
  #canvas: HTMLCanvasElement | null = null;
  #pen: CanvasRenderingContext2D | null = null;
  #looked = -Infinity;

  /** @param height - In pixels of the page; the width is what the canvas has there. */
  constructor(host: LitElement, height: number, { sources, draw }: LiveDrawing) {
    this.#host = host;
    this.#draw = draw;
    this.height = height;
    host.addController(this);
    new Listening(host, sources, draw);
  }

  /** The canvas may be another one, or have another size. */
  hostUpdated(): void {
    this.#canvas = this.#host.renderRoot.querySelector("canvas");
    this.#pen = this.#canvas?.getContext("2d") ?? null;
    this.#looked = -Infinity;
    if (this.#canvas) this.#canvas.style.height = `${this.height}px`;
    this.#draw();
  }

  /** Clears the canvas. @returns What to draw with, or null where nobody would see it. */
  begin(): CanvasRenderingContext2D | null {
    const pen = this.#pen;
    if (!pen) return null;
    this.#look();
    if (this.width === 0) return null;
    pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    pen.font = "11px system-ui, sans-serif";
    return pen;
  }

  #look(): void {
    const now = performance.now();
    const canvas = this.#canvas;
    if (!canvas || now - this.#looked < FRESH) return;
    this.#looked = now;
    this.width = canvas.clientWidth;
    const wide = Math.round(this.width * devicePixelRatio);
    if (canvas.width !== wide) {
      canvas.width = wide;
      canvas.height = Math.round(this.height * devicePixelRatio);
    }
    const look = getComputedStyle(this.#host);
    this.ink = look.getPropertyValue("--ink-soft");
    this.accent = look.getPropertyValue("--accent");
  }
}
