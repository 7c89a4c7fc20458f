import { Observable } from "../../index.ts";
import type { ForgottenMaterial, KeptMaterial, MaterialShelf, PictureBook } from "../../paint.ts";
import { messageOf, type Studio } from "../model/studio.ts";
import type { MadeMaterial } from "./material-rack.ts";

/** The materials that this browser keeps, as the panel shows them. To forget one is an edit that can be undone. */
export class KeptMaterials {
  readonly onChangeObservable = new Observable<void>();
  readonly #shelf: MaterialShelf;
  readonly #studio: Pick<Studio, "history" | "say">;
  #shown: readonly KeptMaterial[] = [];
  #problem = "";
  #isBusy = false;
  #turn = 0;
  /** Changes are made one after the other, in the order in which they were asked for. */
  #changes: Promise<void> = Promise.resolve();

  /** @param shelf - Is disposed of with this. */
  constructor(shelf: MaterialShelf, studio: Pick<Studio, "history" | "say">) {
    this.#shelf = shelf;
    this.#studio = studio;
    shelf.onChangeObservable.add(() => void this.look());
  }

  /** The newest first. */
  get shown(): readonly KeptMaterial[] {
    return this.#shown;
  }

  /** Why nothing can be shown; or empty. */
  get problem(): string {
    return this.#problem;
  }

  /** Whether a material is being kept. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Looks up what is kept. Never rejects. */
  async look(): Promise<void> {
    const turn = ++this.#turn;
    const { shown, problem } = await this.#shelf.list().then(
      (all) => ({ shown: all, problem: "" }),
      (error: unknown) => ({ shown: [], problem: messageOf(error) }),
    );
    if (turn !== this.#turn) return;
    this.#shown = shown;
    this.#problem = problem;
    this.onChangeObservable.notifyObservers();
  }

  /** Whether a material is kept already. */
  has({ name, painted: { recipe } }: MadeMaterial): boolean {
    const wanted = JSON.stringify(recipe);
    return this.#shown.some((kept) => kept.name === name && JSON.stringify(kept.recipe) === wanted);
  }

  /** Keeps a material that was painted, unless it is kept already. Never rejects. */
  async keep(made: MadeMaterial, book: PictureBook): Promise<void> {
    if (this.#isBusy) return;
    const { name, face } = made;
    const { recipe, images } = made.painted;
    if (this.has(made)) {
      this.#studio.say(`${name} is kept already.`);
      return;
    }
    this.#setBusy(true);
    await this.#change(async () => {
      const thumbnail = { size: face.width, pixels: face.pixels };
      const { hasImages } = await this.#shelf.keep(
        { name, recipe, thumbnail },
        images,
        await book.findAll(recipe.pictures),
      );
      const doubt = hasImages ? "" : " Storage is nearly full, so it is painted again when it is used.";
      this.#studio.say(`Kept: ${name}.${doubt}`, "good");
    });
    this.#setBusy(false);
  }

  /** Forgets a material, as an edit that can be undone. */
  forget({ id, name }: KeptMaterial): void {
    let forgotten: ForgottenMaterial | null = null;
    this.#studio.history.performEffect(`Forget ${name}`, [], {
      apply: () => void this.#change(async () => void (forgotten = await this.#shelf.remove(id))),
      revert: () =>
        void this.#change(async () => {
          if (forgotten) await this.#shelf.putBack(forgotten);
        }),
      forget: () => (forgotten = null),
    });
  }

  dispose(): void {
    this.#turn++;
    this.#shelf.dispose();
    this.onChangeObservable.clear();
  }

  #setBusy(isBusy: boolean): void {
    this.#isBusy = isBusy;
    this.onChangeObservable.notifyObservers();
  }

  #change(act: () => Promise<void>): Promise<void> {
    this.#changes = this.#changes.then(act).catch((error: unknown) => this.#studio.say(messageOf(error), "bad"));
    return this.#changes;
  }
}
