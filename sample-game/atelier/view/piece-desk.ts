import {
  drawnPieces,
  readPieceMask,
  type Painter,
  type PaintRequest,
  type PieceLayout,
  type PieceMask,
  type RegularPieces,
} from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import { isImaginable } from "../rules/imagining.ts";
import { emptySheet, FIRST_PIECES, isRegular, type PieceChoice } from "../rules/pieces.ts";
import { sizeOf, type Wish } from "../rules/wish.ts";
import { chooseFiles, filesByKind } from "./intake.ts";
import { PiecePart } from "./piece-part.ts";

/** What pieces need. */
export interface PieceTools {
  readonly painter: Painter;
  /** For plans. */
  readonly sketcher: Painter;
  /** The order for a wish, with all that it is painted from. */
  readonly orderOf: (wish: Wish, side: number) => Promise<PaintRequest>;
  readonly wish: () => Wish;
  readonly complain: (problem: unknown) => void;
  /** Tells people something. */
  readonly say: (text: string) => void;
  /** @param gesture - The drag that it belongs to; null for none. */
  readonly lay: (pieces: PieceLayout | null, deed: string, gesture: object | null) => void;
}

/** Pixels of a tile whose plan can still be seen on the sheet. */
const MOST_PLANNED = 256;
const DEEDS: Readonly<Record<PieceChoice, string>> = {
  planned: "Pieces as planned",
  none: "No pieces",
  bond: "Pieces in a bond",
  cells: "Pieces strewn about",
  boards: "Boards",
  plates: "Riveted plates",
  weave: "Plain weave",
  twill: "Twill",
  grain: "Grain of wood",
  veins: "Veins",
  drawn: "Drawn pieces",
};

/** What is done about pieces: chosen, counted, drawn, begun from the network's plan or from a picture. */
export class PieceDesk {
  readonly part: PiecePart;
  readonly #tools: PieceTools;
  readonly #numbers = new Map<PieceChoice, RegularPieces>(
    Object.entries(FIRST_PIECES) as [PieceChoice, RegularPieces][],
  );
  #drawn: PieceLayout | null = null;
  #planning: AbortController | null = null;
  #awaitsPicture = false;

  constructor(tools: PieceTools) {
    this.#tools = tools;
    this.part = new PiecePart({
      choose: (kind) => this.#choose(kind),
      change: (pieces, what) => this.#lay(pieces, what),
      draw: (mask, gesture) => {
        const pieces = drawnPieces(mask);
        this.part.setDrawn(pieces);
        this.#lay(pieces, "Drew pieces", gesture);
      },
      awaitPicture: (files) => (this.#awaitsPicture = filesByKind(files)[0].length > 0),
      startFromPlan: () => void this.#plan(null),
      clear: () => this.#draw(emptySheet(), "Cleared the joints"),
      choosePicture: () => chooseFiles("image/*", false, ([file]) => void this.#takePicture(file)),
    });
  }

  show({ imagining: { pieces } }: Wish): void {
    if (isRegular(pieces)) this.#numbers.set(pieces.kind, pieces);
    if (pieces?.kind === "drawn") this.#drawn = pieces;
    this.part.set(pieces, this.#planning !== null);
  }

  /** Takes a picture that was meant for the sheet. @returns Whether it was. */
  takesFiles([file]: readonly File[]): boolean {
    if (!this.#awaitsPicture) return false;
    this.#awaitsPicture = false;
    void this.#takePicture(file);
    return true;
  }

  /** Ends the asking for a plan. */
  stop(): void {
    this.#planning?.abort();
    this.#planning = null;
  }

  #choose(kind: PieceChoice): void {
    this.stop();
    if (kind === "planned") this.#lay(null, DEEDS.planned);
    else if (kind === "none") this.#lay({ kind }, DEEDS.none);
    else if (kind !== "drawn") this.#lay(this.#numbers.get(kind)!, DEEDS[kind]);
    else if (this.#drawn) this.#lay(this.#drawn, DEEDS.drawn);
    else void this.#plan(this.#tools.wish().imagining.pieces);
  }

  #lay(pieces: PieceLayout | null, deed: string, gesture: object | null = null): void {
    this.#tools.lay(pieces, deed, gesture);
  }

  #draw(mask: PieceMask, deed: string): void {
    this.stop();
    this.#lay(drawnPieces(mask), deed);
  }

  /** Draws onto the sheet how pieces would lie. @param pieces - Null for what the network plans. Never rejects. */
  async #plan(pieces: PieceLayout | null): Promise<void> {
    const { sketcher, orderOf, wish, complain, say } = this.#tools;
    this.stop();
    const asked = wish();
    const planned: Wish = { ...asked, source: "imagined", imagining: { ...asked.imagining, pieces } };
    if (!isImaginable(planned.imagining)) {
      this.#draw(emptySheet(), DEEDS.drawn);
      return;
    }
    const planning = new AbortController();
    this.#planning = planning;
    this.show(asked);
    try {
      const order = await orderOf(planned, Math.min(MOST_PLANNED, sizeOf(planned)));
      const mask = await sketcher.planPieces(order, { signal: planning.signal });
      if (planning.signal.aborted) return;
      if (!mask) say("There are no pieces in this texture: the sheet is empty.");
      this.#draw(mask ?? emptySheet(), DEEDS.drawn);
    } catch (problem) {
      if (planning.signal.aborted) return;
      this.stop();
      this.show(wish());
      complain(problem);
    }
  }

  async #takePicture(file: File): Promise<void> {
    const { painter, complain } = this.#tools;
    try {
      const { name, picture } = await painter.readPicture(file, { mostPixels: atelierConfig.lookPixels });
      this.#draw(readPieceMask(picture, { name }), `Pieces of ${name}`);
    } catch (problem) {
      complain(problem);
    }
  }
}
