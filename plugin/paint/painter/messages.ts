import type { Failure } from "../../core/failure.ts";
import type { SpeciesLessonOptions, SpeciesLessonProgress } from "../automata/species-lesson.ts";
import type { FitImaginerOptions, FitImaginerProgress, FitSources } from "../imaginer/fit-lesson.ts";
import type { ZipOptions } from "../export/export-zip.ts";
import type { MapFileOptions, MapName } from "../export/map-files.ts";
import type { ReadPictureOptions } from "../pictures/read-picture.ts";
import type { Picture } from "../picture.ts";
import type { TextureRecipe } from "../recipe.ts";
import type { OrderPicture, PaintPreview } from "../texture-generator.ts";
import type { MendJob } from "./mend-picture.ts";
import type { PaintedMaterial, PaintRequest } from "./paint-request.ts";

/** What a page can ask of a worker. */
export type Job =
  | MendJob
  | { readonly type: "paint"; readonly request: PaintRequest; readonly watched: boolean }
  | {
      readonly type: "repaint";
      readonly recipe: TextureRecipe;
      readonly pictures: readonly Pick<OrderPicture, "picture">[];
      readonly fit: Uint8Array | null;
      readonly watched: boolean;
    }
  | {
      readonly type: "export";
      readonly painted: Pick<PaintedMaterial, "recipe" | "images">;
      readonly options: ZipOptions;
    }
  | {
      readonly type: "map";
      readonly painted: Pick<PaintedMaterial, "recipe" | "images">;
      readonly map: MapName;
      readonly options: MapFileOptions;
    }
  | { readonly type: "read"; readonly file: Blob | Uint8Array; readonly options: ReadPictureOptions }
  | { readonly type: "import"; readonly file: Uint8Array }
  | { readonly type: "pieces"; readonly request: PaintRequest }
  | { readonly type: "codes"; readonly pictures: readonly Picture[] }
  | {
      readonly type: "teachSpecies";
      readonly name: string;
      readonly picture: Picture;
      readonly options: SpeciesLessonOptions;
    }
  | {
      readonly type: "fitImaginer";
      readonly name: string;
      readonly source: FitSources;
      readonly options: FitImaginerOptions;
    };

/** How a lesson goes. */
export type LessonProgress = SpeciesLessonProgress | FitImaginerProgress;

/** From the page to the worker. */
export type PainterMessage =
  | { readonly type: "begin"; readonly id: number; readonly job: Job }
  | { readonly type: "cancel"; readonly id: number }
  /** A lesson ends with what has been learned. */
  | { readonly type: "enough"; readonly id: number };

/** From the worker to the page. */
export type PainterReply =
  | {
      readonly type: "progress";
      readonly id: number;
      readonly done: number;
      readonly stage: string;
      /** Null where the last one is still good. */
      readonly preview: PaintPreview | null;
    }
  | { readonly type: "lesson"; readonly id: number; readonly progress: LessonProgress }
  | { readonly type: "done"; readonly id: number; readonly result: unknown }
  | { readonly type: "failed"; readonly id: number; readonly failure: Failure }
  /** A cancelled job has ended. */
  | { readonly type: "cancelled"; readonly id: number };
