import { piecesInMask, type PieceMask } from "../../../plugin/paint.ts";
import { element, setText } from "../../shell/element.ts";
import { emptySheet } from "../rules/pieces.ts";
import { drawLine, type SheetPlace } from "../rules/sheet.ts";
import { SheetBrush, heldAround } from "./sheet-brush.ts";

const JOINT = [18, 21, 34] as const;
const PIECE = [224, 196, 158] as const;
/** The darkest piece, in shares of the lightest one: neighbours can be told apart. */
const DARKEST = 0.62;
/** Numbers that follow each other get shades far from each other: the golden ratio (Knuth 1973, volume 3, 6.4). */
const GOLDEN = 0.618034;
const COUNT_ID = "piece-count";

/** What the board is told by the hand. */
export interface PieceBoardActions {
  /** @param gesture - The drag, or the held key, that it belongs to. */
  draw(mask: PieceMask, gesture: object): void;
  /** A picture file is dropped or pasted onto the sheet, before the page takes it. */
  awaitPicture(files: readonly File[]): void;
}

/** The sheet on which joints are drawn, by pointer, finger or keys. It goes on around its borders, as the tile does. */
export class PieceBoard {
  readonly root: HTMLElement;
  readonly #canvas = element("canvas", { attributes: { "aria-hidden": "true" } });
  readonly #hand: SheetBrush;
  readonly #count = element("p", {
    class: "hint",
    id: COUNT_ID,
    attributes: { role: "status", "data-test": "piece-count" },
  });
  readonly #actions: PieceBoardActions;
  #mask = emptySheet();
  #brush = { diameter: 1, value: 0 as 0 | 1 };

  constructor(actions: PieceBoardActions) {
    this.#actions = actions;
    const sheet = element(
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
    );
    this.#hand = new SheetBrush(sheet, {
      breadth: () => this.#brush.diameter / this.#mask.width,
      hold: heldAround,
      line: (from, to, gesture) => this.#draw(from, to, gesture),
    });
    sheet.append(this.#hand.ring);
    this.root = element("div", { class: "piece-sheet" }, sheet, this.#count);
    this.root.addEventListener("drop", ({ dataTransfer }) => actions.awaitPicture([...dataTransfer!.files]));
    this.root.addEventListener("paste", ({ clipboardData }) => actions.awaitPicture([...(clipboardData?.files ?? [])]));
  }

  /** Shows another drawing. */
  set(mask: PieceMask): void {
    this.#mask = { ...mask, inside: mask.inside.slice() };
    this.#show();
  }

  /** @param diameter - In pixels of the sheet. @param value - 0 draws joints, 1 closes them. */
  setBrush(diameter: number, value: 0 | 1): void {
    this.#brush = { diameter, value };
    this.#hand.showRing();
  }

  #draw(from: SheetPlace, to: SheetPlace, gesture: object): void {
    if (!drawLine(this.#mask, from, to, this.#brush)) return;
    this.#show();
    this.#actions.draw({ ...this.#mask, inside: this.#mask.inside.slice() }, gesture);
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
}
