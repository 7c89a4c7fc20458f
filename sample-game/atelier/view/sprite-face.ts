import { encodePng, spriteBytes, type Sprite } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import { layOut } from "../rules/spriting.ts";

/** A sprite as a small picture, with its opacity; the style makes it larger without smoothing. */
export class SpriteFace {
  readonly root: HTMLImageElement;
  #sprite: Sprite | null = null;

  /** @param alt - For screen readers. Default nothing: then it is only for the eye. */
  constructor(alt = "") {
    const hidden = alt === "" ? "true" : null;
    this.root = element("img", {
      class: "sprite-face",
      attributes: { alt, "aria-hidden": hidden, draggable: "false", hidden: "" },
    });
  }

  /** Null shows nothing. */
  set(sprite: Sprite | null): void {
    this.root.hidden = sprite === null;
    if (sprite === this.#sprite) return;
    this.#sprite = sprite;
    if (!sprite) return;
    const url = URL.createObjectURL(spritePng([sprite], 1));
    // Once it is decoded, the file is not needed any more.
    this.root.onload = this.root.onerror = () => URL.revokeObjectURL(url);
    this.root.src = url;
  }
}

/** Sprites as a PNG file, in rows without gaps, one pixel each as it is. */
export function spritePng(sprites: readonly Sprite[], columns: number): Blob {
  const { width, height, bytes } = layOut(sprites.map(spriteBytes), columns);
  const pixels = new Uint8Array(bytes.buffer);
  return new Blob([encodePng({ width, height, channels: 4, pixels })], { type: "image/png" });
}
