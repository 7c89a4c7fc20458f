import { element } from "../../shell/element.ts";
import type { ThiefInput } from "./thief-input.ts";

/** How far the stick can be pushed, in CSS pixels. */
const REACH = 46;
/** A finger that moved less than this has tapped. */
const TAP = 9;

/** A stick that appears under the finger, and a button to sprint. */
export class TouchControls {
  readonly #stick = element("div", { class: "stick", attributes: { hidden: "", "aria-hidden": "true" } });
  readonly #knob = element("i");
  readonly #sprint = element("button", {
    class: "sprint",
    text: "Sprint",
    attributes: { type: "button", hidden: "" },
  });
  readonly #input: ThiefInput;
  readonly #stop = new AbortController();
  #finger = -1;
  #startX = 0;
  #startY = 0;
  #moved = false;

  /** @param onTap - Told about taps and clicks on the canvas, in CSS pixels. */
  constructor(
    canvas: HTMLCanvasElement,
    container: HTMLElement,
    input: ThiefInput,
    onTap: (x: number, y: number) => void,
  ) {
    this.#input = input;
    this.#stick.append(this.#knob);
    container.append(this.#stick, this.#sprint);
    const { signal } = this.#stop;
    canvas.addEventListener("pointerdown", (event) => this.#begin(event, canvas), { signal });
    canvas.addEventListener("pointermove", (event) => this.#move(event), { signal });
    const end = (event: PointerEvent): void => {
      if (event.pointerId !== this.#finger) return;
      if (event.type === "pointerup" && !this.#moved) onTap(event.offsetX, event.offsetY);
      this.#release();
    };
    canvas.addEventListener("pointerup", end, { signal });
    canvas.addEventListener("pointercancel", end, { signal });
    this.#sprint.addEventListener("pointerdown", () => (input.sprintHeld = true), { signal });
    for (const type of ["pointerup", "pointercancel", "pointerleave"] as const) {
      this.#sprint.addEventListener(type, () => (input.sprintHeld = false), { signal });
    }
  }

  /** Shows the button while there is something to steer. */
  show(playing: boolean): void {
    this.#sprint.hidden = !playing || !matchMedia("(pointer: coarse)").matches;
  }

  dispose(): void {
    this.#stop.abort();
    this.#stick.remove();
    this.#sprint.remove();
  }

  #begin(event: PointerEvent, canvas: HTMLCanvasElement): void {
    if (this.#finger >= 0) return;
    this.#finger = event.pointerId;
    this.#startX = event.offsetX;
    this.#startY = event.offsetY;
    this.#moved = false;
    canvas.setPointerCapture(event.pointerId);
    canvas.focus({ preventScroll: true });
  }

  #move(event: PointerEvent): void {
    if (event.pointerId !== this.#finger) return;
    const dx = event.offsetX - this.#startX;
    const dy = event.offsetY - this.#startY;
    const length = Math.hypot(dx, dy);
    if (length > TAP) this.#moved = true;
    if (event.pointerType !== "touch" || !this.#moved) return;
    const scale = length > REACH ? REACH / length : 1;
    this.#stick.hidden = false;
    this.#stick.style.left = `${this.#startX}px`;
    this.#stick.style.top = `${this.#startY}px`;
    this.#knob.style.transform = `translate(${dx * scale}px, ${dy * scale}px)`;
    this.#input.stick.right = (dx * scale) / REACH;
    this.#input.stick.up = (-dy * scale) / REACH;
    // A finger that runs away takes the stick along, so that turning back answers at once.
    if (length > REACH * 1.6) {
      this.#startX += dx * (1 - (REACH * 1.6) / length);
      this.#startY += dy * (1 - (REACH * 1.6) / length);
    }
  }

  #release(): void {
    this.#finger = -1;
    this.#stick.hidden = true;
    this.#input.stick.right = this.#input.stick.up = 0;
  }
}
