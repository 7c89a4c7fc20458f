import { loadPictureControls, type MaskPlace, type PictureControls } from "../../../plugin/editor.ts";
import type { ExampleWish, PictureBook, PictureWish } from "../../../plugin/paint.ts";
import { className } from "../rules/names.ts";
import { isQuick, sized, type Wish } from "../rules/wish.ts";
import { lookOfClass } from "../work/look-of-class.ts";
import type { Workshop } from "../work/workshop.ts";
import type { MakeActions } from "./make-panel.ts";

/** What the panel on the left does: it turns what was moved into a new wish. */
export class MakeDesk {
  readonly actions: Omit<MakeActions, "chooseFiles" | "setMode">;
  /** Whether the seed stays as it is. */
  isLocked = false;
  readonly #workshop: Workshop;
  readonly #book: PictureBook;
  readonly #container: HTMLElement;
  #chance: number;

  /** @param seed - Where the dice begin. */
  constructor(workshop: Workshop, book: PictureBook, container: HTMLElement, seed: number) {
    this.#workshop = workshop;
    this.#book = book;
    this.#container = container;
    this.#chance = seed >>> 0;
    this.actions = {
      pickClass: (material) => this.#pickClass(material),
      changeLook: (look, what) => workshop.change({ ...workshop.wish, look }, what),
      change: (example) => this.#setExample(example),
      pictureOf: (hash) => book.peek(hash)?.picture ?? null,
      weigh: (index, weight) => this.#setPicture(index, { weight }),
      remove: (index) => this.#remove(index),
      editMask: (index) =>
        void this.#edit(({ editSampleMask }, example, place) => editSampleMask(example, index, place)),
      editRegion: () => void this.#edit(({ editRegion }, example, place) => editRegion(example, place)),
      editGuide: () => void this.#edit(({ editGuide }, example, place) => editGuide(example, place)),
      setSeed: (next) => this.#setSeed(next),
      rollSeed: () => this.#roll(),
      setLocked: (locked) => void (this.isLocked = locked),
      setSize: (size) => this.#setSize(size),
      paint: () => this.#paint(),
    };
  }

  #pickClass(material: string): void {
    const { wish, present } = this.#workshop;
    if (material === wish.material && wish.source === "class" && present.wish.source === "class") return;
    const next: Wish = { ...wish, source: "class", material, look: lookOfClass(material) };
    this.#workshop.change(next, className(material));
  }

  #setExample(example: ExampleWish): void {
    this.#workshop.change({ ...this.#workshop.wish, example }, "Settings");
  }

  #setPicture(index: number, part: Partial<PictureWish>): void {
    const { example } = this.#workshop.wish;
    const pictures = example.pictures.map((each, at) => (at === index ? { ...each, ...part } : each));
    this.#setExample({ ...example, pictures });
  }

  #remove(index: number): void {
    const { example } = this.#workshop.wish;
    const pictures = example.pictures.filter((_, at) => at !== index);
    this.#setExample({ ...example, pictures, region: null, guide: null });
  }

  #setSeed(seed: number): void {
    const { wish } = this.#workshop;
    this.#workshop.change({ ...wish, seed }, `Seed ${seed}`);
    if (wish.source === "picture") void this.#workshop.paint(`Seed ${seed}`);
  }

  #roll(): void {
    if (this.isLocked) return;
    // A linear congruential generator (Numerical Recipes): short seeds are easier to tell each other.
    this.#chance = (Math.imul(this.#chance, 1664525) + 1013904223) >>> 0;
    this.#setSeed((this.#chance >>> 8) % 10_000);
  }

  #setSize(size: number): void {
    const { wish } = this.#workshop;
    this.#workshop.change(sized(wish, size), `${size} × ${size}`);
  }

  #paint(): void {
    const { wish, isAhead } = this.#workshop;
    if (isQuick(wish) || wish.example.pictures.length === 0) return;
    if (isAhead || this.isLocked) void this.#workshop.paint("Painted");
    else this.#roll();
  }

  /** Lets somebody paint a mask, in a dialog that everything else waits for. */
  async #edit(
    paint: (controls: PictureControls, example: ExampleWish, place: MaskPlace) => Promise<ExampleWish | null>,
  ): Promise<void> {
    const { example } = this.#workshop.wish;
    const place = { container: this.#container, book: this.#book };
    const next = await paint(await loadPictureControls(), example, place);
    if (next) this.#setExample(next);
  }
}
