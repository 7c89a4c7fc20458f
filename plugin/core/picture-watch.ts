import type { AgentGroup } from "./environment.ts";
import { imageParts, imageSize, pictureSize, type ImagePart } from "./observation-spec.ts";

/** Watches whether the pictures that a group sees ever change. */
export class PictureWatch {
  readonly #group: AgentGroup;
  readonly #parts: readonly ImagePart[];
  readonly #rowBytes: number;
  /** The first row of images that anybody saw. */
  #first: Uint8Array | null = null;
  readonly #varied: boolean[];

  constructor(group: AgentGroup) {
    this.#group = group;
    this.#parts = imageParts(group.role.observation);
    this.#rowBytes = imageSize(group.role.observation);
    this.#varied = this.#parts.map(() => false);
  }

  /** Looks at the pictures of one agent. */
  look(agent: number): void {
    const { images } = this.#group;
    const row = agent * this.#rowBytes;
    if (!this.#first) {
      this.#first = images.slice(row, row + this.#rowBytes);
      return;
    }
    let at = 0;
    for (let i = 0; i < this.#parts.length; i++) {
      const end = at + pictureSize(this.#parts[i]);
      for (; at < end && !this.#varied[i]; at++) if (images[row + at] !== this.#first[at]) this.#varied[i] = true;
      at = end;
    }
  }

  /** Labels of the pictures that were the same for all agents at all steps. */
  constant(): string[] {
    return this.#parts.filter((_, index) => !this.#varied[index]).map(({ label }) => label);
  }
}
