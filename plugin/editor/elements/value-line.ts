import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import type { Insight } from "../model/insight.ts";
import { shortNumber } from "../model/short-number.ts";

const HEIGHT = 56;

/** What the agent expected to win, over the last half minute. */
export class ValueLine extends LitElement {
  static override properties = { insight: { attribute: false } };
  static override styles = [
    controls,
    css`
      canvas {
        display: block;
        width: 100%;
        height: ${HEIGHT}px;
      }
    `,
  ];
  declare insight: Insight;

  constructor() {
    super();
    new Listening(
      this,
      () => [this.insight.onRefreshObservable],
      () => this.#draw(),
    );
  }

  override render(): TemplateResult {
    return html`<canvas role="img" aria-label="Value estimate over time"></canvas>`;
  }

  override updated(): void {
    this.#draw();
  }

  #draw(): void {
    const canvas = this.renderRoot.querySelector("canvas");
    const pen = canvas?.getContext("2d");
    const { values, valueCount } = this.insight;
    if (!canvas || !pen || canvas.clientWidth === 0) return;
    const scale = devicePixelRatio;
    const width = canvas.clientWidth;
    if (canvas.width !== Math.round(width * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(HEIGHT * scale);
    }
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, HEIGHT);
    if (valueCount < 2) return;
    let least = Infinity;
    let most = -Infinity;
    for (let i = 0; i < valueCount; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    const range = Math.max(1e-6, most - least);
    const look = getComputedStyle(this);
    pen.strokeStyle = look.getPropertyValue("--accent");
    pen.lineWidth = 2;
    pen.beginPath();
    for (let i = 0; i < valueCount; i++) {
      pen.lineTo((i / (values.length - 1)) * (width - 44), HEIGHT - 6 - ((values[i] - least) / range) * (HEIGHT - 12));
    }
    pen.stroke();
    pen.fillStyle = look.getPropertyValue("--ink-soft");
    pen.font = "11px system-ui, sans-serif";
    pen.textAlign = "right";
    pen.fillText(shortNumber(most), width, 12);
    pen.fillText(shortNumber(least), width, HEIGHT - 4);
  }
}
