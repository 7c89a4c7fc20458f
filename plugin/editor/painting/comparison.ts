import type { Material } from "@babylonjs/core/Materials/material.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import { canShowEarlier, EarlierView } from "./earlier-view.ts";

/** What is compared. */
export interface Compared {
  readonly mesh: AbstractMesh | null;
  /** What the mesh wore before what it shows now; undefined where that is not known. */
  readonly earlier: Material | null | undefined;
}

/** Shows a mesh in an earlier material: as long as a key is held, or beside the present one, divided by a line. */
export class Comparison {
  readonly #compared: Compared;
  readonly #tell: () => void;
  #view: EarlierView | null = null;
  #shown: Compared = { mesh: null, earlier: undefined };
  #isHeld = false;
  #isSplit = false;
  #line = 0.5;

  /** @param tell - Called after what this shows has changed. */
  constructor(compared: Compared, tell: () => void) {
    this.#compared = compared;
    this.#tell = tell;
  }

  /** Whether there is something earlier to compare with. */
  get isPossible(): boolean {
    const { mesh, earlier } = this.#compared;
    return earlier !== undefined && canShowEarlier(mesh);
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  get isSplit(): boolean {
    return this.#isSplit;
  }

  /** Shows the earlier material as long as it is held. */
  hold(held: boolean): void {
    this.#set(held && this.isPossible, this.#isSplit);
  }

  /** Shows the earlier material at the left of a line, or not. */
  split(split: boolean): void {
    this.#set(this.#isHeld, split && this.isPossible);
  }

  /** Moves the line. @param share - Of the picture's width, in [0, 1]. */
  moveLine(share: number): void {
    this.#line = share;
    this.#show();
  }

  /** Looks at what is compared anew: it may be something else now, or gone. */
  follow(): void {
    if (this.isPossible) this.#show();
    else this.#set(false, false);
  }

  /** Shows only what is worn. May be called twice. */
  end(): void {
    this.#set(false, false);
  }

  #set(isHeld: boolean, isSplit: boolean): void {
    if (isHeld === this.#isHeld && isSplit === this.#isSplit) return;
    this.#isHeld = isHeld;
    this.#isSplit = isSplit;
    this.#show();
    this.#tell();
  }

  #show(): void {
    const { mesh, earlier } = this.#compared;
    const isOn = this.#isHeld || this.#isSplit;
    if (!isOn || mesh !== this.#shown.mesh || earlier !== this.#shown.earlier) {
      this.#view?.dispose();
      this.#view = null;
    }
    if (!isOn || earlier === undefined || !canShowEarlier(mesh)) return;
    this.#shown = { mesh, earlier };
    this.#view ??= new EarlierView(mesh, earlier);
    this.#view.share = this.#isHeld ? 1 : this.#line;
  }
}
