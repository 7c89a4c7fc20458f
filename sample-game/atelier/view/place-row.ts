import type { Picture } from "../../../plugin/paint.ts";
import { element, setText } from "../../shell/element.ts";
import { PLACES, type Imagining, type PlaceName } from "../rules/imagining.ts";
import { icon } from "./icons.ts";
import { drawSquare, squareOf } from "./picture-square.ts";

/** What can be done with places for pictures. */
export interface PlaceActions {
  /** Pictures go there from now on. */
  choosePlace(place: PlaceName): void;
  clearPlace(place: PlaceName): void;
  /** A picture by hash; null for one that is not at hand. */
  pictureOf(hash: string): Picture | null;
}

const FACE = 72;
const SIGNS = { arithmetic: ["", "−", "+"], path: ["", "", "→"], map: ["", "", ""], learned: ["", "", ""] } as const;

/** The formula: a place for a picture each for A, B and C, with the signs between them. One is chosen, and takes the next picture. */
export class PlaceRow {
  readonly root: HTMLElement;
  readonly #places: ReadonlyMap<PlaceName, Place>;

  constructor(actions: PlaceActions) {
    this.#places = new Map(PLACES.map((name) => [name, new Place(name, actions)]));
    const parts = [...this.#places.values()].flatMap(({ sign, root }) => [sign, root]);
    this.root = element(
      "div",
      { class: "place-row", attributes: { role: "group", "aria-label": "Pictures of the formula" } },
      ...parts,
    );
  }

  set({ way, places }: Imagining, active: PlaceName): void {
    PLACES.forEach((name, at) => {
      const place = this.#places.get(name)!;
      place.root.hidden = way === "path" && name === "b";
      setText(place.sign, SIGNS[way][at]);
      place.sign.hidden = SIGNS[way][at] === "";
      place.set(places[name], name === active);
    });
  }
}

class Place {
  readonly root: HTMLElement;
  readonly sign = element("span", { class: "place-sign", attributes: { "aria-hidden": "true" } });
  readonly #letter: string;
  readonly #button: HTMLButtonElement;
  readonly #face = element("span", { class: "tile-face" });
  readonly #name = element("span", { class: "tile-name" });
  readonly #clear: HTMLButtonElement;
  readonly #actions: PlaceActions;
  #hash: string | null | undefined;

  constructor(name: PlaceName, actions: PlaceActions) {
    this.#actions = actions;
    this.#letter = name.toUpperCase();
    this.#button = element(
      "button",
      {
        class: "tile",
        attributes: { type: "button", "data-test": `place-${name}` },
        onClick: () => actions.choosePlace(name),
      },
      this.#face,
      this.#name,
    );
    this.#clear = element(
      "button",
      {
        class: "button quiet round tile-remove",
        attributes: { type: "button", "data-test": `clear-${name}` },
        onClick: () => actions.clearPlace(name),
      },
      icon("close"),
    );
    this.root = element("div", { class: "place" }, this.#button, this.#clear);
    // Before the page takes the file.
    for (const type of ["dragenter", "drop"]) this.root.addEventListener(type, () => actions.choosePlace(name));
  }

  set(picture: { readonly hash: string; readonly name: string } | null, isActive: boolean): void {
    const letter = this.#letter;
    this.#button.setAttribute("aria-pressed", String(isActive));
    this.#button.setAttribute("aria-label", `${letter}: ${picture?.name ?? "empty"}`);
    this.#button.title = picture ? `${letter}: ${picture.name}` : `${letter} is empty: drop a picture here`;
    setText(this.#name, picture?.name ?? letter);
    this.#clear.hidden = picture === null;
    this.#clear.title = `Take ${picture?.name} off ${letter}`;
    this.#clear.setAttribute("aria-label", this.#clear.title);
    const found = picture && this.#actions.pictureOf(picture.hash);
    const hash = found ? picture.hash : null;
    if (hash === this.#hash) return;
    this.#hash = hash;
    const empty = element("span", { class: "place-letter", text: letter });
    this.#face.replaceChildren(found ? drawSquare(squareOf(found, FACE)) : empty);
  }
}
