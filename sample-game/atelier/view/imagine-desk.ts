import type { KeptMaterial, MaterialShelf, Painter, Picture, PictureBook } from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import {
  isImaginable,
  nameOfImagining,
  nextPlace,
  placed,
  placesFor,
  type Imagining,
  type PlacedPicture,
  type PlaceName,
} from "../rules/imagining.ts";
import { className } from "../rules/names.ts";
import { fullOrder } from "../work/full-order.ts";
import type { Made } from "../work/material-rack.ts";
import type { Workshop } from "../work/workshop.ts";
import { FitRack } from "./fit-rack.ts";
import { ImaginePanel, type ImagineActions } from "./imagine-panel.ts";
import { MapDesk } from "./map-desk.ts";
import { PathDesk } from "./path-desk.ts";
import { PieceDesk } from "./piece-desk.ts";
import { coloursOf } from "./picture-square.ts";
import type { Toasts } from "./toasts.ts";

/** What imagining works with. */
export interface ImagineTools {
  readonly workshop: Workshop;
  readonly painter: Painter;
  /** For small pictures. */
  readonly sketcher: Painter;
  readonly book: PictureBook;
  readonly shelf: MaterialShelf;
  readonly toasts: Toasts;
  readonly complain: (problem: unknown) => void;
  /** Lets people choose pictures for the places. */
  readonly chooseFiles: () => void;
}

/** Pixels of a class's tile, as codes are learned. */
const TILE = 128;
const SEED = 3;
const EXAMPLE = [
  { name: "Mossy stone", material: "roughStone", attributes: { moss: 0.9 } },
  { name: "Stone", material: "roughStone", attributes: {} },
  { name: "Brick", material: "brick", attributes: {} },
];

/** What the panel for imagining does: it turns what was set into a new wish. */
export class ImagineDesk {
  readonly panel: ImaginePanel;
  readonly #tools: ImagineTools;
  readonly #path: PathDesk;
  readonly #map: MapDesk;
  readonly #pieces: PieceDesk;
  readonly #fits: FitRack;
  #isOpen = false;
  #active: PlaceName = "a";
  #isDisposed = false;

