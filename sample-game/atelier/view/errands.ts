import {
  keepPicture,
  mapFile,
  nameOfZip,
  readRecipe,
  zipFile,
  type KeptMaterial,
  type MapName,
  type MaterialFile,
  type MaterialShelf,
  type Painter,
  type Picture,
  type PictureBook,
  type PictureWish,
} from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import type { Made } from "../work/material-rack.ts";
import type { Workshop } from "../work/workshop.ts";
import { isTaughtFile, saveMade } from "./intake.ts";
import { plainWords } from "./plain-words.ts";
import { mapPixels } from "./thumbnail.ts";
import type { Toasts } from "./toasts.ts";

/** What errands are run with. */
export interface ErrandTools {
  readonly workshop: Workshop;
  readonly painter: Painter;
  readonly shelf: MaterialShelf;
  readonly book: PictureBook;
  readonly toasts: Toasts;
  /** Shows what is kept, or why nothing is. */
  readonly onShelf: (kept: readonly KeptMaterial[], note: string) => void;
  /** Takes a file of something that was taught to where it belongs. */
  readonly takeTaught: (file: File) => Promise<void>;
}

const FACE = 96;
const NOTHING_KEPT = "Nothing kept yet. What you keep is here again on your next visit.";

/** Everything that comes into the room or leaves it: files, texts, what is kept. Nothing here rejects; it says what went wrong. */
export class Errands {
  readonly #tools: ErrandTools;

  constructor(tools: ErrandTools) {
    this.#tools = tools;
    tools.shelf.onChangeObservable.add(() => void this.showShelf());
  }

