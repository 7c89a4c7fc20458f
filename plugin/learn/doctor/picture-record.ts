import { imageParts, imageSize, pictureSize, type ImagePart } from "../../core/observation-spec.ts";
import type { RoleSpec } from "../../core/role-spec.ts";
import type { Rollout } from "../rollout.ts";
import type { PictureEvidence } from "./evidence.ts";

/** Pictures of one rollout that are looked at. */
const LOOKS = 4;

/** Whether the pictures that agents see show anything, and ever change. */
export class PictureRecord {
  readonly #parts: readonly ImagePart[];
  readonly #rowBytes: number;
  #first: Uint8Array | null = null;
  readonly #varied: boolean[];
  readonly #blank: boolean[];
  #looks = 0;

  constructor(role: RoleSpec) {
    this.#parts = imageParts(role.observation);
    this.#rowBytes = imageSize(role.observation);
    this.#varied = this.#parts.map(() => false);
    this.#blank = this.#parts.map(() => true);
  }

  note({ images, active, steps, agents }: Rollout): void {
    if (this.#rowBytes === 0) return;
    const rows = steps * agents;
    const stride = Math.max(1, Math.floor(rows / LOOKS));
    for (let row = this.#looks % stride; row < rows; row += stride) {
      if (active[row] === 1) this.#look(images, row * this.#rowBytes);
    }
  }

  #look(images: Uint8Array, start: number): void {
    this.#first ??= images.slice(start, start + this.#rowBytes);
    this.#looks += 1;
    let at = 0;
    for (let i = 0; i < this.#parts.length; i++) {
      const end = at + pictureSize(this.#parts[i]);
      const pixel = this.#first[at];
      for (; at < end && !(this.#varied[i] && !this.#blank[i]); at++) {
        if (images[start + at] !== this.#first[at]) this.#varied[i] = true;
        if (images[start + at] !== pixel) this.#blank[i] = false;
      }
      at = end;
    }
  }

  evidence(): PictureEvidence[] {
    const [varied, blank] = [this.#varied, this.#blank];
    return this.#parts.map(({ label }, i) => ({ label, looks: this.#looks, varied: varied[i], blank: blank[i] }));
  }
}
