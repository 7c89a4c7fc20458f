import type { Material } from "@babylonjs/core/Materials/material.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { Painter } from "../../paint.ts";
import { Draft } from "./draft.ts";
import { requestOf, type PaintWish } from "./paint-wish.ts";
import type { PaintTools } from "./painting.ts";

/** Pixels on each side of what is shown while a slider moves. About 0.1 s. */
const DRAFT_SIDE = 128;

/** What drafts are made of, and who hears of them. */
export interface DraftingView {
  readonly mesh: AbstractMesh | null;
  readonly wish: PaintWish;
  /** Another draft is shown. */
  onDraft(): void;
  onProblem(error: unknown): void;
}

/** Shows the newest wish on the mesh as a coarse draft, one after the other, leaving out those that are overtaken. */
export class Drafting {
  readonly #painter: Pick<Painter, "paint">;
  readonly #tools: PaintTools;
  readonly #view: DraftingView;
  #draft: Draft | null = null;
  #isBusy = false;
  #isWanted = false;
  /** Grows whenever drafts that are still to come are not wanted any more. */
  #turn = 0;

  constructor(painter: Pick<Painter, "paint">, tools: PaintTools, view: DraftingView) {
    this.#painter = painter;
    this.#tools = tools;
    this.#view = view;
  }

  get isShown(): boolean {
    return this.#draft !== null;
  }

  /** What the mesh wears but for the draft that is shown; undefined where none is. */
  get before(): Material | null | undefined {
    return this.#draft?.before;
  }

  /** Lays the pattern more or less often. */
  lay(repeat: number): void {
    this.#draft?.lay(repeat);
  }

  /** Draws the present wish as soon as the one before it is done. */
  sketch(): void {
    this.#isWanted = true;
    if (!this.#isBusy) void this.#sketchAll();
  }

  /** Takes the draft off, and wants none of those that are still to come. */
  takeOff(): void {
    this.#turn++;
    this.#isWanted = false;
    this.#draft?.dispose();
    this.#draft = null;
  }

  async #sketchAll(): Promise<void> {
    this.#isBusy = true;
    try {
      while (this.#isWanted && this.#view.mesh) {
        this.#isWanted = false;
        const { mesh } = this.#view;
        const turn = this.#turn;
        const request = requestOf(this.#view.wish, this.#tools, DRAFT_SIDE);
        const painted = await this.#painter.paint({ ...request, pictures: [] });
        // Cancelled, painted in full, of another mesh, or closed by now.
        if (this.#view.mesh !== mesh || turn !== this.#turn) continue;
        this.#draft ??= new Draft(mesh, this.#tools);
        this.#draft.show(painted, this.#view.wish.repeat);
        this.#view.onDraft();
      }
    } catch (error) {
      this.takeOff();
      this.#view.onProblem(error);
    } finally {
      this.#isBusy = false;
    }
  }
}
