import { PAINT_KEYS } from "../../../plugin/editor.ts";
import { element, setText } from "../../shell/element.ts";
import { atelierConfig } from "../rules/config.ts";
import { isQuick, sizeOf, type Wish } from "../rules/wish.ts";
import { icon } from "./icons.ts";
import { SeedField } from "./seed-field.ts";
import { Segments } from "./segments.ts";

/** What the lower edge of the panel does. */
export interface OrderActions {
  setSeed(seed: number): void;
  rollSeed(): void;
  setLocked(locked: boolean): void;
  setSize(size: number): void;
  paint(): void;
}

/** What the lower edge shows besides the wish. */
export interface OrderState {
  readonly isLocked: boolean;
  /** Whether something is set that has not been painted. */
  readonly isAhead: boolean;
  readonly canPaint: boolean;
  readonly isPainting: boolean;
}

/** Seed with lock and dice, size, and the button that paints from pictures. */
export class OrderRow {
  readonly root: HTMLElement;
  readonly #seed: SeedField;
  readonly #dice: HTMLButtonElement;
  readonly #lock: HTMLButtonElement;
  readonly #size: Segments<string>;
  readonly #paint: HTMLButtonElement;
  #isLocked: boolean | null = null;

  constructor(actions: OrderActions) {
    this.#seed = new SeedField((seed) => actions.setSeed(seed));
    this.#dice = element(
      "button",
      {
        class: "button round",
        attributes: {
          type: "button",
          "aria-label": "Roll another seed",
          title: `Roll another seed (${PAINT_KEYS.rollSeed})`,
          "aria-keyshortcuts": PAINT_KEYS.rollSeed,
          "data-test": "dice",
        },
        onClick: () => actions.rollSeed(),
      },
      icon("dice"),
    );
    this.#lock = element("button", {
      class: "button round quiet",
      attributes: { type: "button", "data-test": "lock", "aria-pressed": "false", "aria-label": "Lock the seed" },
      onClick: () => actions.setLocked(this.#lock.getAttribute("aria-pressed") !== "true"),
    });
    this.#size = new Segments(
      "Size",
      atelierConfig.sizes.map((size) => [String(size), String(size), `${size} × ${size} pixels`] as const),
      (size) => actions.setSize(Number(size)),
      true,
    );
    this.#paint = element("button", {
      class: "button primary paint",
      attributes: {
        type: "button",
        "data-test": "paint",
        title: `Paint what is set (${PAINT_KEYS.paint})`,
        "aria-keyshortcuts": PAINT_KEYS.paint,
      },
      onClick: () => actions.paint(),
    });
    this.root = element(
      "footer",
      { class: "order-row" },
      this.#size.root,
      element("div", { class: "seed-row" }, this.#seed.root, this.#lock, this.#dice),
      this.#paint,
    );
  }

  set(wish: Wish, { isLocked, isAhead, canPaint, isPainting }: OrderState): void {
    this.#seed.set(wish.seed);
    this.#size.choose(String(sizeOf(wish)));
    this.#dice.disabled = isLocked;
    this.#paint.hidden = isQuick(wish);
    this.#paint.disabled = !canPaint || isPainting;
    this.#paint.classList.toggle("ahead", isAhead);
    setText(this.#paint, isPainting ? "Painting…" : isAhead || isLocked ? "Paint" : "Paint another");
    if (isLocked === this.#isLocked) return;
    this.#isLocked = isLocked;
    this.#lock.setAttribute("aria-pressed", String(isLocked));
    this.#lock.title = isLocked
      ? "The seed stays: what you set is tried on the same arrangement"
      : "Lock the seed, so that it stays the same";
    this.#lock.replaceChildren(icon(isLocked ? "lock" : "open"));
  }
}
