import type { MapName, MaterialFile, NormalConvention } from "../../paint.ts";
import { offerFile } from "../model/offer-file.ts";
import type { MadeMaterial } from "./material-rack.ts";
import type { PaintPlace } from "./paint-job.ts";

/** What goes out, and who hears of it. */
export interface ExportView {
  /** What is taken along; null for nothing. */
  readonly worn: MadeMaterial | null;
  onCopied(): void;
  onProblem(error: unknown): void;
}

/** Ways to take the worn material along. Nothing here rejects. */
export class MaterialExports {
  readonly #place: PaintPlace;
  readonly #view: ExportView;

  constructor(place: PaintPlace, view: ExportView) {
    this.#place = place;
    this.#view = view;
  }

  /** Lets the browser save all maps, with the recipe, its pictures, and what the imaginer has learned for it. */
  async saveZip(normals: NormalConvention): Promise<void> {
    const { easel, book, tools } = this.#place;
    await this.#save(async ({ name, painted }) => {
      const fit = await tools.keptFitOf(painted.recipe).catch(() => undefined); // its maps go out all the same
      return tools.zipFile({ name, ...painted, ...(fit ? { fit } : {}) }, easel, book, normals);
    });
  }

  /** Lets the browser save one map. */
  async saveMap(map: MapName): Promise<void> {
    const { easel, tools } = this.#place;
    await this.#save(({ name, painted }) => tools.mapFile({ name, ...painted }, easel, map));
  }

  /** Copies the recipe, and keeps its pictures so that it works again in this browser. */
  async copyRecipe(): Promise<void> {
    await this.#try(async ({ painted: { recipe } }) => {
      const { book, tools } = this.#place;
      await navigator.clipboard.writeText(JSON.stringify(recipe, null, 2));
      for (const { picture } of await book.gather(recipe.pictures)) await tools.keepPicture(picture);
      this.#view.onCopied();
    });
  }

  #save(make: (made: MadeMaterial) => Promise<MaterialFile>): Promise<void> {
    return this.#try(async (made) => {
      const { name, type, bytes } = await make(made);
      offerFile(name, type, bytes);
    });
  }

  async #try(act: (made: MadeMaterial) => Promise<void>): Promise<void> {
    const { worn } = this.#view;
    if (!worn) return;
    try {
      await act(worn);
    } catch (error) {
      this.#view.onProblem(error);
    }
  }
}
