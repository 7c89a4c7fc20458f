import { element } from "../../shell/element.ts";
import type { Stage } from "./stage.ts";
import type { StageBrush } from "./stage-controls.ts";

/** What the hand holds. */
export interface HeldBrush {
  /** In the mesh's texture coordinates. */
  radius(): number;
  /** A stroke begins. */
  begin(): void;
  /** Touches the surface at the mesh's texture coordinates. */
  touch(u: number, v: number): void;
}

/** Touches are no farther apart than this share of the ring's radius. */
const SPACING = 0.5;
/** Of one movement; a hand that is faster leaves gaps. */
const MOST_TOUCHES = 12;
const LEAST_RING = 5;
const MOST_RING = 160;
/** Pixels to the side at which the surface's scale is taken. */
const ASIDE = 6;
/** Into so many parts each side of the picture is divided to find a place to begin. */
const SEARCH = 10;
/** Pixels that an arrow key moves the ring. */
const KEY_STEP = 16;

/** Paints on the living surface: by mouse, by finger, and by arrow keys and Space. A ring shows where and how large. */
export class BrushHand implements StageBrush {
  readonly ring = element("div", { class: "brush-ring", attributes: { hidden: "", "aria-hidden": "true" } });
  readonly #stage: Stage;
  readonly #held: HeldBrush;
  #radius = 24;
  #at: { x: number; y: number } | null = null;

  constructor(stage: Stage, held: HeldBrush) {
    this.#stage = stage;
    this.#held = held;
  }

  hover(place: { readonly x: number; readonly y: number } | null): void {
    if (place && this.#stage.livingAt(place.x, place.y)) this.#show(place.x, place.y);
    else this.ring.hidden = true;
  }

  down(x: number, y: number): boolean {
    if (!this.#begin(x, y)) return false;
    this.#at = { x, y };
    this.#show(x, y);
    return true;
  }

  move(x: number, y: number): void {
    const from = this.#at ?? { x, y };
    const way = Math.hypot(x - from.x, y - from.y);
    const step = Math.max(2, SPACING * this.#radius);
    if (way < step) return;
    const count = Math.min(MOST_TOUCHES, Math.floor(way / step));
    for (let i = 1; i <= count; i++) {
      this.#touch(from.x + ((x - from.x) * i) / count, from.y + ((y - from.y) * i) / count);
    }
    this.#at = { x, y };
    this.#show(x, y);
  }

  up(): void {
    this.#at = null;
  }

  key({ key, repeat }: KeyboardEvent): boolean {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    if (!way && key !== " " && key !== "Enter") return false;
    const { left, right, top, bottom } = this.#stage.orbit.free;
    const shown = this.#shown;
    const [x, y] = shown ?? this.#start();
    if (way && shown) {
      const within = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, value));
      this.#show(within(x + KEY_STEP * way[0], left, right), within(y + KEY_STEP * way[1], top, bottom));
    } else {
      if (!way && !repeat) this.#begin(x, y);
      else if (!way) this.#touch(x, y);
      this.#show(x, y);
    }
    return true;
  }

  /** Where keys begin: the place of what grows that is nearest to the middle of the picture, or the middle. */
  #start(): [number, number] {
    const { left, right, top, bottom } = this.#stage.orbit.free;
    const middle: [number, number] = [(left + right) / 2, (top + bottom) / 2];
    const places: [number, number][] = [];
    for (let row = 1; row < SEARCH; row++) {
      for (let column = 1; column < SEARCH; column++) {
        places.push([left + ((right - left) * column) / SEARCH, top + ((bottom - top) * row) / SEARCH]);
      }
    }
    const far = ([x, y]: [number, number]): number => Math.hypot(x - middle[0], y - middle[1]);
    places.sort((a, b) => far(a) - far(b));
    return places.find(([x, y]) => this.#stage.livingAt(x, y) !== null) ?? middle;
  }

  /** Where the ring is seen. */
  get #shown(): [number, number] | null {
    const { dataset, hidden } = this.ring;
    return hidden ? null : [Number(dataset["x"]), Number(dataset["y"])];
  }

  /** @returns Whether there is something to touch. */
  #begin(x: number, y: number): boolean {
    if (!this.#stage.livingAt(x, y)) return false;
    this.#held.begin();
    return this.#touch(x, y);
  }

  #touch(x: number, y: number): boolean {
    const place = this.#stage.livingAt(x, y);
    if (!place) return false;
    this.#held.touch(place.u, place.v);
    this.#stage.touch();
    return true;
  }

  #show(x: number, y: number): void {
    const [here, aside] = [this.#stage.livingAt(x, y), this.#stage.livingAt(x + ASIDE, y)];
    const scale = here && aside ? Math.hypot(aside.u - here.u, aside.v - here.v) / ASIDE : 0;
    if (scale > 0) this.#radius = Math.min(MOST_RING, Math.max(LEAST_RING, this.#held.radius() / scale));
    const { style, dataset } = this.ring;
    style.width = style.height = `${2 * this.#radius}px`;
    style.translate = `${x - this.#radius}px ${y - this.#radius}px`;
    dataset["x"] = String(x);
    dataset["y"] = String(y);
    this.ring.hidden = false;
  }
}
