import { element } from "../../shell/element.ts";

const STEP = 0.03;

/** The line between before and after: it is dragged, and moved by arrow keys. */
export class SplitHandle {
  readonly root: HTMLElement;
  #at = 0.5;
  readonly #onMove: (at: number) => void;

  /** @param onMove - Called with a share of the picture's width. */
  constructor(onMove: (at: number) => void) {
    this.#onMove = onMove;
    this.root = element(
      "div",
      {
        class: "split-handle",
        attributes: {
          role: "slider",
          tabindex: "0",
          hidden: "",
          "aria-label": "Between before and after",
          "aria-valuemin": "0",
          "aria-valuemax": "100",
        },
      },
      element("span", { class: "split-before", text: "Before" }),
      element("i"),
      element("span", { class: "split-after", text: "After" }),
    );
    this.root.addEventListener("pointerdown", (event) => this.root.setPointerCapture(event.pointerId));
    this.root.addEventListener("pointermove", (event) => {
      if (!this.root.hasPointerCapture(event.pointerId)) return;
      const { left, width } = this.root.parentElement!.getBoundingClientRect();
      this.set((event.clientX - left) / width);
    });
    this.root.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      this.set(this.#at + step);
    });
  }

  get at(): number {
    return this.#at;
  }

  /** Moves it to a share of the page's width. */
  set(at: number): void {
    this.#at = Math.min(0.96, Math.max(0.04, at));
    this.root.style.left = `${(100 * this.#at).toFixed(2)}%`;
    this.root.setAttribute("aria-valuenow", String(Math.round(100 * this.#at)));
    this.#onMove(this.#at);
  }
}
