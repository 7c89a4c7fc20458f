import type { Painter, PaintPreview } from "../../paint.ts";
import { litFace } from "./lit-face.ts";
import { FACE_SIDE } from "./paint-job.ts";
import type { PaintTools } from "./painting.ts";

/** Small pictures of the classes of material. */
export class ClassFaces {
  readonly #painter: Pick<Painter, "paint">;
  readonly #tools: Pick<PaintTools, "MATERIAL_CLASSES">;
  readonly #tell: () => void;
  readonly #faces = new Map<string, PaintPreview>();
  #hasBegun = false;

  /** @param tell - Called after each. */
  constructor(painter: Pick<Painter, "paint">, tools: Pick<PaintTools, "MATERIAL_CLASSES">, tell: () => void) {
    this.#painter = painter;
    this.#tools = tools;
    this.#tell = tell;
  }

  /** The picture of a class; null until it is painted. */
  of(material: string): PaintPreview | null {
    return this.#faces.get(material) ?? null;
  }

  /** Paints all of them, one after the other. Later calls do nothing, unless it has failed. */
  async paint(): Promise<void> {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    try {
      for (const { name } of this.#tools.MATERIAL_CLASSES) {
        const request = { generator: "procedural", seed: 1, size: FACE_SIDE, settings: { material: name } };
        const { images } = await this.#painter.paint(request);
        this.#faces.set(name, litFace(images, FACE_SIDE));
        this.#tell();
      }
    } catch (error) {
      this.#hasBegun = false;
      throw error;
    }
  }
}
