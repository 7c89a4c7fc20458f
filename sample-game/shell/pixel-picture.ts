import { element } from "./element.ts";

/** Red, green and blue, from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** A small picture with hard pixels, drawn large. */
export class PixelPicture {
  readonly canvas: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D | null;
  readonly #image: ImageData | null;

  /** @param label - What it shows, for those who cannot see it. */
  constructor(width: number, height: number, label: string, className: string) {
    this.canvas = element("canvas", {
      class: className,
      attributes: { width: String(width), height: String(height), role: "img", "aria-label": label },
    });
    this.#pen = this.canvas.getContext("2d");
    this.#image = this.#pen?.createImageData(width, height) ?? null;
  }

  /** Asks for the colour of each pixel and shows them. */
  draw(colourAt: (column: number, row: number) => Rgb): void {
    const image = this.#image;
    if (!image) return;
    for (let row = 0, at = 0; row < image.height; row++) {
      for (let column = 0; column < image.width; column++, at += 4) {
        const [red, green, blue] = colourAt(column, row);
        image.data[at] = red;
        image.data[at + 1] = green;
        image.data[at + 2] = blue;
        image.data[at + 3] = 255;
      }
    }
    this.#pen?.putImageData(image, 0, 0);
  }
}
