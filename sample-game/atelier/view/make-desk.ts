import { picture, type Picture } from "../../../plugin/paint.ts";
import type { Mask } from "../rules/brush.ts";
import { className } from "../rules/names.ts";
import type { ExampleWish, PictureWish, Wish } from "../rules/wish.ts";
import { lookOfClass } from "../work/look-of-class.ts";
import type { PictureBook } from "../work/picture-book.ts";
import type { Workshop } from "../work/workshop.ts";
import type { MakeActions } from "./make-panel.ts";
import { editMasks } from "./mask-editor.ts";

/** Sheets that show no picture are this large, in pixels. */
const EMPTY_SHEET = 256;

/** What the panel on the left does: it turns what was moved into a new wish. */
export class MakeDesk {
  readonly actions: Omit<MakeActions, "chooseFiles">;
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
      setSource: (source) => workshop.turnTo({ ...workshop.wish, source }),
      pickClass: (material) => this.#pickClass(material),
      changeLook: (look, what) => workshop.change({ ...workshop.wish, look }, what),
      change: (example) => this.#setExample(example),
      pictureOf: (hash) => book.peek(hash)?.picture ?? null,
      weigh: (index, weight) => this.#setPicture(index, { weight }),
      remove: (index) => this.#remove(index),
      editMask: (index) => void this.#editMask(index),
      editRegion: () => void this.#editRegion(),
      editGuide: () => void this.#editGuide(),
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
    const part = wish.source === "class" ? { classSize: size } : { pictureSize: size };
    this.#workshop.change({ ...wish, ...part }, `${size} × ${size}`);
  }

  #paint(): void {
    const { wish, isAhead } = this.#workshop;
    if (wish.source === "class" || wish.example.pictures.length === 0) return;
    if (isAhead || this.isLocked) void this.#workshop.paint("Painted");
    else this.#roll();
  }

  async #editMask(index: number): Promise<void> {
    const { name, hash, mask, width, height } = this.#workshop.wish.example.pictures[index];
    const answer = await editMasks(this.#container, {
      title: "What not to copy",
      lead: "Paint over what shall not appear in the material: a sign, a stain, a shadow.",
      sheets: [
        { caption: name, backdrop: await this.#pictureOf(hash), width, height, mask: await this.#pictureOf(mask) },
      ],
      unpainted: 1,
    });
    if (answer === null) return;
    const hashOf = answer === "none" ? null : await this.#store(`${name}, mask`, answer[0]);
    this.#setPicture(index, { mask: hashOf });
  }

  async #editRegion(): Promise<void> {
    const { pictures, region } = this.#workshop.wish.example;
    const { name, hash, width, height } = pictures[0];
    const answer = await editMasks(this.#container, {
      title: "What to make anew",
      lead: "Paint over the spot to be repaired. Everything else stays as it is.",
      sheets: [
        { caption: name, backdrop: await this.#pictureOf(hash), width, height, mask: await this.#pictureOf(region) },
      ],
      unpainted: 0,
    });
    if (answer === null) return;
    const hashOf = answer === "none" ? null : await this.#store("region", answer[0]);
    this.#setExample({ ...this.#workshop.wish.example, region: hashOf });
  }

  async #editGuide(): Promise<void> {
    const { pictures, guide } = this.#workshop.wish.example;
    const sheets = await Promise.all(
      pictures.map(async ({ name, hash, width, height, guide: painted }) => ({
        caption: `What it is: ${name}`,
        backdrop: await this.#pictureOf(hash),
        width,
        height,
        mask: await this.#pictureOf(painted),
      })),
    );
    const result = { caption: "Where it goes", backdrop: null, width: EMPTY_SHEET, height: EMPTY_SHEET };
    const answer = await editMasks(this.#container, {
      title: "Guide",
      lead: "Paint over one kind of thing, such as moss, and then where it shall grow in the result.",
      sheets: [...sheets, { ...result, mask: await this.#pictureOf(guide) }],
      unpainted: 0,
    });
    if (answer === null) return;
    const { example } = this.#workshop.wish;
    if (answer === "none") {
      const bare = example.pictures.map((each) => ({ ...each, guide: null }));
      this.#setExample({ ...example, pictures: bare, guide: null });
      return;
    }
    const hashes = await Promise.all(answer.map((mask, index) => this.#store(`guide ${index + 1}`, mask)));
    const guided = example.pictures.map((each, index) => ({ ...each, guide: hashes[index] }));
    this.#setExample({ ...example, pictures: guided, guide: hashes.at(-1)! });
  }

  async #pictureOf(hash: string | null): Promise<Picture | null> {
    return hash === null ? null : ((await this.#book.find(hash))?.picture ?? null);
  }

  async #store(name: string, { width, height, values }: Mask): Promise<string> {
    const { hash } = await this.#book.add(name, picture(height, width, 1, values));
    return hash;
  }
}
