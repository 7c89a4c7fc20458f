import { LitElement, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { DrawingSurface, surfaceStyle } from "../looks/drawing-surface.ts";
import type { Insight } from "../model/insight.ts";
import { shortNumber } from "../model/short-number.ts";

const HEIGHT = 56;

/** What the agent expected to win, over the last half minute. */
export class ValueLine extends LitElement {
  static override properties = { insight: { attribute: false } };
  static override styles = [controls, surfaceStyle];
  declare insight: Insight;
  readonly #surface = new DrawingSurface(this, HEIGHT, {
    sources: () => [this.insight.onRefreshObservable],
    draw: () => this.#draw(),
  });

  override render(): TemplateResult {
    return html`<canvas role="img" aria-label="Value estimate over time"></canvas>`;
  }

  #draw(): void {
    const { values, valueCount } = this.insight;
    const pen = this.#surface.begin();
    if (!pen || valueCount < 2) return;
    let least = Infinity;
    let most = -Infinity;
    for (let i = 0; i < valueCount; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    const { width, accent, ink } = this.#surface;
    const range = Math.max(1e-6, most - least);
    pen.strokeStyle = accent;
    pen.lineWidth = 2;
    pen.beginPath();
    for (let i = 0; i < valueCount; i++) {
      pen.lineTo((i / (values.length - 1)) * (width - 44), HEIGHT - 6 - ((values[i] - least) / range) * (HEIGHT - 12));
    }
    pen.stroke();
    pen.fillStyle = ink;
    pen.textAlign = "right";
    pen.fillText(shortNumber(most), width, 12);
    pen.fillText(shortNumber(least), width, HEIGHT - 4);
  }
}
