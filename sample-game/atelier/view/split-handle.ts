import { SplitSlider } from "../../../plugin/editor.ts";
import { element } from "../../shell/element.ts";

/** The line between two sides of a picture, e.g. before and after: it is dragged, and moved by arrow keys. */
export class SplitHandle {
  readonly root: HTMLElement;
  readonly slider: SplitSlider;

  /** @param onMove - Called with a share of the picture's width. @param words - What lies to the left and to the right. */
  constructor(onMove: (at: number) => void, [left, right]: readonly [string, string] = ["Before", "After"]) {
    this.root = element(
      "div",
      { class: "split-handle", attributes: { hidden: "" } },
      element("span", { class: "split-before", text: left }),
      element("i"),
      element("span", { class: "split-after", text: right }),
    );
    this.slider = new SplitSlider(this.root, onMove);
    this.root.setAttribute("aria-label", `Between ${left.toLowerCase()} and ${right.toLowerCase()}`);
  }
}
