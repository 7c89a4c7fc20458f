import type { Painter, PaintPreview, PaintProgress, PictureBook, TextureRecipe } from "../../../plugin/paint.ts";
import { aimedAt, materialsOf, painted, putOn, type Bench } from "../rules/bench.ts";
import { atelierConfig } from "../rules/config.ts";
import { nameOf } from "../rules/names.ts";
import { PART_NAMES, type Part } from "../rules/parts.ts";
import { Timeline } from "../rules/timeline.ts";
import { isOfTile } from "../rules/pieces.ts";
import { isPaintable, isQuick, sizeOf, type Wish } from "../rules/wish.ts";
import { FitBook } from "./fit-book.ts";
import { fullOrder } from "./full-order.ts";
import { Listeners } from "./listeners.ts";
import type { Made, MaterialRack } from "./material-rack.ts";
import { wishOf } from "./order.ts";
import { repeatedImages } from "./repeated-images.ts";

/** A painting under way. */
export interface Work {
  readonly deed: string;
  readonly stage: string;
  /** In [0, 1]. */
  readonly done: number;
  readonly preview: PaintPreview | null;
}

/** What the workshop works with. */
export interface WorkshopTools {
  /** For what is meant. */
  readonly painter: Painter;
  /** For drafts, so that they never wait for the other one. */
  readonly sketcher: Painter;
  readonly rack: MaterialRack;
  readonly pictures: PictureBook;
  /** Tells people what went wrong. */
  readonly complain: (problem: unknown) => void;
}

/**
 * What lies on the bench, how it got there, and what is being painted. Nothing that people see changes before a painting is
 * complete, but for drafts, which go as they came when it is cancelled.
 */
export class Workshop {
  /** After anything but progress. */
  readonly onChange = new Listeners();
  readonly onProgress = new Listeners();
  /** What the imaginer has learned here. */
  readonly fits = new FitBook();
  readonly #tools: WorkshopTools;
  readonly #timeline: Timeline<Bench>;
  #wish: Wish;
  #draft: Made | null = null;
  #isDrafting = false;
  #wantsDraft = false;
  #settle = 0;
  #gesture: object | null = null;
  /** What made the present step. */
  #stepGesture: object | null = null;
  #cancel: AbortController | null = null;
  #work: Work | null = null;
  #disposed = false;

  constructor(first: Bench, tools: WorkshopTools) {
    const { historySteps: steps, historyBytes: weight } = atelierConfig;
    this.#tools = tools;
    this.#wish = first.wish;
    this.#timeline = new Timeline(first, { steps, weight }, ({ material }) => tools.rack.weigh(material));
  }

  /** As the sliders show it; ahead of the present step while something is being painted. */
  get wish(): Wish {
    return this.#wish;
  }

  get steps(): readonly Bench[] {
    return this.#timeline.steps;
  }

  get index(): number {
    return this.#timeline.index;
  }

  get present(): Bench {
    return this.#timeline.present;
  }

  get previous(): Bench | null {
    return this.#timeline.previous;
  }

  get canUndo(): boolean {
    return this.#timeline.canUndo;
  }

  get canRedo(): boolean {
    return this.#timeline.canRedo;
  }

