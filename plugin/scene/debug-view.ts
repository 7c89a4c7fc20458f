import { LinesMesh } from "@babylonjs/core/Meshes/linesMesh.js";
import type { Observer } from "@babylonjs/core/Misc/observable.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { Colour, DebugPen, Vector } from "./sensor.ts";

/** Anything that draws itself with lines; a `NeuralController` is one. */
export interface DebugDrawing {
  /** Once true, it is drawn no more and forgotten. */
  readonly isDisposed: boolean;
  /** Called before each frame; must not allocate. */
  draw(pen: DebugPen): void;
}

export interface DebugViewOptions {
  /** Whose senses and actions to draw at first. Default none; see `add`. */
  readonly controllers?: readonly DebugDrawing[];
  /** Whether it draws at first. Default true. */
  readonly enabled?: boolean;
  /** Babylon's rendering group; 1 draws over everything of group 0. Default 0: walls hide lines. */
  readonly renderingGroupId?: number;
}

/**
 * Draws what agents sense and do into the scene: rays (dark: nothing, grey: something, a colour for each tag), seen
 * targets (green) and remembered ones (orange), and actions (blue).
 *
 * All lines are one mesh, written anew before each frame and drawn in one call; it grows with the lines and otherwise
 * allocates nothing. It is not pickable, and neither agents nor scene files notice it.
 */
export class DebugView {
  readonly #scene: Scene;
  readonly #drawings = new Set<DebugDrawing>();
  readonly #pen: LinePen;
  #observer: Observer<Scene> | null;

  constructor(scene: Scene, options: DebugViewOptions = {}) {
    const { controllers = [], enabled = true, renderingGroupId = 0 } = options;
    this.#scene = scene;
    this.#pen = new LinePen(scene, renderingGroupId);
    this.#pen.mesh.setEnabled(enabled);
    for (const controller of controllers) this.add(controller);
    this.#observer = scene.onBeforeRenderObservable.add(() => this.#update());
  }

  /** The lines; for layer masks and the like. */
  get mesh(): LinesMesh {
    return this.#pen.mesh;
  }

  /** How many lines the last frame had. */
  get lineCount(): number {
    return this.#pen.count;
  }

  get enabled(): boolean {
    return this.#observer !== null && this.#pen.mesh.isEnabled(false);
  }

  set enabled(enabled: boolean) {
    if (this.#observer) this.#pen.mesh.setEnabled(enabled);
  }

  /** Draws that controller's agent, or lines of your own, from now on, until it is removed or disposed of. */
  add(drawing: DebugDrawing): void {
    this.#drawings.add(drawing);
  }

  remove(drawing: DebugDrawing): void {
    this.#drawings.delete(drawing);
  }

  has(drawing: DebugDrawing): boolean {
    return this.#drawings.has(drawing);
  }

  /** Removes the lines; controllers stay as they are. May be called twice. */
  dispose(): void {
    if (!this.#observer) return;
    this.#scene.onBeforeRenderObservable.remove(this.#observer);
    this.#observer = null;
    this.#drawings.clear();
    this.#pen.mesh.dispose();
  }

  #update(): void {
    if (!this.enabled) return;
    this.#pen.begin();
    for (const drawing of this.#drawings) {
      if (drawing.isDisposed) this.#drawings.delete(drawing);
      else drawing.draw(this.#pen);
    }
    this.#pen.end();
  }
}

/** Collects lines in arrays and shows them as one mesh. */
class LinePen implements DebugPen {
  readonly mesh: LinesMesh;
  count = 0;
  #capacity = 64;
  #positions = new Float32Array(0);
  #colours = new Float32Array(0);

  constructor(scene: Scene, renderingGroupId: number) {
    this.mesh = new LinesMesh("agents' senses and actions", scene, null, null, false, true, false);
    this.mesh.isPickable = false;
    this.mesh.doNotSerialize = true;
    this.mesh.reservedDataStore = { hiddenFromAgents: true };
    this.mesh.alwaysSelectAsActiveMesh = true;
    this.mesh.renderingGroupId = renderingGroupId;
    this.#allocate();
    this.end();
  }

  begin(): void {
    this.count = 0;
  }

  line(from: Vector, to: Vector, colour: Colour): void {
    if (this.count === this.#capacity) this.#grow();
    const at = this.count * 6;
    const positions = this.#positions;
    positions[at] = from.x;
    positions[at + 1] = from.y;
    positions[at + 2] = from.z;
    positions[at + 3] = to.x;
    positions[at + 4] = to.y;
    positions[at + 5] = to.z;
    const r = toDisplay(colour.r);
    const g = toDisplay(colour.g);
    const b = toDisplay(colour.b);
    for (let vertex = 0; vertex < 2; vertex++) {
      const c = this.count * 8 + vertex * 4;
      this.#colours[c] = r;
      this.#colours[c + 1] = g;
      this.#colours[c + 2] = b;
    }
    this.count += 1;
  }

  /** Shows what was drawn since `begin`. */
  end(): void {
    this.mesh.updateVerticesData("position", this.#positions);
    this.mesh.updateVerticesData("color", this.#colours);
    const [lines] = this.mesh.subMeshes;
    lines.indexCount = 2 * this.count;
    this.mesh.isVisible = this.count > 0;
  }

  #grow(): void {
    const positions = this.#positions;
    const colours = this.#colours;
    this.#capacity *= 2;
    this.#allocate();
    this.#positions.set(positions);
    this.#colours.set(colours.subarray(0, this.count * 8));
  }

  #allocate(): void {
    this.#positions = new Float32Array(6 * this.#capacity);
    this.#colours = new Float32Array(8 * this.#capacity).fill(1);
    this.mesh.setVerticesData("position", this.#positions, true);
    this.mesh.setVerticesData("color", this.#colours, true);
    this.mesh.setIndices(Uint32Array.from({ length: 2 * this.#capacity }, (_, index) => index));
  }
}

/** From a linear colour to what the line shader writes to the screen as it is. */
function toDisplay(channel: number): number {
  return Math.pow(Math.min(1, Math.max(0, channel)), 1 / 2.2);
}