  /**
   * Takes pictures, zips, recipes, and what was taught. Several pictures make a mix.
   *
   * @param adds - Whether pictures join those that are there. Default they take their place.
   */
  async takeFiles(files: readonly File[], adds = false): Promise<void> {
    const pictures: PictureWish[] = [];
    for (const file of files) {
      await this.#try(async () => {
        if (/\.zip$/i.test(file.name) || file.type.includes("zip")) await this.#takeZip(file);
        else if (/\.json$/i.test(file.name) || file.type === "application/json")
          await this.#takeRecipe(await file.text());
        else if (isTaughtFile(file)) await this.#tools.takeTaught(file);
        else pictures.push(await this.#takePictureFile(file));
      });
    }
    if (pictures.length > 0) this.#usePictures(pictures, adds);
  }

  /** Takes a recipe that was pasted or dropped as text. */
  async takeText(text: string): Promise<void> {
    if (!text.trim().startsWith("{")) {
      this.#tools.toasts.say("That text is no recipe. Paste a picture, or a recipe that was copied here.", "bad");
      return;
    }
    await this.#try(() => this.#takeRecipe(text));
  }

  /** Takes a picture that is at hand as numbers. */
  async takePicture(name: string, picture: Picture): Promise<void> {
    await this.#try(async () => {
      this.#usePictures([await this.#tools.book.take({ name, picture, sampleMask: null })], false);
    });
  }

  /** Keeps what lies on the bench. */
  async keep(): Promise<void> {
    const made = this.#finished();
    if (!made) return;
    await this.#try(async () => {
      const { name, recipe, images } = made;
      const { shelf, book, toasts } = this.#tools;
      const pictures = await book.findAll(recipe.pictures);
      const thumbnail = { size: FACE, pixels: mapPixels(images, "material", FACE, FACE) };
      const kept = await shelf.keep({ name, recipe, thumbnail }, images, pictures);
      toasts.say(
        kept.hasImages
          ? `Kept: ${name}.`
          : `Kept: ${name}. Storage is nearly full, so it is painted again when it is opened.`,
        "good",
      );
    });
  }

  /** Puts a kept material on the bench. */
  async open(kept: KeptMaterial): Promise<void> {
    await this.#try(async () => {
      const { name, recipe, hasImages, id } = kept;
      const { workshop, shelf, book } = this.#tools;
      await book.findAll(recipe.pictures);
      const images = hasImages ? await shelf.imagesOf(id) : null;
      if (images) workshop.place({ name, recipe, images }, `Opened: ${name}`);
      else await workshop.repaint(recipe, `Opened: ${name}`);
    });
  }

  /** Forgets a kept material. */
  async remove({ id, name }: KeptMaterial): Promise<void> {
    await this.#try(async () => {
      const { shelf, toasts } = this.#tools;
      const forgotten = await shelf.remove(id);
      if (!forgotten) return;
      toasts.say(`Forgotten: ${name}.`, "plain", {
        title: "Undo",
        act: () => void this.#try(() => shelf.putBack(forgotten)),
      });
    });
  }

  /** Shows what is kept. */
  async showShelf(): Promise<void> {
    const { shelf, onShelf } = this.#tools;
    try {
      const kept = await shelf.list();
      onShelf(kept, kept.length > 0 ? "" : NOTHING_KEPT);
    } catch (problem) {
      onShelf([], problem instanceof Error ? problem.message : String(problem));
    }
  }

  async exportZip(normals: "opengl" | "directx"): Promise<void> {
    const made = this.#finished();
    if (!made) return;
    const { painter, book, toasts, workshop } = this.#tools;
    toasts.say("Packing all maps…");
    await this.#save(async () => {
      const { imaginerFit: hash } = made.recipe;
      const fit = hash === undefined ? null : await workshop.fits.seek(hash);
      return zipFile({ ...made, ...(fit ? { fit } : {}) }, painter, book, normals);
    });
  }

  async exportPng(map: MapName): Promise<void> {
    const made = this.#finished();
    if (made) await this.#save(() => mapFile(made, this.#tools.painter, map));
  }

  /** Copies the recipe, and keeps its pictures so that it works again here. */
  async copyRecipe(): Promise<void> {
    const made = this.#finished();
    if (!made) return;
    await this.#try(async () => {
      const { recipe } = made;
      const { book, toasts } = this.#tools;
      await navigator.clipboard.writeText(JSON.stringify(recipe, null, 2));
      for (const { picture } of await book.findAll(recipe.pictures)) await keepPicture(picture);
      toasts.say("The recipe is copied. Paste it here at any time to paint it again.", "good");
    });
  }

  /** Puts pictures into the wish and paints. */
  #usePictures(pictures: readonly PictureWish[], adds: boolean): void {
    const { workshop, toasts } = this.#tools;
    const { wish } = workshop;
    const all = adds ? [...wish.example.pictures, ...pictures] : pictures;
    const used = all.slice(0, atelierConfig.mostPictures);
    if (used.length < all.length) toasts.say(`Only ${used.length} pictures can be mixed; the others were left out.`);
    // Masks of places belong to the picture that they were painted on.
    const example = { ...wish.example, pictures: used, region: null, guide: null };
    const layout = used.length > 1 ? "new" : example.layout;
    workshop.change({ ...wish, source: "picture", example: { ...example, layout } }, "Picture");
    void workshop.paint(used.length > 1 ? "Mixed pictures" : `From ${used[0].name}`);
  }

  async #takePictureFile(file: File): Promise<PictureWish> {
    const { book, painter, toasts } = this.#tools;
    const read = await painter.readPicture(file);
    for (const note of read.notes) toasts.say(note);
    return book.take(read);
  }

  async #takeZip(file: File): Promise<void> {
    const { painter, book, workshop, toasts } = this.#tools;
    const { recipe, images, pictures, fit } = await painter.importZip(new Uint8Array(await file.arrayBuffer()));
    for (const { name, picture } of pictures) await book.add(name, picture);
    workshop.place({ name: nameOfZip(file.name), recipe, images }, `Opened ${file.name}`);
    if (!fit || recipe.imaginerFit === undefined) return;
    const name = await workshop.fits.bring(recipe.imaginerFit, fit);
    toasts.say(`What was learned for it came along: ${name} is under “Learned”.`, "good");
  }

  async #takeRecipe(text: string): Promise<void> {
    await this.#tools.workshop.repaint(readRecipe(text), "From a recipe");
  }

  async #save(make: () => Promise<MaterialFile>): Promise<void> {
    await this.#try(async () => saveMade(await make(), this.#tools.toasts));
  }

  /** What lies on the bench, unless it is only a draft. */
  #finished(): Made | null {
    const { material } = this.#tools.workshop;
    return material && !material.isDraft ? material : null;
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (problem) {
      this.#tools.toasts.say(plainWords(problem), "bad");
    }
  }
}
