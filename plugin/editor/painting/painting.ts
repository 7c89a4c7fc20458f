import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import { ConfigurationError, Observable, Random, type Observer } from "../../index.ts";
import type * as paintEntry from "../../paint.ts";
import type { PaintedMaterial, Painter, PaintPreview, TextureRecipe } from "../../paint.ts";
import { offerFile } from "../model/offer-file.ts";
import { messageOf, type Studio } from "../model/studio.ts";
import { Draft } from "./draft.ts";
import { litFace } from "./lit-face.ts";
import { MaterialRack, type MadeMaterial } from "./material-rack.ts";
import { isPaintable, nameOf, requestOf, wishOf, type PaintWish } from "./paint-wish.ts";
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

/** Pixels on each side of what is shown while a slider moves. About 0.1 s. */
const DRAFT_SIDE = 128;
/** Pixels on each side of the small pictures of classes and materials: sharp at 48 on screens of double density. */
const FACE_SIDE = 96;

/** What is being painted in a studio: what the sliders say, the draft on the mesh, the work under way, and the last materials. */
export class Painting {
  readonly studio: Studio;
  readonly tools: PaintTools;
  readonly onChangeObservable = new Observable<void>();
  readonly rack: MaterialRack;
  readonly #easel: Painter;
  readonly #sketcher: Painter;
  readonly #faces = new Map<string, PaintPreview>();
  readonly #observers: readonly Observer[];
  #facesBegun = false;
  #wish: PaintWish;
  #draft: Draft | null = null;
  #isDrafting = false;
  #wantsDraft = false;
  /** Grows whenever drafts that are still to come are not wanted any more. */
  #turn = 0;
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
    this.#easel = tools.createPainter(makePaintWorker);
    this.#sketcher = tools.createPainter(makePaintWorker);
    const [first] = tools.MATERIAL_CLASSES;
    this.#wish = {
      source: "class",
      material: first.name,
      attributes: first.defaults,
      seed: 1,
      isSeedLocked: false,
      size: 512,
      repeat: 1,
      picture: null,
      layout: "new",
      quality: "good",
      maps: "auto",
    };
    this.#observers = [
      studio.onSelectObservable.add(() => this.#follow()),
      studio.history.onStepObservable.add(() => this.#follow()),
      studio.onCloseObservable.add(() => this.#close()),
    ];
    this.#follow();
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
    return this.#draft !== null;
  }

  /** What was painted here and is on the mesh, or null. */
  get worn(): MadeMaterial | null {
    return this.rack.find(this.mesh?.material ?? null);
  }

  /** A small picture of a class; null until it is painted. */
  faceOf(material: string): PaintPreview | null {
    return this.#faces.get(material) ?? null;
  }

  /** Paints the small pictures of all classes, one after the other. Later calls do nothing. */
  async paintFaces(): Promise<void> {
    if (this.#facesBegun) return;
    this.#facesBegun = true;
    for (const { name } of this.tools.MATERIAL_CLASSES) {
      try {
        const request = { generator: "procedural", seed: 1, size: FACE_SIDE, settings: { material: name } };
        const { images } = await this.#sketcher.paint(request);
        if (this.#closed) return;
        this.#faces.set(name, litFace(images, FACE_SIDE));
      } catch (error) {
        this.#facesBegun = false;
        return this.#fail(error);
      }
      this.onChangeObservable.notifyObservers();
    }
  }

  /** Takes over what was set, and shows a draft of it. Pictures take too long for drafts: they wait for `paint`. */
  change(change: Partial<PaintWish>): void {
    const before = this.#wish;
    const isOther = change.material !== undefined || change.picture !== undefined;
    const seed = isOther && !before.isSeedLocked ? { seed: otherSeed(before.seed) } : {};
    this.#wish = { ...before, ...seed, ...change };
    this.#problem = "";
    if (Object.keys(change).every((name) => name === "repeat")) this.#draft?.lay(this.#wish.repeat);
    if (this.#wish.source === "class" && this.mesh && !("isSeedLocked" in change)) this.#sketch();
    this.onChangeObservable.notifyObservers();
  }

  /** Shows the other tools, and changes nothing else. */
  turnTo(source: PaintWish["source"]): void {
    if (source === this.#wish.source) return;
    this.#takeOff();
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

  /** Reads a picture to paint from. What is no picture is told. Never rejects. */
  async takePicture(file: Blob): Promise<void> {
    try {
      const { picture, name, notes } = await this.#easel.readPicture(file);
      if (this.#closed) return;
      this.#takeOff();
      this.change({ source: "picture", picture: { picture, name } });
      if (notes.length > 0) this.studio.say(notes.join(" "));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Paints what is set and puts it on the mesh, as one edit. Another painting under way is given up. Never rejects. */
  async paint(): Promise<void> {
    const { mesh } = this;
    const wish = this.#wish;
    if (!mesh || !isPaintable(wish)) return;
    this.#cancel?.abort();
    const cancel = (this.#cancel = new AbortController());
    const { signal } = cancel;
    this.#problem = "";
    this.#tell({ mesh: mesh.name, stage: "Beginning", done: 0, preview: null });
    try {
      const made = await this.#make(wish, mesh, signal);
      this.#end(cancel);
      this.#takeOff();
      if (mesh.isDisposed()) {
        made.material.dispose(false, true);
        throw goneMesh(mesh);
      }
      this.rack.putOn(mesh, made);
      if (this.#wish !== wish && this.#wish.source === "class") this.#sketch();
    } catch (error) {
      if (signal.aborted) return;
      this.#end(cancel);
      this.#takeOff();
      this.#fail(error);
    }
    this.onChangeObservable.notifyObservers();
  }

  /** Gives up what is being painted, and takes the draft off: the mesh wears what it wore. */
  cancel(): void {
    this.#cancel?.abort();
    this.#cancel = null;
    this.#work = null;
    this.#takeOff();
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

  /** Lets the browser save all maps of the worn material, with its recipe and its picture. Never rejects. */
  async export(): Promise<void> {
    const { worn } = this;
    if (!worn) return;
    const { recipe } = worn.painted;
    try {
      const pictures = worn.wish.picture && recipe.pictures.length === 1 ? { pictures: [worn.wish.picture] } : {};
      const bytes = await this.#easel.exportZip(worn.painted, pictures);
      offerFile(`${fileName(worn.name)}-${recipe.seed}.zip`, "application/zip", bytes);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #make(wish: PaintWish, mesh: AbstractMesh, signal: AbortSignal): Promise<MadeMaterial> {
    const name = nameOf(wish);
    let painted: PaintedMaterial | null = null;
    let preview: PaintPreview | null = null;
    const painter: Pick<Painter, "paint"> = {
      paint: async (request, watch) => (painted = await this.#easel.paint(request, watch)),
    };
    const { generator, ...request } = requestOf(wish);
    const material = await this.tools.paintMaterial(
      name,
      {
        ...request,
        generator,
        painter,
        repeat: wish.repeat,
        signal,
        onProgress: (progress) => {
          if (signal.aborted) return;
          preview = progress.preview() ?? preview;
          this.#tell({ mesh: mesh.name, stage: progress.stage, done: progress.done, preview });
        },
      },
      mesh.getScene(),
    );
    if (signal.aborted) {
      material.dispose(false, true);
      signal.throwIfAborted();
    }
    const { recipe, images } = painted!;
    return { name, material, painted: { recipe, images }, wish, face: litFace(images, FACE_SIDE) };
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

  #fail(error: unknown): void {
    if (this.#closed) return;
    this.#problem = messageOf(error);
    this.onChangeObservable.notifyObservers();
  }

  #takeOff(): void {
    this.#turn++;
    this.#wantsDraft = false;
    this.#draft?.dispose();
    this.#draft = null;
  }

  /** Another mesh, or another material on it. */
  #follow(): void {
    if (this.#draft) this.#takeOff();
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
      const recipe: TextureRecipe = this.tools.readRecipe(metadata.textureRecipe);
      this.#wish = wishOf(recipe, this.#wish, null);
    } catch {
      // Somebody else's recipe, or a newer one: the sliders stay.
    }
  }

  /** Draws the newest wish as a draft, one after the other, leaving out those that are overtaken. */
  #sketch(): void {
    this.#wantsDraft = true;
    if (!this.#isDrafting) void this.#sketchAll();
  }

  async #sketchAll(): Promise<void> {
    this.#isDrafting = true;
    try {
      while (this.#wantsDraft && this.mesh) {
        this.#wantsDraft = false;
        const { mesh } = this;
        const turn = this.#turn;
        const painted = await this.#sketcher.paint(requestOf(this.#wish, DRAFT_SIDE));
        // Cancelled, painted in full, of another mesh, or closed by now.
        if (this.#closed || this.mesh !== mesh || turn !== this.#turn) continue;
        this.#draft ??= new Draft(mesh, this.tools);
        this.#draft.show(painted, this.#wish.repeat);
        this.onChangeObservable.notifyObservers();
      }
    } catch (error) {
      this.#takeOff();
      this.#fail(error);
    } finally {
      this.#isDrafting = false;
    }
  }

  #close(): void {
    this.#closed = true;
    for (const observer of this.#observers) observer.remove();
    this.#cancel?.abort();
    this.#takeOff();
    this.rack.dispose();
    this.#easel.dispose();
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

function fileName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return plain.replace(/^-+|-+$/g, "").slice(0, 60) || "material";
}
