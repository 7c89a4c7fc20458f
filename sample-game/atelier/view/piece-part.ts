import { drawnMask, type PieceLayout } from "../../../plugin/paint.ts";
import { element, setText } from "../../shell/element.ts";
import { BRUSH_SCALE, FIRST_PIECES, isRegular, PIECE_SCALES, withNumber, type PieceChoice } from "../rules/pieces.ts";
import { icon } from "./icons.ts";
import { PieceBoard, type PieceBoardActions } from "./piece-board.ts";
import { Segments } from "./segments.ts";
import { SliderRow } from "./slider-row.ts";

/** What can be done about pieces. */
export interface PieceActions extends PieceBoardActions {
  choose(kind: PieceChoice): void;
  /** @param what - That was moved, for people. */
  change(pieces: PieceLayout, what: string): void;
  /** Draws what the network plans onto the sheet. */
  startFromPlan(): void;
  clear(): void;
  choosePicture(): void;
}

const CHOICES: readonly (readonly [PieceChoice, string, string])[] = [
  [
    "planned",
    "Planned",
    "The network plans how bricks, stones, boards, threads, rings or veins lie, or that there are none.",
  ],
  ["none", "None", "A surface without pieces and joints."],
  ["bond", "Bond", "In rows, each second one moved by half a piece."],
  ["cells", "Cells", "Strewn about, each with its own place."],
  ["boards", "Boards", "In rows that are moved by chance."],
  ["plates", "Plates", "In rows, each second one moved by half a plate, with rivets along the sides."],
  ["weave", "Weave", "Threads over and under each other by turns."],
  ["twill", "Twill", "Threads over and under each other by two: slanting ribs."],
  ["grain", "Grain", "Rings of wood, which sway and bend around knots."],
  ["veins", "Veins", "One ground with veins, broad and thin ones."],
  ["drawn", "Drawn", "Draw the joints: the network textures what lies between. Lines go on around the borders."],
];
const FIRST_BRUSH = 4;

/** How the pieces of what is imagined lie: as planned, in some regular way, or as somebody draws them. */
export class PiecePart {
  readonly root: HTMLElement;
  readonly #choice: Segments<PieceChoice>;
  readonly #hint = element("p", { class: "hint" });
  readonly #numbers: HTMLElement;
  readonly #sliders: ReadonlyMap<"across" | "down" | "gap", SliderRow>;
  readonly #drawing: HTMLElement;
  readonly #board: PieceBoard;
  readonly #tool: Segments<"joint" | "piece">;
  readonly #brush: SliderRow;
  readonly #plan: HTMLButtonElement;
  #pieces: PieceLayout | null = null;
  #value: 0 | 1 = 0;
  #diameter = FIRST_BRUSH;

  constructor(actions: PieceActions) {
    this.#choice = new Segments("How pieces lie", CHOICES, (kind) => actions.choose(kind));
    this.#choice.root.classList.add("piece-choice");
    this.#sliders = new Map(
      PIECE_SCALES.map((scale) => {
        const { name, label } = scale;
        const row = new SliderRow(scale, scale.least, (value) => {
          if (isRegular(this.#pieces)) actions.change(withNumber(this.#pieces, name, value ?? scale.least), label);
        });
        return [name, row];
      }),
    );
    this.#numbers = element("div", { class: "piece-numbers" }, ...[...this.#sliders.values()].map(({ root }) => root));
    this.#board = new PieceBoard(actions);
    this.#tool = new Segments(
      "What the brush does",
      [
        ["joint", "Draw joints", "The brush parts pieces"],
        ["piece", "Close joints", "The brush joins pieces"],
      ],
      (tool) => this.#setBrush(tool === "joint" ? 0 : 1, this.#diameter),
    );
    this.#brush = new SliderRow(BRUSH_SCALE, FIRST_BRUSH, (diameter) =>
      this.#setBrush(this.#value, diameter ?? FIRST_BRUSH),
    );
    this.#plan = small("From the plan", "piece-plan", () => actions.startFromPlan());
    this.#plan.title = "Draws what the network would plan, to be changed";
    const clear = small("Clear", "piece-clear", () => actions.clear());
    clear.title = "Closes all joints";
    const picture = small("Picture…", "piece-picture", () => actions.choosePicture());
    picture.title = "A black-and-white picture: black joints, white pieces. Drop or paste one onto the sheet as well";
    picture.prepend(icon("file"));
    this.#drawing = element(
      "div",
      { class: "piece-drawing" },
      this.#board.root,
      this.#tool.root,
      this.#brush.root,
      element("div", { class: "row" }, this.#plan, clear, picture),
    );
    this.root = element(
      "section",
      { class: "piece-part", attributes: { "aria-label": "Pieces" } },
      element("div", { class: "section-head" }, element("h2", { text: "Pieces" })),
      this.#choice.root,
      this.#hint,
      this.#numbers,
      this.#drawing,
    );
    this.#brush.set(FIRST_BRUSH);
    this.#setBrush(0, FIRST_BRUSH);
  }

  /** @param isPlanning - Whether the network is being asked for what it plans. */
  set(pieces: PieceLayout | null, isPlanning: boolean): void {
    const choice = isPlanning ? "drawn" : (pieces?.kind ?? "planned");
    this.#choice.choose(choice);
    setText(
      this.#hint,
      isPlanning ? "Asking the network what it plans…" : CHOICES.find(([kind]) => kind === choice)![2],
    );
    this.#plan.disabled = isPlanning;
    this.#drawing.hidden = pieces?.kind !== "drawn";
    this.#numbers.hidden = !isRegular(pieces);
    if (isRegular(pieces)) {
      for (const [name, slider] of this.#sliders) slider.set(pieces[name], FIRST_PIECES[pieces.kind][name]);
    }
    if (pieces === this.#pieces) return;
    this.#pieces = pieces;
    if (pieces?.kind === "drawn") this.#board.set(drawnMask(pieces));
  }

  /** The drawing on the board has become this, by the hand. */
  setDrawn(pieces: PieceLayout): void {
    this.#pieces = pieces;
  }

  #setBrush(value: 0 | 1, diameter: number): void {
    this.#value = value;
    this.#diameter = diameter;
    this.#tool.choose(value === 0 ? "joint" : "piece");
    this.#board.setBrush(diameter, value);
  }
}

function small(text: string, test: string, act: () => void): HTMLButtonElement {
  return element(
    "button",
    { class: "button small", attributes: { type: "button", "data-test": test }, onClick: act },
    text,
  );
}
