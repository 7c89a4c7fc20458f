import { element } from "../../shell/element.ts";
import { enterAt, rove } from "./rove.ts";

/** A small picture that does something. */
export interface RowTile {
  readonly name: string;
  readonly face: HTMLElement;
  /** For tests. */
  readonly key?: string;
  act(): void;
}

/** Small pictures under a caption, one stop of the Tab key; hidden while there are none. */
export class TileRow {
  readonly root: HTMLElement;
  readonly #tiles: HTMLElement;

  constructor(caption: string) {
    this.#tiles = element("div", { class: "tile-row", attributes: { role: "group", "aria-label": caption } });
    this.root = element(
      "div",
      { class: "captioned-row" },
      element("p", { class: "caption", text: caption }),
      this.#tiles,
    );
    rove(this.#tiles, () => this.#buttons);
    this.set([]);
  }

  set(tiles: readonly RowTile[]): void {
    const buttons = tiles.map(({ name, face, key, act }) =>
      element(
        "button",
        {
          class: "tile",
          attributes: { type: "button", title: name, "aria-label": name, "data-value": key ?? null },
          onClick: () => act(),
        },
        element("span", { class: "tile-face" }, face),
      ),
    );
    this.#tiles.replaceChildren(...buttons);
    this.root.classList.toggle("empty", tiles.length === 0);
    enterAt(buttons, undefined);
  }

  get #buttons(): HTMLElement[] {
    return [...this.#tiles.children] as HTMLElement[];
  }
}
