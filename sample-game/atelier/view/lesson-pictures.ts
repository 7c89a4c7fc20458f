import { MOST_FIT_SOURCES } from "../../../plugin/paint.ts";
import { element, setText } from "../../shell/element.ts";
import type { Lesson, LessonPicture } from "../work/school.ts";
import { icon } from "./icons.ts";
import { drawPicture } from "./picture-list.ts";
import { enterAt, rove } from "./rove.ts";

/** What can be done about the pictures of a lesson. */
export interface LessonPictureActions {
  chooseFile(): void;
  /** Says which one a living texture learns from. */
  choosePicture(index: number): void;
  removePicture(index: number): void;
}

const FACE = 64;

interface Tile {
  readonly root: HTMLElement;
  readonly face: HTMLButtonElement;
  readonly remove: HTMLButtonElement;
}

/** The pictures that are taught from: how many, which, and ways to add and to remove some. A single one is seen elsewhere. */
export class LessonPictures {
  readonly root: HTMLElement;
  readonly #actions: LessonPictureActions;
  readonly #count = element("output", { attributes: { "data-test": "lesson-count" } });
  readonly #list = element("ul", { class: "lesson-pictures", attributes: { "aria-label": "Pictures" } });
  readonly #words = element("p", { class: "hint", attributes: { "data-test": "lesson-use" } });
  readonly #add: HTMLButtonElement;
  readonly #tiles = new Map<LessonPicture, Tile>();

  constructor(actions: LessonPictureActions) {
    this.#actions = actions;
    this.#add = element(
      "button",
      {
        class: "button small",
        attributes: { type: "button", "data-test": "lesson-add", title: "Drop or paste some as well" },
        onClick: () => actions.chooseFile(),
      },
      icon("file"),
      "Add pictures",
    );
    rove(this.#list, () => this.#buttons());
    this.#list.addEventListener("keydown", (event) => {
      if (event.key !== "Delete") return;
      const all = [...this.#tiles.values()];
      const at = all.findIndex(({ root }) => root.contains(event.target as Node));
      if (at >= 0 && !all[at].remove.disabled) this.#remove(at);
    });
    this.root = element(
      "div",
      { class: "lesson-picture-part" },
      element(
        "div",
        { class: "lesson-picture-head" },
        element("span", { class: "caption", text: "Pictures" }),
        this.#count,
        this.#add,
      ),
      this.#list,
      this.#words,
    );
  }

  set({ kind, pictures, chosen, isTeaching }: Pick<Lesson, "kind" | "pictures" | "chosen" | "isTeaching">): void {
    for (const [picture, { root }] of this.#tiles) {
      if (pictures.includes(picture)) continue;
      root.remove();
      this.#tiles.delete(picture);
    }
    // New ones come last, so that what is there keeps its place and its focus.
    for (const picture of pictures) if (!this.#tiles.has(picture)) this.#hang(picture);
    const isLiving = kind === "living";
    const tiles = pictures.map((picture) => this.#tiles.get(picture)!);
    tiles.forEach(({ face, remove }, index) => {
      face.disabled = !isLiving || isTeaching;
      if (isLiving) face.setAttribute("aria-pressed", String(index === chosen));
      else face.removeAttribute("aria-pressed");
      remove.disabled = isTeaching;
    });
    this.#list.classList.toggle("chosen-from", isLiving);
    if (!this.#list.contains(document.activeElement)) {
      enterAt(this.#buttons(), isLiving ? tiles[chosen].face : tiles[0].remove);
    }
    this.#list.hidden = pictures.length < 2;
    setText(this.#count, `${pictures.length} of ${MOST_FIT_SOURCES}`);
    this.#add.hidden = isTeaching || pictures.length >= MOST_FIT_SOURCES;
    setText(this.#words, sayUse(isLiving, isTeaching, pictures.length));
    this.#words.hidden = this.#words.textContent === "";
  }

  /** Lets go of all of them. */
  clear(): void {
    this.#tiles.clear();
    this.#list.replaceChildren();
  }

  #hang(picture: LessonPicture): void {
    const { name } = picture;
    const index = (): number => [...this.#tiles.keys()].indexOf(picture);
    const face = element(
      "button",
      {
        class: "lesson-pick",
        attributes: { type: "button", "aria-label": name, title: name },
        onClick: () => this.#actions.choosePicture(index()),
      },
      drawPicture(picture.picture, FACE),
    );
    const remove = element(
      "button",
      {
        class: "button quiet round",
        attributes: { type: "button", "aria-label": `Remove ${name}`, title: `Remove ${name}` },
        onClick: () => this.#remove(index()),
      },
      icon("close"),
    );
    const root = element("li", {}, face, remove);
    this.#tiles.set(picture, { root, face, remove });
    this.#list.append(root);
  }

  /** Removes one, and leads the keyboard to the one that follows. */
  #remove(index: number): void {
    this.#actions.removePicture(index);
    const tiles = [...this.#tiles.values()];
    const next = tiles[Math.min(index, tiles.length - 1)] as Tile | undefined;
    if (next && !this.#list.hidden) next.remove.focus();
    else this.#add.focus();
  }

  #buttons(): readonly HTMLElement[] {
    return [...this.#tiles.values()].flatMap(({ face, remove }) => (face.disabled ? [remove] : [face, remove]));
  }
}

/** What becomes of the pictures. @param count - How many there are. */
function sayUse(isLiving: boolean, isTeaching: boolean, count: number): string {
  if (isLiving) {
    if (count < 2) return "";
    const one = "A living texture learns from one picture: the one that is marked.";
    return isTeaching ? one : `${one} Choose which. An imagined material learns from all.`;
  }
  if (count > 1) return "The material will be like all of them together.";
  return isTeaching ? "" : "More pictures of the same surface make it more varied.";
}
