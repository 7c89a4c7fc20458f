import { LitElement, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { DrawingSurface, surfaceStyle } from "../looks/drawing-surface.ts";
import type { Insight } from "../model/insight.ts";

const HEIGHT = 150;
const GAP = 2;

/** A layer as it is drawn: a block of cells. */
interface Column {
  readonly title: string;
  readonly activations: Float32Array;
}

/** An agent's network at work: one cell for each neuron, blue for above 0 and orange for below, paler towards 0. */
export class NetworkDrawing extends LitElement {
  static override properties = { insight: { attribute: false } };
  static override styles = [controls, surfaceStyle];
  declare insight: Insight;
  readonly #surface = new DrawingSurface(this, HEIGHT, {
    sources: () => [this.insight.onRefreshObservable],
    draw: () => this.#draw(),
  });

  override render(): TemplateResult {
    const layers = this.insight.view?.layers.map(({ name, activations }) => `${name} with ${activations.length}`) ?? [];
    return html`<canvas role="img" aria-label=${`The network: ${layers.join(", ")} neurons`}></canvas>`;
  }

  #draw(): void {
    const { view, observation } = this.insight;
    const pen = view ? this.#surface.begin() : null;
    if (!view || !pen) return;
    const actor = view.layers.filter(({ name }) => !name.startsWith("critic"));
    const columns: Column[] = [
      { title: "senses", activations: observation },
      ...actor.map(({ activations }, index) => ({ title: `layer ${index + 1}`, activations })),
      { title: "does", activations: view.means.length > 0 ? view.means : view.probabilities },
    ];
    pen.textAlign = "center";
    const room = this.#surface.width / columns.length;
    columns.forEach(({ title, activations }, index) => {
      drawBlock(pen, activations, index * room, room);
      pen.fillStyle = this.#surface.ink;
      pen.fillText(title, (index + 0.5) * room, HEIGHT - 4);
    });
  }
}

/** As many columns of cells as fit the height. */
function drawBlock(pen: CanvasRenderingContext2D, activations: Float32Array, left: number, room: number): void {
  const height = HEIGHT - 22;
  const rows = Math.min(activations.length, 16);
  const columns = Math.ceil(activations.length / rows);
  const size = Math.max(2, Math.min(12, height / rows - GAP, (room - 8) / columns - GAP));
  const x0 = left + (room - columns * (size + GAP)) / 2;
  const y0 = (height - rows * (size + GAP)) / 2;
  for (let i = 0; i < activations.length; i++) {
    const value = Math.max(-1, Math.min(1, activations[i]));
    pen.fillStyle = value >= 0 ? "#5b7cfa" : "#e69f00";
    pen.globalAlpha = 0.12 + 0.88 * Math.abs(value);
    pen.fillRect(x0 + Math.floor(i / rows) * (size + GAP), y0 + (i % rows) * (size + GAP), size, size);
  }
  pen.globalAlpha = 1;
}
