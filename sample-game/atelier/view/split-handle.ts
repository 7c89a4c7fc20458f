import { SplitSlider } from "../../../plugin/editor.ts";
import { element } from "../../shell/element.ts";

/** The line between before and after: it is dragged, and moved by arrow keys. */
export class SplitHandle {
  readonly root = element(
    "div",
    { class: "split-handle", attributes: { hidden: "" } },
    element("span", { class: "split-before", text: "Before" }),
    element("i"),
    element("span", { class: "split-after", text: "After" }),
  );
  readonly slider: SplitSlider;

  /** @param onMove - Called with a share of the picture's width. */
  constructor(onMove: (at: number) => void) {
    this.slider = new SplitSlider(this.root, onMove);
  }
}
