import type { DebugDrawing, DebugPen, NeuralController } from "../../index.ts";

/** Seconds between two readings of an agent that nobody steers. */
const PERIOD = 0.1;

/**
 * Draws what agents sense and do, into the scene. An agent without a policy senses as well, so that its senses can be seen and
 * tuned before it has learned anything; it does not move.
 */
export class SensePreview implements DebugDrawing {
  #controllers: readonly NeuralController[] = [];
  #due = 0;
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Draws these from now on. */
  show(controllers: readonly NeuralController[]): void {
    this.#controllers = controllers;
    this.#due = 0;
  }

  draw(pen: DebugPen): void {
    const now = performance.now() / 1000;
    const reads = now >= this.#due;
    if (reads) this.#due = now + PERIOD;
    const controllers = this.#controllers;
    for (let i = 0; i < controllers.length; i++) {
      const controller = controllers[i];
      if (controller.isDisposed) continue;
      if (reads && controller.policy === null && controller.heuristic === null) read(controller);
      controller.draw(pen);
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#controllers = [];
  }
}

/** Lets an idle agent look around. */
function read(controller: NeuralController): void {
  const { sensors, observation, attachedNode: node } = controller;
  if (!node) return;
  let at = 0;
  for (let i = 0; i < sensors.length; i++) {
    const sensor = sensors[i];
    sensor.prepare?.(node);
    sensor.read(node, observation, at);
    at += sensor.labels.length;
  }
}
