import { loadPictureControls } from "../../../plugin/editor.ts";
import type { ExampleWish, Picture, PictureWish } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import type { Scale } from "../rules/scales.ts";
import { createFace, setFace } from "./face.ts";
import { icon } from "./icons.ts";
import { SliderRow } from "./slider-row.ts";

/** What the buttons beside pictures do. */
export interface PictureListActions {
  /** A picture of this visit by hash; null for others. */
  pictureOf(hash: string): Picture | null;
  weigh(index: number, weight: number): void;
  remove(index: number): void;
  editMask(index: number): void;
}

const SHARE: Scale<"share"> = {
  name: "share",
  label: "Share",
  hint: "How much of the mix is like this picture",
  least: 0.05,
  most: 1,
  step: 0.05,
  say: (value) => `${Math.round(100 * value)} %`,
};
const FACE = 64;

/** The pictures that are painted from, each with its share, its mask and a way out. */
export class PictureList {
  readonly root = element("ul", { class: "picture-list", attributes: { "aria-label": "Pictures" } });
  readonly #actions: PictureListActions;
  #shown = "";

  constructor(actions: PictureListActions) {
    this.#actions = actions;
  }

  /** Shows the pictures; what did not change keeps its place and its focus. */
  set(pictures: readonly PictureWish[], layout: ExampleWish["layout"]): void {
    const key = JSON.stringify([pictures.map(({ hash, mask }) => [hash, mask]), layout]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.root.replaceChildren(...pictures.map((picture, index) => this.#row(picture, index, pictures.length, layout)));
  }

  #row(
    { hash, name, weight, mask, width, height }: PictureWish,
    index: number,
    count: number,
    layout: ExampleWish["layout"],
  ): HTMLElement {
    const picture = this.#actions.pictureOf(hash);
    const size = `${width} × ${height}`;
    const share = new SliderRow(SHARE, 1, (value) => this.#actions.weigh(index, value ?? 1));
    share.set(weight, 1);
    const isUnused = layout === "maps" && index > 0;
    return element(
      "li",
      { class: isUnused ? "unused" : "" },
      picture ? drawPicture(picture, FACE) : element("span", { class: "picture-face" }),
      element(
        "div",
        { class: "picture-name" },
        element("b", { text: name }),
        element("small", { text: isUnused ? "not used as it is" : size }),
      ),
      element(
        "div",
        { class: "picture-tools" },
        button("brush", mask ? `Mask of ${name}, set` : `Mask of ${name}: what not to copy`, mask ? "set" : "", () =>
          this.#actions.editMask(index),
        ),
        button("close", `Remove ${name}`, "", () => this.#actions.remove(index)),
      ),
      ...(count > 1 && layout === "new" ? [share.root] : []),
    );
  }
}

/** A picture in a square, cut at its longer side. It is empty for a moment. */
export function drawPicture(picture: Picture, size: number): HTMLImageElement {
  const face = createFace("picture-face");
  void loadPictureControls().then(({ picturePixels }) => setFace(face, picturePixels(picture, size, size), size, size));
  return face;
}

function button(name: "brush" | "close", label: string, look: string, act: () => void): HTMLElement {
  return element(
    "button",
    {
      class: `button quiet round ${look}`,
      attributes: { type: "button", "aria-label": label, title: label },
      onClick: act,
    },
    icon(name),
  );
}
