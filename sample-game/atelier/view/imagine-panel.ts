import { element } from "../../shell/element.ts";
import { MATERIAL_NAMES, type BakedImages, type KeptMaterial } from "../../../plugin/paint.ts";
import { isImaginable, PLACES, type Imagining, type ImagineWay, type PlaceName } from "../rules/imagining.ts";
import { className } from "../rules/names.ts";
import { ChangeSliders, type Moves } from "./change-sliders.ts";
import { createFace, setFace } from "./face.ts";
import { CompareCard } from "./compare-card.ts";
import { icon } from "./icons.ts";
import { KeptFitList, type KeptFitActions } from "./kept-fit-list.ts";
import { PlaceRow, type PlaceActions } from "./place-row.ts";
import { Segments } from "./segments.ts";
import { drawThumbnail } from "./thumbnail.ts";
import { TileRow } from "./tile-row.ts";

/** What can be done about what is imagined. */
export interface ImagineActions extends PlaceActions, KeptFitActions {
  setWay(way: ImagineWay): void;
  move(moves: Partial<Moves>, what: string): void;
  chooseFile(): void;
  /** Puts what lies on the bench onto the chosen place. */
  takeBench(): void;
  takeClass(material: string): void;
  takeKept(kept: KeptMaterial): void;
  tryExample(): void;
  /** Opens the lesson in which a material is taught from pictures. */
  teach(): void;
  /** Lets people choose a file of something that was taught. */
  chooseTaught(): void;
}

/** What the panel shows besides what is set. */
export interface ImagineState {
  readonly active: PlaceName;
  /** What was imagined and lies on the bench; null where that is something else. */
  readonly imagined: BakedImages | null;
  readonly hasBench: boolean;
  /** Whether something was learned in this browser. */
  readonly hasLearned: boolean;
  /** The one of it that is chosen, by the name that it is kept under; null for none. */
  readonly learned: string | null;
}

const HINTS: Readonly<Record<ImagineWay, string>> = {
  arithmetic: "Take from A what B is like, and give it what C is like. A alone is imagined anew, A and C are mixed.",
  path: "Walk from what A is like to what C is like.",
  learned: "What was taught here from pictures. Attributes and pieces work on it as on all others.",
  map: "Similar textures lie near each other; the pictures of A, B and C among them. Drag the ring, or walk by arrow keys.",
};

const NOTHING_LEARNED =
  "Nothing has been learned here yet. Teach a material from pictures of it, or open a file of one.";

/** The panel for what is imagined: the formula, what goes into it, class and attributes. */
export class ImaginePanel {
  readonly root: HTMLElement;
  /** What was learned in this browser. */
  readonly learned: KeptFitList;
  readonly #way: Segments<ImagineWay>;
  readonly #hint = element("p", { class: "hint" });
  readonly #places: PlaceRow;
  readonly #sources: HTMLElement;
  readonly #classes = new TileRow("Or a class");
  readonly #kept = new TileRow("Or what you have kept");
  readonly #faces = new Map(MATERIAL_NAMES.map((material) => [material, createFace()]));
  readonly #bench: HTMLButtonElement;
  readonly #example: HTMLButtonElement;
  readonly #compare = new CompareCard();
  readonly #sliders: ChangeSliders;
  readonly #actions: ImagineActions;

  /**
   * @param ways - What belongs to one way only; it hides itself.
   * @param pieces - How pieces lie.
   */
  constructor(actions: ImagineActions, ways: readonly HTMLElement[], pieces: HTMLElement) {
    this.#actions = actions;
    this.#way = new Segments<ImagineWay>(
      "Way to imagine",
      [
        ["arithmetic", "A − B + C", "Arithmetic with pictures"],
        ["path", "Path", "From one picture to another, step by step"],
        ["map", "Map", "A walk among all textures"],
        ["learned", "Learned", "What was taught here from pictures"],
      ],
      (way) => actions.setWay(way),
    );
    this.#places = new PlaceRow(actions);
    this.learned = new KeptFitList(actions);
    this.#classes.set(
      [...this.#faces].map(([key, face]) => ({ key, name: className(key), face, act: () => actions.takeClass(key) })),
    );
    this.#bench = small("From the bench", "take-bench", () => actions.takeBench());
    this.#bench.title = "What lies on the bench goes to the chosen place";
    this.#example = small("Try mossy stone − stone + brick", "try-example", () => actions.tryExample());
    const file = small("Picture…", "choose-picture", () => actions.chooseFile());
    file.title = "A picture of yours goes to the chosen place; drop or paste one as well";
    file.prepend(icon("file"));
    this.#sources = element(
      "div",
      { class: "place-sources" },
      element("div", { class: "row" }, file, this.#bench),
      this.#classes.root,
      this.#kept.root,
    );
    const teach = small("Teach from pictures…", "teach-imagined", () => actions.teach());
    teach.title = "A lesson from 1 to 50 pictures of a surface, by which it can be imagined at any size";
    const open = small("Open file…", "open-fit", () => actions.chooseTaught());
    open.title = "A material that was taught elsewhere and saved; drop one as well";
    this.#sliders = new ChangeSliders((moves, what) => actions.move(moves, what));
    this.root = element(
      "div",
      { class: "imagine-panel" },
      element(
        "div",
        { class: "imagine-part" },
        this.#way.root,
        this.#hint,
        ...ways,
        this.learned.root,
        this.#places.root,
        this.#example,
        this.#sources,
        element(
          "div",
          { class: "own-materials" },
          element("p", { class: "caption", text: "A material of your own" }),
          element("div", { class: "row" }, teach, open),
        ),
        this.#compare.root,
      ),
      pieces,
      this.#sliders.root,
      element("p", { class: "note", text: "A small network imagines all maps. It knows textures, not things." }),
    );
  }

  /** Hangs a class's picture onto its button. */
  setFace(material: string, images: BakedImages): void {
    const face = this.#faces.get(material);
    if (face) drawThumbnail(images, "material", images.width, face);
  }

  /** Shows what can be put onto places besides. */
  setKept(kept: readonly KeptMaterial[]): void {
    this.#kept.set(
      kept.map((each) => {
        const { pixels, size } = each.thumbnail;
        const face = createFace();
        setFace(face, pixels, size, size);
        return { name: each.name, face, act: () => this.#actions.takeKept(each) };
      }),
    );
  }

  set(imagining: Imagining, { active, imagined, hasBench, hasLearned, learned }: ImagineState): void {
    const { way, places } = imagining;
    this.root.dataset["way"] = way;
    this.#way.choose(way);
    this.#hint.textContent = way === "learned" && !hasLearned ? NOTHING_LEARNED : HINTS[way];
    this.learned.show(way === "learned" && hasLearned, learned);
    this.#places.root.hidden = way === "map" || way === "learned";
    this.#sources.hidden = way === "learned";
    this.#classes.root.hidden = this.#kept.root.hidden = way === "map";
    this.#places.set(imagining, active);
    this.#example.hidden = this.#places.root.hidden || PLACES.some((place) => places[place] !== null);
    this.#bench.disabled = !hasBench;
    this.#sliders.set(imagining);
    this.#sliders.root.classList.toggle("idle", !isImaginable(imagining));
    if (way === "arithmetic") this.#compare.set(imagining, imagined, this.#actions.pictureOf);
    else this.#compare.root.hidden = true;
  }
}

function small(text: string, test: string, act: () => void): HTMLButtonElement {
  return element(
    "button",
    { class: "button small", attributes: { type: "button", "data-test": test }, onClick: act },
    text,
  );
}
