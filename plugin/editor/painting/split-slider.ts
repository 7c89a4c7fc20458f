const STEP = 0.03;
/** As near to the edges as one can still take hold of the line. */
const [LEAST, MOST] = [0.04, 0.96];

/** Makes an element the line between before and after: it is dragged across its parent, and moved by arrow keys. */
export class SplitSlider {
  readonly #line: HTMLElement;
  readonly #onMove: (at: number) => void;
  #at = 0.5;

  /** @param onMove - Called with a share of the parent's width. */
  constructor(line: HTMLElement, onMove: (at: number) => void) {
    this.#line = line;
    this.#onMove = onMove;
    line.tabIndex = 0;
    line.setAttribute("role", "slider");
    line.setAttribute("aria-label", "Between before and after");
    line.setAttribute("aria-valuemin", "0");
    line.setAttribute("aria-valuemax", "100");
    line.addEventListener("pointerdown", (event) => line.setPointerCapture(event.pointerId));
    line.addEventListener("pointermove", (event) => this.#drag(event));
    line.addEventListener("keydown", (event) => this.#press(event));
  }

  /** Where it is, as a share of the parent's width. */
  get at(): number {
    return this.#at;
  }

  /** Moves it to a share of the parent's width. */
  set(at: number): void {
    this.#at = Math.min(MOST, Math.max(LEAST, at));
    this.#line.style.left = `${(100 * this.#at).toFixed(2)}%`;
    this.#line.setAttribute("aria-valuenow", String(Math.round(100 * this.#at)));
    this.#onMove(this.#at);
  }

  #drag({ pointerId, clientX }: PointerEvent): void {
    if (!this.#line.hasPointerCapture(pointerId)) return;
    const { left, width } = this.#line.parentElement!.getBoundingClientRect();
    this.set((clientX - left) / width);
  }

  #press(event: KeyboardEvent): void {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.set(this.#at + step);
  }
}
