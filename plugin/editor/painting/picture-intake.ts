import { messageOf } from "../model/studio.ts";
import type { PictureWish } from "../../paint.ts";
import { recipeJob, zipJob, type PaintJob, type PaintPlace } from "./paint-job.ts";
import { wishOf, type PaintWish } from "./paint-wish.ts";

/** What came in. */
export interface Intake {
  readonly pictures: readonly PictureWish[];
  /** The last zip or recipe among the files; null where there was none. */
  readonly job: PaintJob | null;
  /** What people shall know of the pictures, in sentences. */
  readonly notes: readonly string[];
  /** Why something could not be taken; empty where all is well. */
  readonly problem: string;
}

/** Takes in pictures, zips of materials and recipes. Never rejects. */
export async function takeIn(files: readonly Blob[], base: PaintWish, place: PaintPlace): Promise<Intake> {
  const { easel, book, tools } = place;
  const pictures: PictureWish[] = [];
  const notes: string[] = [];
  const problems: string[] = [];
  let job: PaintJob | null = null;
  for (const file of files) {
    const name = file instanceof File ? file.name : "";
    try {
      if (/\.zip$/i.test(name) || file.type.includes("zip")) {
        const zip = await easel.importZip(new Uint8Array(await file.arrayBuffer()));
        job = zipJob(tools.nameOfZip(name), zip, wishOf(zip.recipe, base, tools), place);
        if (zip.fit) await tools.bringImaginerFit(zip.fit); // its recipe needs it
      } else if (/\.json$/i.test(name) || file.type === "application/json") {
        job = recipeIn(await file.text(), base, place);
      } else {
        const read = await easel.readPicture(file, name ? { name } : {});
        notes.push(...read.notes);
        pictures.push(await book.take(read));
      }
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  return { pictures, job, notes, problem: problems.join(" ") };
}

/** The job that a recipe is, as JSON. @throws TextureFileError for anything else. */
export function recipeIn(text: string, base: PaintWish, place: PaintPlace): PaintJob {
  const recipe = place.tools.readRecipe(text);
  return recipeJob(recipe, wishOf(recipe, base, place.tools), place);
}
