import type { BakedImages, TextureRecipe } from "../../../plugin/paint.ts";

/** A finished material, without what only a painter needs. */
export interface Made {
  readonly id: number;
  readonly name: string;
  readonly recipe: TextureRecipe;
  readonly images: BakedImages;
  /** Whether it is a quick one that only shows while a slider moves. */
  readonly isDraft: boolean;
}

/** All materials that something still shows or could go back to, by number. */
export class MaterialRack {
  readonly #made = new Map<number, Made>();
  #next = 1;

  /** A number for a material that is still to come. */
  reserve(): number {
    return this.#next++;
  }

  /** @param id - A reserved number. Default a new one. */
  put(made: Omit<Made, "id">, id = this.reserve()): Made {
    const complete = { ...made, id };
    this.#made.set(id, complete);
    return complete;
  }

  get(id: number | null): Made | null {
    return id === null ? null : (this.#made.get(id) ?? null);
  }

  /** Forgets one. */
  drop(id: number): void {
    this.#made.delete(id);
  }

  /** Forgets all materials that are not among these. */
  keepOnly(wanted: ReadonlySet<number>): void {
    for (const id of this.#made.keys()) if (!wanted.has(id)) this.#made.delete(id);
  }

  /** Bytes of a material's pixels: four bytes each of colour, normal and the packed maps, two of height. */
  weigh(id: number | null): number {
    const made = this.get(id);
    return made ? 14 * made.images.width * made.images.height : 0;
  }
}
