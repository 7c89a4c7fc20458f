import { pixelArithmetic, pixelMix, type BakedImages, type Picture } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import { termsOf, type Imagining } from "../rules/imagining.ts";
import { createFace, setFace } from "./face.ts";
import { drawSquare, squareOf } from "./picture-square.ts";
import { mapPixels } from "./thumbnail.ts";

const FACE = 96;

/** What is imagined beside the same arithmetic with pixels, and why they differ. */
export class CompareCard {
  readonly root: HTMLElement;
  readonly #imagined = createFace();
  readonly #pixels = createFace();
  #shown = "";
  #material: BakedImages | null = null;

  constructor() {
    const figure = (face: HTMLElement, name: string): HTMLElement =>
      element("figure", {}, face, element("figcaption", { text: name }));
    this.root = element(
      "section",
      { class: "compare-card", attributes: { "data-test": "compare" } },
      figure(this.#imagined, "Imagined"),
      figure(this.#pixels, "In pixels"),
      element("p", {
        class: "hint",
        text: "Pixels only shine through each other; codes know what a texture is like.",
      }),
    );
  }

  /**
   * @param imagined - What lies on the bench; null where that is something else.
   * @param pictureOf - A picture by hash; null for one that is not at hand.
   */
  set(imagining: Imagining, imagined: BakedImages | null, pictureOf: (hash: string) => Picture | null): void {
    const { likes, without, plus } = termsOf(imagining);
    const [first = null, second = null, less, more] = [likes[0], likes[1], without, plus].map((each) =>
      each ? pictureOf(each.hash) : null,
    );
    this.root.hidden = !first || !imagined || !(second || less || more);
    if (!first || !imagined || this.root.hidden) return;
    if (imagined !== this.#material) {
      this.#material = imagined;
      setFace(this.#imagined, mapPixels(imagined, "albedo", FACE, FACE), FACE, FACE);
    }
    const shown = JSON.stringify([likes, without, plus]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const [from, to, take, add] = [first, second, less, more].map((each) => each && squareOf(each, FACE));
    drawSquare(to ? pixelMix(from!, to, 0.5) : pixelArithmetic(from!, take, add), this.#pixels);
  }
}
