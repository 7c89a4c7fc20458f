import type { BakedImages } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import { mapPixels } from "./thumbnail.ts";

/** Pixels of one tile on the screen, CSS. */
const TILE = 256;
const FADE_MILLISECONDS = 400;

/** A wall of the first material, lit by the page itself: something to look at while the scene is being built and compiled. */
export class FirstSight {
  readonly root = element("div", { class: "first-sight" });
  readonly #wall = element("canvas", { attributes: { role: "img" } });

  /** Shows a material, as wide as the window, and waits until that is on the screen. */
  async show(images: BakedImages, name: string): Promise<void> {
    const wall = this.#wall;
    wall.setAttribute("aria-label", `${name}, the first material`);
    wall.width = Math.min(2048, window.innerWidth);
    wall.height = Math.min(2048, window.innerHeight);
    const tile = new OffscreenCanvas(TILE, TILE);
    tile.getContext("2d")!.drawImage(litPicture(images), 0, 0, TILE, TILE);
    const context = wall.getContext("2d")!;
    context.fillStyle = context.createPattern(tile, "repeat")!;
    context.fillRect(0, 0, wall.width, wall.height);
    this.root.append(wall);
    await drawnFrame();
  }

  /** Fades away and is gone. */
  leave(): void {
    this.root.classList.add("leaving");
    setTimeout(() => this.root.remove(), FADE_MILLISECONDS);
  }
}

function litPicture(images: BakedImages): OffscreenCanvas {
  const { width, height } = images;
  const picture = new OffscreenCanvas(width, height);
  const pixels = new ImageData(mapPixels(images, "material", width, height), width, height);
  picture.getContext("2d")!.putImageData(pixels, 0, 0);
  return picture;
}

/** Waits for a frame that has been drawn; not longer than a hidden page, which draws none, should. */
function drawnFrame(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 250);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}
