import { element } from "../../shell/element.ts";
import { className } from "../rules/names.ts";
import { enterAt, rove } from "./rove.ts";

/** The classes of material as pictures, of which one is chosen. */
export class ClassGrid {
  readonly root: HTMLElement;
  readonly #buttons = new Map<string, HTMLButtonElement>();

  /** @param describe - One sentence for each class, by name. */
  constructor(classes: ReadonlyMap<string, string>, onPick: (material: string) => void) {
    this.root = element("div", {
      class: "class-grid",
      attributes: { role: "radiogroup", "aria-label": "Class of material" },
    });
    for (const [name, describe] of classes) {
      const button = element(
        "button",
        {
          class: "tile",
          attributes: { type: "button", role: "radio", title: describe, "data-value": name, "aria-checked": "false" },
          onClick: () => onPick(name),
        },
        element("span", { class: "tile-face" }),
        element("span", { class: "tile-name", text: className(name) }),
      );
      this.#buttons.set(name, button);
      this.root.append(button);
    }
    rove(this.root, () => [...this.#buttons.values()]);
  }

  /** Hangs a class's picture onto its button. */
  setPicture(name: string, picture: HTMLElement): void {
    this.#buttons.get(name)?.querySelector(".tile-face")?.replaceChildren(picture);
  }

  /** Marks the chosen class; null for none. */
  choose(name: string | null): void {
    for (const [each, button] of this.#buttons) button.setAttribute("aria-checked", String(each === name));
    enterAt([...this.#buttons.values()], name === null ? undefined : this.#buttons.get(name));
  }
}
