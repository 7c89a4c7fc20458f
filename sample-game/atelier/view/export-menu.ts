import type { MapName } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import { icon } from "./icons.ts";
import { Popover } from "./popover.ts";
import { MAPS } from "./thumbnail.ts";

/** Ways out of the page. */
export interface ExportActions {
  exportZip(normals: "opengl" | "directx"): void;
  exportPng(map: MapName): void;
  copyRecipe(): void;
}

/** The menu of ways to take a material along. */
export class ExportMenu {
  readonly root: HTMLElement;
  readonly #button: HTMLButtonElement;

  constructor(actions: ExportActions) {
    const item = (text: string, hint: string, test: string, act: () => void): HTMLElement =>
      element(
        "button",
        { class: "menu-item", attributes: { type: "button", "data-test": test }, onClick: act },
        element("span", { text }),
        element("small", { text: hint }),
      );
    const maps = MAPS.slice(1).map(([map, label]) =>
      element("button", {
        class: "chip",
        text: label,
        attributes: { type: "button", "data-map": map, title: `${label} as a PNG` },
        onClick: () => actions.exportPng(map as MapName),
      }),
    );
    const panel = element(
      "div",
      { class: "menu panel" },
      item("All maps", "zip", "export-zip", () => actions.exportZip("opengl")),
      item("All maps for DirectX", "zip", "export-directx", () => actions.exportZip("directx")),
      item("Recipe", "copies text", "copy-recipe", () => actions.copyRecipe()),
      element("p", { class: "caption", text: "One map as PNG" }),
      element("div", { class: "chips" }, ...maps),
    );
    this.#button = element(
      "button",
      { class: "button", attributes: { type: "button", "data-test": "export" } },
      icon("share"),
      "Export",
    );
    this.root = new Popover(this.#button, panel, "Export").root;
  }

  setEnabled(enabled: boolean): void {
    this.#button.disabled = !enabled;
  }
}
