import type { Colour, DebugDrawing, DebugPen, NeuralController, Vector } from "../../index.ts";

const UP = { r: 0.02, g: 0.75, b: 0.25 };
const DOWN = { r: 0.95, g: 0.1, b: 0.05 };

/** Draws an agent's rays and targets in the colour of what they contributed: green pushed up, red pushed down, dark did nothing. */
export class SaliencyDrawing implements DebugDrawing, DebugPen {
  readonly #controller: NeuralController;
  readonly #colour = { r: 0, g: 0, b: 0 };
  #contributions: Float32Array | null = null;
  #pen: DebugPen | null = null;
  /** While counting, lines are only counted. */
  #lines = 0;
  #counting = false;
  #perLine = 0;
  #label = 0;
  #most = 0;
  #disposed = false;

  constructor(controller: NeuralController) {
    this.#controller = controller;
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** @param contributions - [observation]; null draws nothing. */
  show(contributions: Float32Array | null): void {
    this.#contributions = contributions;
  }

  draw(pen: DebugPen): void {
    const contributions = this.#contributions;
    const { attachedNode: node, sensors, isDisposed } = this.#controller;
    if (!contributions || !node || isDisposed) return;
    this.#most = 1e-9;
    for (let i = 0; i < contributions.length; i++) this.#most = Math.max(this.#most, Math.abs(contributions[i]));
    this.#pen = pen;
    this.#label = 0;
    for (let i = 0; i < sensors.length; i++) {
      const sensor = sensors[i];
      const first = this.#label;
      this.#lines = 0;
      this.#counting = true;
      sensor.draw?.(node, this);
      this.#counting = false;
      // A fan draws a line for each ray, and gives as many numbers for each: so each ray has its own colour.
      this.#perLine = this.#lines > 0 ? sensor.labels.length / this.#lines : 0;
      this.#lines = 0;
      sensor.draw?.(node, this);
      this.#label = first + sensor.labels.length;
    }
  }

  line(from: Vector, to: Vector, _colour: Colour): void {
    const line = this.#lines++;
    if (this.#counting) return;
    const begin = this.#label + Math.floor(line * this.#perLine);
    const end = this.#label + Math.max(1, Math.floor((line + 1) * this.#perLine));
    let sum = 0;
    for (let i = begin; i < end; i++) sum += this.#contributions![i];
    const strength = Math.min(1, Math.abs(sum) / this.#most);
    const target = sum >= 0 ? UP : DOWN;
    this.#colour.r = 0.05 + strength * target.r;
    this.#colour.g = 0.05 + strength * target.g;
    this.#colour.b = 0.05 + strength * target.b;
    this.#pen!.line(from, to, this.#colour);
  }

  dispose(): void {
    this.#disposed = true;
    this.#contributions = null;
  }
}
