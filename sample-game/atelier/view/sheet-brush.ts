import { element } from "../../shell/element.ts";
import type { SheetPlace } from "../rules/sheet.ts";

const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};
/** How far an arrow key moves the brush, in shares of the sheet. */
const STEP = 1 / 32;

/** What a hand is told by the sheet that it draws on, and tells it. */
export interface BrushedSheet {
  /** How broad the brush is, in shares of the sheet's width; null while nothing can be drawn. */
  breadth(): number | null;
  /** Where a place lies that a key has moved to, in shares of a side: beyond the borders perhaps at the other side. */
  hold(share: number): number;
  /** @param gesture - The drag, or the held key, that the line belongs to. */
  line(from: SheetPlace, to: SheetPlace, gesture: object): void;
}

/** The brush on a flat sheet, held by pointer, finger or keys, and the ring that shows where it is. */
export class SheetBrush {
  readonly ring = element("i", { class: "piece-ring", attributes: { hidden: "", "aria-hidden": "true" } });
  readonly #element: HTMLElement;
  readonly #sheet: BrushedSheet;
  #at: SheetPlace = { x: 0.5, y: 0.5 };
  /** The drag that is under way. */
  #drag: object | null = null;
  #key: object = {};

  /** @param target - What is drawn on: it can have the focus; the ring belongs into it. */
  constructor(target: HTMLElement, sheet: BrushedSheet) {
    this.#element = target;
    this.#sheet = sheet;
    target.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || this.#drag || sheet.breadth() === null) return; // a second finger
      target.setPointerCapture(event.pointerId);
      this.#drag = {};
      this.#at = this.#placeOf(event);
      this.#drawTo(this.#at, this.#drag);
    });
    target.addEventListener("pointermove", (event) => {
      const place = this.#placeOf(event);
      if (this.#drag && target.hasPointerCapture(event.pointerId)) this.#drawTo(place, this.#drag);
      else if (!this.#drag) this.#at = place;
      this.showRing();
    });
    for (const type of ["pointerup", "pointercancel"] as const) {
      target.addEventListener(type, ({ pointerId }) => {
        if (target.hasPointerCapture(pointerId)) this.#drag = null; // and not at a second finger's end
      });
    }
    for (const type of ["pointerenter", "focus"]) target.addEventListener(type, () => this.showRing());
    target.addEventListener("pointerleave", () => (this.ring.hidden = document.activeElement !== target));
    target.addEventListener("blur", () => (this.ring.hidden = true));
    target.addEventListener("keydown", (event) => this.#press(event));
  }

  /** Shows the brush as broad as it is now, where the pointer or the focus is on the sheet. */
  showRing(): void {
    const breadth = this.#sheet.breadth();
    const isNear = this.#element.matches(":hover") || document.activeElement === this.#element;
    this.ring.hidden = breadth === null || !isNear;
    const { style } = this.ring;
    style.width = `${100 * (breadth ?? 0)}%`;
    style.left = `${100 * this.#at.x}%`;
    style.top = `${100 * this.#at.y}%`;
  }

  #press(event: KeyboardEvent): void {
    const way = WAYS[event.key];
    const draws = event.key === " " || event.key === "Enter";
    if (event.target !== this.#element || this.#sheet.breadth() === null) return;
    if ((!way && !draws) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) this.#key = {};
    const to = way ? { x: this.#at.x + way[0] * STEP, y: this.#at.y + way[1] * STEP } : this.#at;
    if (draws || event.shiftKey) this.#drawTo(to, this.#key);
    this.#at = { x: this.#sheet.hold(to.x), y: this.#sheet.hold(to.y) };
    this.showRing();
  }

  /** Draws from where the brush was. */
  #drawTo(place: SheetPlace, gesture: object): void {
    const from = this.#at;
    this.#at = place;
    this.#sheet.line(from, place, gesture);
  }

  #placeOf({ clientX, clientY }: PointerEvent): SheetPlace {
    const { left, top, width, height } = this.#element.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  }
}

/** A share of a side where a sheet goes on around its borders. */
export function heldAround(share: number): number {
  return share - Math.floor(share);
}
