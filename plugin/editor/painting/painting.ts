import type { Material } from "@babylonjs/core/Materials/material.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import { ConfigurationError, Observable, Random, type Observer } from "../../index.ts";
import type * as paintEntry from "../../paint.ts";
import type {
  ExampleWish,
  KeptMaterial,
  MaterialShelf,
  Painter,
  PaintPreview,
  PictureWish,
  SamplePicture,
} from "../../paint.ts";
import { messageOf, type Studio } from "../model/studio.ts";
import { ClassFaces } from "./class-faces.ts";
import { Comparison, type Compared } from "./comparison.ts";
import { Drafting, type DraftingView } from "./drafting.ts";
import { KeptMaterials } from "./kept-materials.ts";
import { MaterialExports, type ExportView } from "./material-exports.ts";
import { MaterialRack, type MadeMaterial } from "./material-rack.ts";
import { keptJob, makeMaterial, wishedJob, type PaintJob, type PaintPlace } from "./paint-job.ts";
import { isPaintable, wishOf, type PaintWish } from "./paint-wish.ts";
import { recipeIn, takeIn } from "./picture-intake.ts";
import { SampleList } from "./sample-list.ts";
import { surfaceOf } from "./surface-of.ts";

/** The plugin's entry for painting, which is loaded when it is needed. */
export type PaintTools = typeof paintEntry;

/** A painting under way. */
export interface PaintWork {
  readonly mesh: string;
  readonly stage: string;
  /** In [0, 1]. */
  readonly done: number;
  readonly preview: PaintPreview | null;
}

/** More pictures than that are no mix any more. */
export const MOST_PICTURES = 4;

/** What is being painted in a studio: what the sliders say, the draft on the mesh, the work under way, and the last materials. */
export class Painting implements DraftingView, ExportView, Compared {
  readonly studio: Studio;
  readonly tools: PaintTools;
  readonly onChangeObservable = new Observable<void>();
  readonly rack: MaterialRack;
  /** Small pictures of the classes. */
  readonly faces: ClassFaces;
  readonly samples: SampleList;
  readonly kept: KeptMaterials;
  readonly exports: MaterialExports;
  readonly comparison: Comparison;
  readonly #shelf: MaterialShelf;
  readonly #place: PaintPlace;
  readonly #sketcher: Painter;
  readonly #drafting: Drafting;
  readonly #observers: readonly Observer[];
  #wish: PaintWish;
  #work: PaintWork | null = null;
  #cancel: AbortController | null = null;
  #problem = "";
  #closed = false;