  constructor(tools: ImagineTools) {
    this.#tools = tools;
    const pictureOf = (hash: string): Picture | null => tools.book.peek(hash)?.picture ?? null;
    const shared = { sketcher: tools.sketcher, pictureOf, complain: (problem: unknown) => this.#complain(problem) };
    this.#path = new PathDesk({ ...shared, setShare: (share, gesture) => this.#change({ share }, "Path", gesture) });
    this.#map = new MapDesk({ ...shared, stand: (spot, gesture) => this.#change({ spot }, spot.name, gesture) });
    this.#pieces = new PieceDesk({
      ...{ painter: tools.painter, sketcher: tools.sketcher, complain: shared.complain },
      orderOf: (wish, side) => fullOrder(wish, { pictures: tools.book, fits: tools.workshop.fits }, side),
      wish: () => tools.workshop.wish,
      say: (text) => tools.toasts.say(text),
      lay: (pieces, deed, gesture) => this.#change({ pieces }, deed, gesture),
    });
    const actions: ImagineActions = {
      setWay: (way) => this.#setWay(way),
      move: (moves, what) => this.#change(moves, what),
      choosePlace: (place) => {
        this.#active = place;
        this.show();
      },
      clearPlace: (place) => this.#clear(place),
      pictureOf,
      chooseFile: () => tools.chooseFiles(),
      takeBench: () => void this.#try(() => this.#takeBench()),
      takeClass: (material) => void this.#try(() => this.#takeClass(material)),
      takeKept: (kept) => void this.#try(() => this.#takeKept(kept)),
      tryExample: () => void this.#try(() => this.#tryExample()),
      imagine: (name) => void this.#fits.imagine(name),
      forget: (name) => void this.#fits.forget(name),
    };
    const ways = [this.#path.strip.root, this.#map.board.root];
    this.panel = new ImaginePanel(actions, ways, this.#pieces.part.root);
    this.#fits = new FitRack({ ...tools, complain: shared.complain }, (names) => {
      this.panel.learned.set(names);
      this.show();
    });
  }

  /** Shows what is wished and what came of it. */
  show(): void {
    if (!this.#isOpen) {
      this.#isOpen = true;
      void this.#fits.open(false);
    }
    const { wish, material } = this.#tools.workshop;
    const isImagined = material?.recipe.generator === "imagined";
    this.panel.set(wish.imagining, {
      active: this.#active,
      imagined: isImagined ? material.images : null,
      hasBench: material !== null && !material.isDraft,
      hasLearned: this.#fits.names.length > 0,
    });
    this.#path.show(wish);
    this.#map.show(wish.imagining);
    this.#pieces.show(wish);
  }

  /** Ends what is drawn for the panel. */
  rest(): void {
    this.#isOpen = false;
    this.#path.stop();
    this.#map.stop();
    this.#pieces.stop();
  }

  /** Puts picture files onto the chosen place and those after it, or one onto the sheet of pieces. Never rejects. */
  async takeFiles(files: readonly File[]): Promise<void> {
    if (this.#pieces.takesFiles(files)) return;
    const { painter, book, toasts } = this.#tools;
    const places = placesFor(this.#active, files.length, this.#imagining.way);
    if (places.length < files.length) {
      toasts.say(`Only ${places.length} pictures have a place here; the others were left out.`);
    }
    const read: PlacedPicture[] = [];
    for (const file of files.slice(0, places.length)) {
      await this.#try(async () => {
        const { name, picture } = await painter.readPicture(file, { mostPixels: atelierConfig.lookPixels });
        read.push(await enter(book, name, picture));
      });
    }
    this.#place(places.slice(0, read.length).map((place, at) => [place, read[at]]));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.rest();
  }

  get #imagining(): Imagining {
    return this.#tools.workshop.wish.imagining;
  }

  #change(part: Partial<Imagining>, deed: string, gesture: object | null = null): void {
    const { workshop } = this.#tools;
    workshop.change(
      { ...workshop.wish, source: "imagined", imagining: { ...this.#imagining, ...part } },
      deed,
      gesture,
    );
  }

  #place(pictures: readonly (readonly [PlaceName, PlacedPicture])[]): void {
    if (pictures.length === 0 || this.#isDisposed) return;
    const { way } = this.#imagining;
    const from: Imagining = { ...this.#imagining, way: way === "learned" ? "arithmetic" : way };
    const next = pictures.reduce((all, [place, picture]) => placed(all, place, picture), from);
    this.#active = nextPlace(next);
    // On the map, one comes to stand where the new picture lies.
    this.#change({ ...next, spot: null }, nameOfImagining(next));
  }

  #setWay(way: Imagining["way"]): void {
    const next = { ...this.#imagining, way };
    this.#active = nextPlace(next);
    this.#change(next, isImaginable(next) ? nameOfImagining(next) : "Way");
  }

  #clear(place: PlaceName): void {
    const next = placed(this.#imagining, place, null);
    this.#active = place;
    this.#change(next, nameOfImagining(next));
  }

  async #takeBench(): Promise<void> {
    const { material } = this.#tools.workshop;
    if (material) await this.#takeTile(this.#active, material.name, material);
  }

  async #takeKept({ name, recipe, id }: KeptMaterial): Promise<void> {
    const { shelf, sketcher, book } = this.#tools;
    const place = this.#active;
    const kept = await shelf.imagesOf(id);
    const images = kept ?? (await sketcher.repaint(recipe, await book.gather(recipe.pictures))).images;
    await this.#takeTile(place, name, { recipe, images });
  }

  async #takeTile(place: PlaceName, name: string, { recipe, images }: Pick<Made, "recipe" | "images">): Promise<void> {
    // The whole tile in as many pixels as codes are learned at; what was imagined has its parts in that size already.
    const most = recipe.generator === "imagined" ? 2 * TILE : TILE;
    this.#place([[place, await enter(this.#tools.book, name, coloursOf(images, most))]]);
  }

  async #takeClass(material: string): Promise<void> {
    const place = this.#active;
    this.#place([[place, await this.#paintClass({ name: className(material), material, attributes: {} })]]);
  }

  async #tryExample(): Promise<void> {
    const [a, b, c] = await Promise.all(EXAMPLE.map((each) => this.#paintClass(each)));
    const isPath = this.#imagining.way === "path";
    this.#place([["a", a], ["c", c], ...(isPath ? [] : [["b", b] as const])]);
  }

  async #paintClass({ name, ...settings }: (typeof EXAMPLE)[number]): Promise<PlacedPicture> {
    const { sketcher, book } = this.#tools;
    const { images } = await sketcher.paint({ generator: "procedural", seed: SEED, size: TILE, settings });
    return enter(book, name, coloursOf(images, TILE));
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (problem) {
      this.#complain(problem);
    }
  }

  #complain(problem: unknown): void {
    if (!this.#isDisposed) this.#tools.complain(problem);
  }
}

async function enter(book: PictureBook, name: string, source: Picture): Promise<PlacedPicture> {
  const { hash } = await book.add(name, source);
  return { hash, name, width: source.width, height: source.height };
}