  /** What is to be seen: the present step, or the draft in its place. */
  get shown(): Pick<Bench, "material" | "worn"> {
    const { present } = this;
    if (!this.#draft) return present;
    return { material: this.#draft.id, worn: { ...present.worn, [present.target]: this.#draft.id } };
  }

  /** The material on the bench; null before the first one has come. */
  get material(): Made | null {
    return this.#tools.rack.get(this.shown.material);
  }

  get work(): Work | null {
    return this.#work;
  }

  /** Whether the sliders say something that has not been painted. */
  get isAhead(): boolean {
    return this.#wish !== this.present.wish;
  }

  /**
   * Takes over what was set. Classes and what is imagined are painted by themselves: at once as a draft, and in full when the slider
   * rests; pictures wait for `paint`, since they take long.
   *
   * @param gesture - A drag that goes on, as an object of its own: all that it paints is one step. Default none.
   */
  change(wish: Wish, deed: string, gesture: object | null = null): void {
    this.#wish = wish;
    this.#gesture = gesture;
    window.clearTimeout(this.#settle);
    if (isQuick(wish) && isPaintable(wish)) {
      this.#giveUp(); // or it would come in before the rest, and take back what was set since
      this.#draw();
      this.#settle = window.setTimeout(() => void this.paint(deed), 1000 * atelierConfig.settleSeconds);
    } else if (isQuick(wish)) this.#stop();
    this.onChange.tell();
  }

  /** Shows other sliders, and paints nothing yet. */
  turnTo(wish: Wish): void {
    this.#stop();
    this.#gesture = null;
    this.#wish = wish;
    this.onChange.tell();
  }

  /** Paints what is set and puts it on the bench. Another painting under way is given up. Never rejects. */
  async paint(deed = "Painted"): Promise<void> {
    const wish = this.#wish;
    if (!isPaintable(wish)) return;
    await this.#perform(deed, nameOf(wish), async (watch) => {
      const order = await fullOrder(wish, this.#sources);
      return { wish, painted: await this.#tools.painter.paint(order, watch) };
    });
  }

  /** Makes a recipe's pixels again and puts them on the bench. Never rejects. */
  async repaint(recipe: TextureRecipe, deed: string): Promise<void> {
    const wish = wishOf(recipe, this.#wish) ?? this.#wish;
    this.#gesture = null;
    await this.#perform(deed, nameOf(wish), async (watch) => {
      const gathered = await this.#tools.pictures.gather(recipe.pictures);
      const { imaginerFit: hash } = recipe;
      const fit = hash === undefined ? {} : { fit: await this.fits.find({ name: nameOf(wish), hash }) };
      return { wish, painted: await this.#tools.painter.repaint(recipe, gathered, { ...watch, ...fit }) };
    });
  }

  /** Puts a finished material on the bench. */
  place(made: Omit<Made, "id" | "isDraft">, deed: string): void {
    this.#stop();
    this.#gesture = null;
    const wish = wishOf(made.recipe, this.#wish) ?? this.#wish;
    this.#finish(wish, this.#tools.rack.put({ ...made, isDraft: false }), deed);
  }

  /** Gives up what is being painted, at once; everything stays as it was before. */
  cancel(): void {
    if (!this.#work && !this.#draft && !this.#settle) return;
    this.#stop();
    this.#goBack();
    this.onChange.tell();
  }

  undo(): void {
    const { source } = this.#wish;
    // What has led to no step, such as a picture that was taken off, is taken back by itself.
    const isPending = this.isAhead && source === "imagined" && this.present.wish.source === source && !this.#work;
    if (isPending && !this.#settle) this.turnTo(this.present.wish);
    else this.#go(this.index - 1);
  }

  redo(): void {
    this.#go(this.index + 1);
  }

  /** Goes to any step of `steps`. */
  jump(index: number): void {
    this.#go(index);
  }

  /** Puts the bench's material on a part, which shows the bench from now on. */
  putOn(part: Part): void {
    if (this.present.target === part && this.present.worn[part] === this.present.material) return;
    this.#stepGesture = null;
    this.#timeline.push({ ...putOn(this.present, part, PART_NAMES[part]) });
    this.onChange.tell();
  }

  /** Has a part show what comes next, and nothing changes until then. */
  aimAt(part: Part): void {
    if (this.present.target === part) return;
    this.#timeline.replace(aimedAt(this.present, part));
    this.onChange.tell();
  }

  dispose(): void {
    this.#disposed = true;
    this.#stop();
  }

  get #sources(): { readonly pictures: PictureBook; readonly fits: FitBook } {
    return { pictures: this.#tools.pictures, fits: this.fits };
  }

  #go(index: number): void {
    if (!this.#timeline.steps[index]) return;
    this.#stop();
    this.#gesture = this.#stepGesture = null;
    this.#timeline.jump(index);
    this.#wish = this.present.wish;
    this.onChange.tell();
  }

  #stop(): void {
    window.clearTimeout(this.#settle);
    this.#settle = 0;
    this.#wantsDraft = false;
    this.#draft = null;
    this.#giveUp();
  }

  #giveUp(): void {
    this.#cancel?.abort();
    this.#cancel = null;
    this.#work = null;
    this.onProgress.tell();
  }

  async #perform(
    deed: string,
    name: string,
    act: (watch: { signal: AbortSignal; onProgress: (progress: PaintProgress) => void }) => Promise<{
      wish: Wish;
      painted: { recipe: TextureRecipe; images: Made["images"] };
    }>,
  ): Promise<void> {
    this.#cancel?.abort();
    window.clearTimeout(this.#settle);
    this.#settle = 0;
    const cancel = new AbortController();
    const { signal } = cancel;
    this.#cancel = cancel;
    this.#tellProgress({ deed, stage: "Beginning", done: 0, preview: null });
    this.onChange.tell();
    const onProgress = ({ stage, done, preview }: PaintProgress): void => {
      if (!signal.aborted) this.#tellProgress({ deed, stage, done, preview: preview() });
    };
    try {
      const result = await act({ signal, onProgress });
      if (signal.aborted) return;
      const { recipe, images } = result.painted;
      this.#stop();
      this.#finish(result.wish, this.#tools.rack.put({ name, recipe, images, isDraft: false }), deed);
    } catch (problem) {
      if (signal.aborted || this.#disposed) return;
      this.#stop();
      this.#goBack();
      this.#tools.complain(problem);
      this.onChange.tell();
    }
  }

  /** The sliders of what paints itself say what is shown. Other settings are kept, they have cost thought. */
  #goBack(): void {
    const { material, wish } = this.present;
    const isOfOneKind = this.#wish.source === "class" || wish.source === this.#wish.source;
    if (isQuick(this.#wish) && isOfOneKind && material !== null) this.#wish = wish;
  }

  #tellProgress(work: Work): void {
    this.#work = work;
    this.onProgress.tell();
  }

  #finish(wish: Wish, made: Made, deed: string): void {
    this.#wish = wish;
    const next = painted(this.present, wish, made.id, deed);
    const goesOn = this.#gesture !== null && this.#gesture === this.#stepGesture;
    if (this.present.material === null || goesOn) this.#timeline.replace(next);
    else this.#timeline.push(next);
    this.#stepGesture = this.#gesture;
    const wanted = new Set(this.#timeline.steps.flatMap((step) => [...materialsOf(step)]));
    this.#tools.rack.keepOnly(wanted);
    this.onChange.tell();
  }

  /** Draws the newest wish as a draft, one after the other, leaving out those that are overtaken. */
  #draw(): void {
    this.#wantsDraft = true;
    if (!this.#isDrafting) void this.#drawAll();
  }

  async #drawAll(): Promise<void> {
    this.#isDrafting = true;
    try {
      while (this.#wantsDraft) {
        this.#wantsDraft = false;
        const wish = this.#wish;
        const order = await fullOrder(wish, this.#sources, atelierConfig.draftSize);
        const { recipe, images: small } = await this.#tools.sketcher.paint(order);
        // What is imagined shows more on a larger tile, and not larger parts, unless somebody has laid the pieces of the tile.
        const showsMore = wish.source === "imagined" && !isOfTile(wish.imagining.pieces);
        const times = showsMore ? sizeOf(wish) / atelierConfig.draftSize : 1;
        const images = repeatedImages(small, times);
        // Painted in full by now, cancelled, or of something else.
        if (this.#disposed || !isQuick(this.#wish) || !(this.#work || this.#settle || this.#wantsDraft)) break;
        if (this.#draft) this.#tools.rack.drop(this.#draft.id);
        this.#draft = this.#tools.rack.put({ name: nameOf(wish), recipe, images, isDraft: true });
        this.onChange.tell();
      }
    } catch (problem) {
      if (!this.#disposed) this.#tools.complain(problem);
    } finally {
      this.#isDrafting = false;
    }
  }
}
