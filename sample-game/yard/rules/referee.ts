import { yardConfig } from "./config.ts";
import { distanceBetween, type Spot } from "./geometry.ts";
import type { YardLayout } from "./layout.ts";

/** How a game stands. `"escaped"`: every piece is out. `"caught"`: a golem touched the thief. */
export type YardOutcome = "playing" | "escaped" | "caught" | "timeUp";

/** Where a piece of loot is: on the ground, on the thief's back, or out of the yard. */
export type PieceState = "lying" | "carried" | "out";

/** One piece of loot; `x` and `z` tell where it lies, or where it was picked up. */
export interface Piece extends Spot {
  readonly state: PieceState;
}

/** What just happened. `golem` and `piece` are indices. */
export type YardEvent =
  | { readonly kind: "picked"; readonly piece: number }
  | { readonly kind: "dropped"; readonly piece: number }
  | { readonly kind: "carriedOut"; readonly piece: number; readonly piecesLeft: number }
  | { readonly kind: "escaped" }
  | { readonly kind: "caught"; readonly golem: number }
  | { readonly kind: "timeUp" };

/** What a game's rules can be changed to. */
export interface RefereeOptions {
  /** Seconds until the game is over. Default `yardConfig.timeLimit`; `Infinity` for none. */
  readonly timeLimit?: number;
}

const POINTS_PER_PIECE = 100;
/** For each second left when the last piece is out. */
const POINTS_PER_SECOND = 5;

/**
 * Keeps the rules of one game: who carries what, who is caught, who has won.
 *
 * The thief carries one piece at a time. It picks up what it walks over, and a piece is out when the thief brings it to
 * the gate. The game ends when all are out, when a golem is near enough to touch the thief, or when time is up.
 */
export class Referee {
  readonly #layout: YardLayout;
  readonly #timeLimit: number;
  readonly #pieces: { x: number; z: number; state: PieceState }[];
  #outcome: YardOutcome = "playing";
  #elapsed = 0;
  #carried = -1;
  /** The piece that was dropped and is not picked up again before the thief has left it. */
  #refused = -1;

  constructor(layout: YardLayout, options: RefereeOptions = {}) {
    this.#layout = layout;
    this.#timeLimit = options.timeLimit ?? yardConfig.timeLimit;
    this.#pieces = layout.loot.map(({ x, z }) => ({ x, z, state: "lying" }));
  }

  /** How the game stands. */
  get outcome(): YardOutcome {
    return this.#outcome;
  }

  /** Seconds since the game began. */
  get elapsed(): number {
    return this.#elapsed;
  }

  /** Until the game is over. */
  get secondsLeft(): number {
    return Math.max(0, this.#timeLimit - this.#elapsed);
  }

  /** All loot, in the order of the layout. */
  get pieces(): readonly Piece[] {
    return this.#pieces;
  }

  /** The piece on the thief's back, or -1. */
  get carried(): number {
    return this.#carried;
  }

  /** How many pieces are out of the yard. */
  get piecesOut(): number {
    return this.#pieces.filter((piece) => piece.state === "out").length;
  }

  /** Points for pieces carried out, and for time left once all are. */
  get score(): number {
    const bonus = this.#outcome === "escaped" && this.secondsLeft < Infinity ? this.secondsLeft * POINTS_PER_SECOND : 0;
    return this.piecesOut * POINTS_PER_PIECE + Math.round(bonus);
  }

  /**
   * Moves the game on. Call it after everybody has moved; once the game is over it does nothing.
   *
   * @returns What happened, in order; a shared empty list when nothing did.
   */
  advance(seconds: number, thief: Spot, golems: readonly Spot[]): readonly YardEvent[] {
    if (this.#outcome !== "playing") return NOTHING;
    this.#elapsed += seconds;
    const golem = golems.findIndex((place) => distanceBetween(place, thief) <= yardConfig.catchDistance);
    if (golem >= 0) {
      this.#outcome = "caught";
      const events: YardEvent[] = [];
      if (this.#carried >= 0) events.push(this.#putDown(thief));
      events.push({ kind: "caught", golem });
      return events;
    }
    const events = this.#carried >= 0 ? this.#carryOut(thief) : this.#pickUp(thief);
    if (this.#outcome !== "playing" || this.#elapsed < this.#timeLimit) return events;
    this.#outcome = "timeUp";
    return [...events, { kind: "timeUp" }];
  }

  /** Lets the carried piece lie where the thief stands. @returns What happened. */
  drop(thief: Spot): readonly YardEvent[] {
    if (this.#outcome !== "playing" || this.#carried < 0) return NOTHING;
    this.#refused = this.#carried;
    return [this.#putDown(thief)];
  }

  #putDown(thief: Spot): YardEvent {
    const piece = this.#carried;
    Object.assign(this.#pieces[piece], { x: thief.x, z: thief.z, state: "lying" });
    this.#carried = -1;
    return { kind: "dropped", piece };
  }

  #pickUp(thief: Spot): readonly YardEvent[] {
    for (let piece = 0; piece < this.#pieces.length; piece++) {
      const place = this.#pieces[piece];
      if (place.state !== "lying") continue;
      const near = distanceBetween(place, thief) <= yardConfig.reach;
      if (piece === this.#refused) {
        if (!near) this.#refused = -1;
      } else if (near) {
        place.state = "carried";
        this.#carried = piece;
        this.#refused = -1;
        return [{ kind: "picked", piece }];
      }
    }
    return NOTHING;
  }

  #carryOut(thief: Spot): readonly YardEvent[] {
    if (distanceBetween(this.#layout.gate, thief) > yardConfig.gate.reach) return NOTHING;
    const piece = this.#carried;
    this.#pieces[piece].state = "out";
    this.#carried = -1;
    const piecesLeft = this.#pieces.length - this.piecesOut;
    const out: YardEvent = { kind: "carriedOut", piece, piecesLeft };
    if (piecesLeft > 0) return [out];
    this.#outcome = "escaped";
    return [out, { kind: "escaped" }];
  }
}

const NOTHING: readonly YardEvent[] = [];
