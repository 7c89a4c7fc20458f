import type { ExampleWish } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import type { LookWish, Wish } from "../rules/wish.ts";
import { ClassGrid } from "./class-grid.ts";
import { LookSliders } from "./look-sliders.ts";
import { OrderRow, type OrderActions, type OrderState } from "./order-row.ts";
import { PicturePanel, type PictureActions } from "./picture-panel.ts";
import { Segments } from "./segments.ts";

/** What is made on the left: a material from a class or from pictures, or a living texture, or a picture that is mended, or shields. */
export type MakeMode = Wish["source"] | "grow" | BoardMode;

/** Ways with a board in place of the yard. */
export type BoardMode = "mend" | "sprites";

/** Whether a way has a board in place of the yard. */
export function hasBoard(mode: MakeMode): mode is BoardMode {
  return mode === "mend" || mode === "sprites";
}

/** What can be done on the left. */
export interface MakeActions extends OrderActions, PictureActions {
  setMode(mode: MakeMode): void;
  pickClass(material: string): void;
  changeLook(look: LookWish, what: string): void;
  change(example: ExampleWish, what: string): void;
}

/** The panel on the left: what to make a material of, and how it shall be. */
export class MakePanel {
  readonly root: HTMLElement;
  readonly #body: HTMLElement;
  readonly classes: ClassGrid;
  readonly pictures: PicturePanel;
  readonly #mode: Segments<MakeMode>;
  readonly #look: LookSliders;
  readonly #order: OrderRow;
  readonly #describe = element("p", { class: "describe" });
  readonly #descriptions: ReadonlyMap<string, string>;
  readonly #classPart: HTMLElement;

  /**
   * @param descriptions - One sentence for each class, by name.
   * @param imagine - The body for what is imagined.
   * @param others - Those for living textures, for mending and for shields: the body, and the lower edge.
   */
  constructor(
    wish: Wish,
    descriptions: ReadonlyMap<string, string>,
    actions: MakeActions,
    imagine: { readonly root: HTMLElement },
    others: readonly { readonly root: HTMLElement; readonly order: HTMLElement }[],
  ) {
    this.#descriptions = descriptions;
    this.#mode = new Segments<MakeMode>(
      "Made from",
      [
        ["class", "Class", "A material of a class, by sliders"],
        ["picture", "Picture", "A material from your pictures"],
        ["imagined", "Imagine", "A material that a network imagines"],
        ["grow", "Grow", "A living texture that grows on the surface"],
        ["mend", "Mend", "A picture without its noise and spots"],
        ["sprites", "Shields", "Small pictures that networks imagine"],
      ],
      (mode) => actions.setMode(mode),
    );
    this.classes = new ClassGrid(descriptions, (material) => actions.pickClass(material));
    this.#look = new LookSliders(wish.look, (look, what) => actions.changeLook(look, what));
    this.pictures = new PicturePanel(wish.example, actions);
    this.#order = new OrderRow(actions);
    this.#classPart = element("section", { class: "class-part" }, this.classes.root, this.#describe);
    this.#body = element(
      "div",
      { class: "make-body" },
      this.#classPart,
      this.#look.root,
      this.pictures.root,
      imagine.root,
      ...others.map(({ root }) => root),
    );
    this.root = element(
      "aside",
      { class: "atelier-make panel", attributes: { "aria-label": "Make a material" } },
      element("header", { class: "make-head" }, element("h1", { class: "title", text: "Atelier" }), this.#mode.root),
      this.#body,
      this.#order.root,
      ...others.map(({ order }) => order),
    );
  }

  /** @param usual - The chosen class's own look. */
  set(mode: MakeMode, wish: Wish, usual: LookWish, state: OrderState): void {
    const fromClass = mode === "class";
    if (this.root.dataset["source"] !== mode) this.#body.scrollTop = 0;
    this.root.dataset["source"] = mode;
    this.#mode.choose(mode);
    this.#classPart.hidden = !fromClass;
    this.#look.root.hidden = !fromClass;
    this.pictures.root.hidden = mode !== "picture";
    this.#order.root.hidden = mode === "grow" || hasBoard(mode);
    this.classes.choose(wish.material);
    this.#describe.textContent = this.#descriptions.get(wish.material) ?? "";
    this.#look.set(wish.look, usual);
    this.pictures.set(wish.example);
    this.#order.set(wish, state);
  }
}