  constructor(studio: Studio, tools: PaintTools) {
    const { makePaintWorker } = studio.options;
    if (!makePaintWorker) {
      throw new ConfigurationError(
        "openStudio: needed makePaintWorker to paint, came none. Give one that calls servePainting.",
      );
    }
    this.studio = studio;
    this.tools = tools;
    this.rack = new MaterialRack(studio.history);
    this.#shelf = new tools.MaterialShelf();
    this.kept = new KeptMaterials(this.#shelf, studio);
    const book = new tools.PictureBook((hash) => this.#shelf.picture(hash));
    this.#place = { tools, book, easel: tools.createPainter(makePaintWorker) };
    this.exports = new MaterialExports(this.#place, this);
    this.#sketcher = tools.createPainter(makePaintWorker);
    this.faces = new ClassFaces(this.#sketcher, tools, () => this.onChangeObservable.notifyObservers());
    this.samples = new SampleList(() => tools.paintSamplePictures(this.#sketcher));
    this.#drafting = new Drafting(this.#sketcher, tools, this);
    this.comparison = new Comparison(this, () => this.onChangeObservable.notifyObservers());
    this.onChangeObservable.add(() => this.comparison.follow());
    const [first] = tools.MATERIAL_CLASSES;
    this.#wish = {
      source: "class",
      material: first.name,
      attributes: first.defaults,
      seed: 1,
      isSeedLocked: false,
      size: 512,
      repeat: 1,
      example: { ...tools.NO_EXAMPLE, maps: "auto" },
    };
    this.#observers = [
      studio.onSelectObservable.add(() => this.#follow()),
      studio.history.onStepObservable.add(() => this.#follow()),
      studio.onCloseObservable.add(() => this.#close()),
    ];
    this.#follow();
    void this.kept.look();
  }

  /** The mesh that is painted, or null. */
  get mesh(): AbstractMesh | null {
    return surfaceOf(this.studio.selected);
  }

  /** What the sliders say. */
  get wish(): PaintWish {
    return this.#wish;
  }

  get work(): PaintWork | null {
    return this.#work;
  }

  /** What went wrong last, in plain words; or empty. */
  get problem(): string {
    return this.#problem;
  }

  /** Whether the mesh shows a draft that is not painted yet. */
  get hasDraft(): boolean {
    return this.#drafting.isShown;
  }

  /** What the mesh wore before what it shows now; undefined where that is not known. */
  get earlier(): Material | null | undefined {
    return this.hasDraft ? this.#drafting.before : this.rack.earlierOn(this.mesh);
  }

  /** What was painted here and is on the mesh, or null. */
  get worn(): MadeMaterial | null {
    return this.rack.find(this.mesh?.material ?? null);
  }

  /** Pictures that are painted from, and masks, by hash. */
  get book(): PaintPlace["book"] {
    return this.#place.book;
  }

  /** Paints the small pictures of all classes, one after the other. Later calls do nothing. Never rejects. */
  async paintFaces(): Promise<void> {
    await this.faces.paint().catch((error: unknown) => this.onProblem(error));
  }

  /** Takes over what was set, and shows a draft of it. Pictures take too long for drafts: they wait for `paint`. */
  change(change: Partial<PaintWish>): void {
    const before = this.#wish;
    const isOther = change.material !== undefined || hasOtherPictures(change.example, before.example);
    const seed = isOther && !before.isSeedLocked ? { seed: otherSeed(before.seed) } : {};
    this.#wish = { ...before, ...seed, ...change };
    this.#problem = "";
    if (Object.keys(change).every((name) => name === "repeat")) this.#drafting.lay(this.#wish.repeat);
    if (this.#wish.source === "class" && this.mesh && !("isSeedLocked" in change)) this.#drafting.sketch();
    this.onChangeObservable.notifyObservers();
  }

  /** Shows the other tools, and changes nothing else. */
  turnTo(source: PaintWish["source"]): void {
    if (source === this.#wish.source) return;
    this.#drafting.takeOff();
    this.#problem = "";
    this.#wish = { ...this.#wish, source };
    this.onChangeObservable.notifyObservers();
  }

  /** Takes a class as it comes. */
  chooseClass(material: string): void {
    const { defaults } = this.tools.MATERIAL_CLASSES.find(({ name }) => name === material)!;
    this.change({ source: "class", material, attributes: defaults });
  }

  /** Another of the endless variations. */
  rollSeed(): void {
    this.change({ seed: otherSeed(this.#wish.seed) });
  }

  /**
   * Takes pictures to paint from, or a zip or a recipe that becomes a material at once. What is none of these is told, and changes
   * nothing. Never rejects.
   *
   * @param adds - Whether pictures join those that are there. Default they take their place.
   */
  async takeFiles(files: readonly Blob[], adds = false): Promise<void> {
    this.#tellProblem("");
    const { pictures, job, notes, problem } = await takeIn(files, this.#wish, this.#place);
    if (this.#closed) return;
    if (pictures.length > 0) this.#usePictures(pictures, adds, notes);
    if (job) await this.#perform(job);
    if (problem) this.#tellProblem(problem);
  }

  /** Takes a recipe as text, and paints it. Never rejects. */
  async takeRecipe(text: string): Promise<void> {
    await this.#try(() => this.#perform(recipeIn(text, this.#wish, this.#place)));
  }

  /** Takes a picture that is at hand as numbers. Never rejects. */
  async takeSample({ name, picture }: SamplePicture): Promise<void> {
    await this.#try(async () => this.#usePictures([await this.book.take({ name, picture, sampleMask: null })], false));
  }

  /** Takes over what becomes of the pictures. */
  changeExample(change: Partial<ExampleWish>): void {
    this.change({ example: { ...this.#wish.example, ...change } });
  }

  /** Paints what is set and puts it on the mesh, as one edit. Another painting under way is given up. Never rejects. */
  async paint(): Promise<void> {
    if (isPaintable(this.#wish)) await this.#perform(wishedJob(this.#wish, this.#place));
  }

  /** Gives up what is being painted, and takes the draft off: the mesh wears what it wore. */
  cancel(): void {
    this.#cancel?.abort();
    this.#cancel = null;
    this.#work = null;
    this.#drafting.takeOff();
    this.#adopt();
    this.onChangeObservable.notifyObservers();
  }

  /** Puts one of the last materials on the mesh. */
  wear(made: MadeMaterial): void {
    const { mesh } = this;
    if (!mesh) return;
    this.cancel();
    this.rack.putOn(mesh, made);
    this.#adopt();
    this.onChangeObservable.notifyObservers();
  }

  /** Keeps the worn material in this browser. Never rejects. */
  async keep(): Promise<void> {
    const { worn } = this;
    if (worn) await this.kept.keep(worn, this.book);
  }

  /** Puts a kept material on the mesh, as one edit: its pixels where they are kept, else painted again. Never rejects. */
  async wearKept(kept: KeptMaterial): Promise<void> {
    await this.#try(async () => {
      const job = await keptJob(kept, this.#shelf, this.#wish, this.#place);
      this.#drafting.takeOff();
      await this.#perform(job);
    });
  }

  #usePictures(pictures: readonly PictureWish[], adds: boolean, notes: readonly string[] = []): void {
    const { example } = this.#wish;
    const all = adds ? [...example.pictures, ...pictures] : pictures;
    const used = all.slice(0, MOST_PICTURES);
    const layout = used.length > 1 ? "new" : example.layout;
    this.#drafting.takeOff();
    // Masks of places belong to the picture that they were painted on.
    this.change({ source: "picture", example: { ...example, pictures: used, layout, region: null, guide: null } });
    const left =
      used.length < all.length ? [`Only ${used.length} pictures can be mixed; the others were left out.`] : [];
    const words = [...notes, ...left].join(" ");
    if (words) this.studio.say(words);
  }

  async #perform(job: PaintJob): Promise<void> {
    const { mesh } = this;
    if (!mesh) return;
    const wish = this.#wish;
    this.#cancel?.abort();
    const cancel = (this.#cancel = new AbortController());
    const { signal } = cancel;
    this.#problem = "";
    let preview: PaintPreview | null = null;
    this.#tell({ mesh: mesh.name, stage: "Beginning", done: 0, preview });
    try {
      const made = await makeMaterial(job, mesh, this.tools, {
        signal,
        onProgress: (progress) => {
          if (signal.aborted) return;
          preview = progress.preview() ?? preview;
          this.#tell({ mesh: mesh.name, stage: progress.stage, done: progress.done, preview });
        },
      });
      this.#end(cancel);
      this.#drafting.takeOff();
      if (mesh.isDisposed()) {
        made.material.dispose(false, true);
        throw goneMesh(mesh);
      }
      this.rack.putOn(mesh, made);
      if (this.#wish === wish) this.#adopt();
      else if (this.#wish.source === "class") this.#drafting.sketch();
    } catch (error) {
      if (signal.aborted) return;
      this.#end(cancel);
      this.#drafting.takeOff();
      this.onProblem(error);
    }
    this.onChangeObservable.notifyObservers();
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.onProblem(error);
    }
  }

  #tell(work: PaintWork): void {
    this.#work = work;
    this.onChangeObservable.notifyObservers();
  }

  #end(cancel: AbortController): void {
    if (this.#cancel !== cancel) return;
    this.#cancel = null;
    this.#work = null;
  }

  onDraft(): void {
    this.onChangeObservable.notifyObservers();
  }

  onCopied(): void {
    this.studio.say("The recipe is copied. Paste it here at any time to paint it again.", "good");
  }

  onProblem(error: unknown): void {
    this.#tellProblem(messageOf(error));
  }

  #tellProblem(problem: string): void {
    if (this.#closed) return;
    this.#problem = problem;
    this.onChangeObservable.notifyObservers();
  }

  /** Another mesh, or another material on it. */
  #follow(): void {
    if (this.hasDraft) this.#drafting.takeOff();
    this.#problem = "";
    this.#adopt();
    this.onChangeObservable.notifyObservers();
  }

  /** Lets the sliders say what the mesh wears, where that was painted. */
  #adopt(): void {
    const { mesh, worn } = this;
    const { isSeedLocked } = this.#wish;
    if (worn) this.#wish = { ...worn.wish, isSeedLocked };
    const metadata = mesh?.material?.metadata as { readonly textureRecipe?: unknown } | null | undefined;
    if (worn || metadata?.textureRecipe === undefined) return;
    try {
      this.#wish = wishOf(this.tools.readRecipe(metadata.textureRecipe), this.#wish, this.tools);
    } catch {
      // Somebody else's recipe, or a newer one: the sliders stay.
    }
  }

  #close(): void {
    this.#closed = true;
    for (const observer of this.#observers) observer.remove();
    this.#cancel?.abort();
    this.comparison.end();
    this.#drafting.takeOff();
    this.rack.dispose();
    this.kept.dispose();
    this.#place.easel.dispose();
    this.#sketcher.dispose();
  }
}

function otherSeed(seed: number): number {
  return new Random(seed).integer(1_000_000);
}

function goneMesh({ name }: AbstractMesh): ConfigurationError {
  return new ConfigurationError(
    `Studio: needed the mesh "${name}" to paint, came one that was disposed of. Choose another mesh.`,
  );
}

/** Whether pictures came or went; another mask or share is no other picture. */
function hasOtherPictures(after: ExampleWish | undefined, before: ExampleWish): boolean {
  const hashes = ({ pictures }: ExampleWish): string => pictures.map(({ hash }) => hash).join();
  return after !== undefined && hashes(after) !== hashes(before);
}
