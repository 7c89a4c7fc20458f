import type { ExampleWish } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import type { LookWish, Wish } from "../rules/wish.ts";
import { ClassGrid } from "./class-grid.ts";
import { LookSliders } from "./look-sliders.ts";
import { OrderRow, type OrderActions, type OrderState } from "./order-row.ts";
import { PicturePanel, type PictureActions } from "./picture-panel.ts";
import { Segments } from "./segments.ts";

/** What can be done on the left. */
export interface MakeActions extends OrderActions, PictureActions {
  setSource(source: Wish["source"]): void;
  pickClass(material: string): void;
  changeLook(look: LookWish, what: string): void;
  change(example: ExampleWish, what: string): void;
}

/** The panel on the left: what to make a material of, and how it shall be. */
export class MakePanel {
  readonly root: HTMLElement;
  readonly classes: ClassGrid;
  readonly pictures: PicturePanel;
  readonly #source: Segments<Wish["source"]>;
  readonly #look: LookSliders;
  readonly #order: OrderRow;
  readonly #describe = element("p", { class: "describe" });
  readonly #descriptions: ReadonlyMap<string, string>;
  readonly #classPart: HTMLElement;

  /** @param descriptions - One sentence for each class, by name. */
  constructor(wish: Wish, descriptions: ReadonlyMap<string, string>, actions: MakeActions) {
    this.#descriptions = descriptions;
    this.#source = new Segments(
      "Made from",
      [
        ["class", "From a class"],
        ["picture", "From a picture"],
      ],
      (source) => actions.setSource(source),
    );
    this.classes = new ClassGrid(descriptions, (material) => actions.pickClass(material));
    this.#look = new LookSliders(wish.look, (look, what) => actions.changeLook(look, what));
    this.pictures = new PicturePanel(wish.example, actions);
    this.#order = new OrderRow(actions);
    this.#classPart = element("section", { class: "class-part" }, this.classes.root, this.#describe);
    this.root = element(
      "aside",
      { class: "atelier-make panel", attributes: { "aria-label": "Make a material" } },
      element("header", { class: "make-head" }, element("h1", { class: "title", text: "Atelier" }), this.#source.root),
      element("div", { class: "make-body" }, this.#classPart, this.#look.root, this.pictures.root),
      this.#order.root,
    );
  }

  /** @param usual - The chosen class's own look. */
  set(wish: Wish, usual: LookWish, state: OrderState): void {
    const fromClass = wish.source === "class";
    this.root.dataset["source"] = wish.source;
    this.#source.choose(wish.source);
    this.#classPart.hidden = !fromClass;
    this.#look.root.hidden = !fromClass;
    this.pictures.root.hidden = fromClass;
    this.classes.choose(wish.material);
    this.#describe.textContent = this.#descriptions.get(wish.material) ?? "";
    this.#look.set(wish.look, usual);
    this.pictures.set(wish.example);
    this.#order.set(wish, state);
  }
}
