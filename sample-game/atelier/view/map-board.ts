import type { BakedImages, PlanePlace } from "../../../plugin/paint.ts";
import { element, setText } from "../../shell/element.ts";
import { createFace } from "./face.ts";
import { drawThumbnail } from "./thumbnail.ts";

/** Something that has a place of its own on the map. */
export interface Landmark {
  readonly name: string;
  readonly place: PlanePlace;
  readonly face: HTMLImageElement;
  /** Whether somebody has put it there. */
  readonly isGuest: boolean;
}

/** Pieces of ground along each side. */
export const GROUND = 6;
/** The share of half the board that places reach: landmarks at the edge are seen whole. */
const REACH = 0.84;
const STEP = 0.08;
const SMALL_STEP = 0.02;
const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};
const NAME_ID = "map-name";

/** The map of textures: a square that is walked on by pointer, finger or keys. */
export class MapBoard {
  readonly root: HTMLElement;
  readonly #board: HTMLElement;
  readonly #pieces = Array.from({ length: GROUND * GROUND }, () => createFace());
  readonly #landmarks = element("div", { class: "map-landmarks" });
  readonly #mark = element("i", { class: "map-mark", attributes: { hidden: "" } });
  readonly #name = element("p", {
    class: "map-name",
    id: NAME_ID,
    attributes: { role: "status", "data-test": "map-name" },
  });
  readonly #onWalk: (place: PlanePlace, gesture: object | null) => void;
  #shown: readonly Landmark[] = [];
  #at: PlanePlace = [0, 0];
  #drag: object | null = null;

  /** @param onWalk - Called for each place that somebody comes to, with the drag that led there. */
  constructor(onWalk: (place: PlanePlace, gesture: object | null) => void) {
    this.#onWalk = onWalk;
    this.#board = element(
      "div",
      {
        class: "map-board",
        attributes: {
          tabindex: "0",
          role: "application",
          "data-test": "map",
          "aria-label": "Map of textures. Arrow keys walk, with Shift in small steps; Home leads to the middle.",
          "aria-describedby": NAME_ID,
        },
      },
      element("div", { class: "map-ground" }, ...this.#pieces),
      this.#landmarks,
      this.#mark,
    );
    this.#board.addEventListener("pointerdown", (event) => {
      this.#board.setPointerCapture(event.pointerId);
      this.#drag = {};
      this.#walk(this.#landmarkUnder(event) ?? this.#placeUnder(event), this.#drag);
    });
    this.#board.addEventListener("pointermove", (event) => {
      if (this.#board.hasPointerCapture(event.pointerId)) this.#walk(this.#placeUnder(event), this.#drag);
    });
    this.#board.addEventListener("keydown", (event) => this.#press(event));
    this.root = element("section", { class: "map-part" }, this.#board, this.#name);
  }

  /** Puts these onto the map, in the place of those before. */
  setLandmarks(landmarks: readonly Landmark[]): void {
    this.#shown = landmarks;
    this.#landmarks.replaceChildren(
      ...landmarks.map(({ name, place, face, isGuest }) => {
        const mark = element(
          "span",
          { class: `map-landmark${isGuest ? " guest" : ""}`, attributes: { title: name } },
          face,
        );
        putAt(mark, place);
        return mark;
      }),
    );
  }

  /** @param piece - Row by row from above. */
  setGround(piece: number, images: BakedImages): void {
    drawThumbnail(images, "material", images.width, this.#pieces[piece]);
  }

  /** Where a piece of ground has its middle; beyond [-1, 1] at the edges. */
  static middleOf(piece: number): PlanePlace {
    const [row, column] = [Math.floor(piece / GROUND), piece % GROUND];
    return [((2 * column + 1) / GROUND - 1) / REACH, (1 - (2 * row + 1) / GROUND) / REACH];
  }

  /** Shows where one stands; null for nowhere. */
  setPlace(place: PlanePlace | null, name: string): void {
    this.#mark.hidden = place === null;
    setText(this.#name, name);
    if (!place) return;
    this.#at = place;
    putAt(this.#mark, place);
  }

  #walk([across, up]: PlanePlace, gesture: object | null = null): void {
    const held = (value: number): number => Math.min(1, Math.max(-1, value));
    this.#onWalk([held(across), held(up)], gesture);
  }

  #press(event: KeyboardEvent): void {
    const way = WAYS[event.key];
    const [across, up] = this.#at;
    const step = event.shiftKey ? SMALL_STEP : STEP;
    if (way) this.#walk([across + way[0] * step, up + way[1] * step]);
    else if (event.key === "Home") this.#walk([0, 0]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #placeUnder({ clientX, clientY }: PointerEvent): PlanePlace {
    const { left, top, width, height } = this.#board.getBoundingClientRect();
    return [((2 * (clientX - left)) / width - 1) / REACH, (1 - (2 * (clientY - top)) / height) / REACH];
  }

  /** A press on a landmark means it. */
  #landmarkUnder({ target }: PointerEvent): PlanePlace | null {
    const at = [...this.#landmarks.children].findIndex((mark) => mark.contains(target as Node));
    return at < 0 ? null : this.#shown[at].place;
  }
}

function putAt(mark: HTMLElement, [across, up]: PlanePlace): void {
  mark.style.left = `${50 * (1 + REACH * across)}%`;
  mark.style.top = `${50 * (1 - REACH * up)}%`;
}
