import { piecesInMask, type PieceMask } from "../../../plugin/paint.ts";
import { element, setText } from "../../shell/element.ts";
import { emptySheet } from "../rules/pieces.ts";
import { drawLine, type SheetPlace } from "../rules/sheet.ts";

const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};
/** How far an arrow key moves the brush, in shares of the sheet. */
const STEP = 1 / 32;
const JOINT = [18, 21, 34] as const;
const PIECE = [224, 196, 158] as const;
/** The darkest piece, in shares of the lightest one: neighbours can be told apart. */
const DARKEST = 0.62;
/** Numbers that follow each other get shades far from each other: the golden ratio (Knuth 1973, volume 3, 6.4). */
const GOLDEN = 0.618034;
const COUNT_ID = "piece-count";

/** What the board is told by the hand. */
export interface PieceBoardActions {
  /** @param gesture - The drag that it belongs to; null for a key. */
  draw(mask: PieceMask, gesture: object | null): void;
  /** A picture file is dropped or pasted onto the sheet, before the page takes it. */
  awaitPicture(files: readonly File[]): void;
}

/** The sheet on which joints are drawn, by pointer, finger or keys. It goes on around its borders, as the tile does. */
export class PieceBoard {
  readonly root: HTMLElement;
  readonly #canvas = element("canvas", { attributes: { "aria-hidden": "true" } });
  readonly #ring = element("i", { class: "piece-ring", attributes: { hidden: "", "aria-hidden": "true" } });
  readonly #sheet: HTMLElement;
  readonly #count = element("p", {
    class: "hint",
    id: COUNT_ID,
    attributes: { role: "status", "data-test": "piece-count" },
  });
  readonly #actions: PieceBoardActions;
  #mask = emptySheet();
  #brush = { diameter: 1, value: 0 as 0 | 1 };
  #at: SheetPlace = { x: 0.5, y: 0.5 };
  #gesture: object | null = null;

  constructor(actions: PieceBoardActions) {
    this.#actions = actions;
    this.#sheet = element(
      "div",
      {
        class: "piece-board",
        attributes: {
          tabindex: "0",
          role: "application",
          "data-test": "piece-board",
          "aria-label": "Joints. Arrow keys move the brush, Space draws; with Shift held, arrows draw.",
          "aria-describedby": COUNT_ID,
        },
      },
      this.#canvas,
      this.#ring,
    );
    this.root = element("div", { class: "piece-sheet" }, this.#sheet, this.#count);
    this.#listen();
  }

  /** Shows another drawing. */
  set(mask: PieceMask): void {
    this.#mask = { ...mask, inside: mask.inside.slice() };
    this.#show();
  }

  /** @param diameter - In pixels of the sheet. @param value - 0 draws joints, 1 closes them. */
  setBrush(diameter: number, value: 0 | 1): void {
    this.#brush = { diameter, value };
    this.#showRing();
  }

  #listen(): void {
    const sheet = this.#sheet;
    sheet.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || this.#gesture) return; // a second finger
      sheet.setPointerCapture(event.pointerId);
      this.#gesture = {};
      this.#at = this.#placeOf(event);
      this.#drawTo(this.#at);
    });
    sheet.addEventListener("pointermove", (event) => {
      const place = this.#placeOf(event);
      if (this.#gesture && sheet.hasPointerCapture(event.pointerId)) this.#drawTo(place);
      else if (!this.#gesture) this.#at = place;
      this.#ring.hidden = false;
      this.#showRing();
    });
    for (const type of ["pointerup", "pointercancel"] as const) {
      sheet.addEventListener(type, ({ pointerId }) => {
        if (sheet.hasPointerCapture(pointerId)) this.#gesture = null; // and not at a second finger's end
      });
    }
    sheet.addEventListener("pointerleave", () => (this.#ring.hidden = document.activeElement !== sheet));
    sheet.addEventListener("focus", () => {
      this.#ring.hidden = false;
      this.#showRing();
    });
    sheet.addEventListener("blur", () => (this.#ring.hidden = true));
    sheet.addEventListener("keydown", (event) => this.#press(event));
    this.root.addEventListener("drop", ({ dataTransfer }) => this.#actions.awaitPicture([...dataTransfer!.files]));
    this.root.addEventListener("paste", ({ clipboardData }) =>
      this.#actions.awaitPicture([...(clipboardData?.files ?? [])]),
    );
  }

  #press(event: KeyboardEvent): void {
    const way = WAYS[event.key];
    const draws = event.key === " " || event.key === "Enter";
    if ((!way && !draws) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const to = way ? { x: this.#at.x + way[0] * STEP, y: this.#at.y + way[1] * STEP } : this.#at;
    if (draws || event.shiftKey) this.#drawTo(to);
    const within = (share: number): number => share - Math.floor(share);
    this.#at = { x: within(to.x), y: within(to.y) };
    this.#showRing();
  }

  /** Draws from where the brush was. */
  #drawTo(place: SheetPlace): void {
    const hasChanged = drawLine(this.#mask, this.#at, place, this.#brush);
    this.#at = place;
    if (!hasChanged) return;
    this.#show();
    this.#actions.draw({ ...this.#mask, inside: this.#mask.inside.slice() }, this.#gesture);
  }

  #placeOf({ clientX, clientY }: PointerEvent): SheetPlace {
    const { left, top, width, height } = this.#sheet.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  }

  #show(): void {
    const { width, height } = this.#mask;
    const { ids, count } = piecesInMask(this.#mask);
    const image = new ImageData(width, height);
    ids.forEach((id, i) => {
      const shade = DARKEST + (1 - DARKEST) * ((GOLDEN * id) % 1);
      const colour = id === 0 ? JOINT : PIECE.map((value) => value * shade);
      image.data.set([...colour, 255], 4 * i);
    });
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    this.#canvas.getContext("2d")!.putImageData(image, 0, 0);
    setText(this.#count, count === 1 ? "One piece" : count === 0 ? "No piece" : `${count} pieces`);
  }

  #showRing(): void {
    const { style } = this.#ring;
    style.width = `${(100 * this.#brush.diameter) / this.#mask.width}%`;
    style.left = `${100 * this.#at.x}%`;
    style.top = `${100 * this.#at.y}%`;
  }
}
