import { element } from "../../shell/element.ts";

/** What can be done about what the imaginer has learned. */
export interface KeptFitActions {
  /** Puts another such material on the bench. */
  imagine(name: string): void;
  /** As a file. */
  save(name: string): void;
  forget(name: string): void;
}

/** What the imaginer has learned in this browser, by name. */
export class KeptFitList {
  readonly root: HTMLElement;
  readonly #list = element("ul", { class: "kept-fits" });
  readonly #actions: KeptFitActions;

  constructor(actions: KeptFitActions) {
    this.#actions = actions;
    this.root = element(
      "div",
      { class: "kept-fit-part", attributes: { hidden: "" } },
      element("p", { class: "caption", text: "Imagined materials of yours" }),
      this.#list,
    );
  }

  set(names: readonly string[]): void {
    this.root.hidden = names.length === 0;
    this.#list.replaceChildren(...names.map((name) => this.#row(name)));
  }

  /** @param chosen - The one on the bench; null for none. */
  show(isShown: boolean, chosen: string | null): void {
    this.root.hidden = !isShown;
    for (const button of this.#list.querySelectorAll<HTMLElement>("[data-fit]")) {
      if (button.dataset["fit"] === chosen) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  #row(name: string): HTMLElement {
    const imagine = element("button", {
      class: "button small",
      text: name,
      attributes: {
        type: "button",
        "data-fit": name,
        title: "Imagines another one",
        "aria-label": `Imagine another ${name}`,
      },
      onClick: () => this.#actions.imagine(name),
    });
    const save = element("button", {
      class: "link",
      text: "Save file",
      attributes: {
        type: "button",
        title: "A small file by which it can be opened in another browser",
        "aria-label": `Save file of ${name}`,
        "data-save-fit": name,
      },
      onClick: () => this.#actions.save(name),
    });
    const forget = element("button", {
      class: "link",
      text: "Forget",
      attributes: { type: "button", "aria-label": `Forget ${name}`, "data-forget-fit": name },
      onClick: () => this.#actions.forget(name),
    });
    return element("li", {}, imagine, save, forget);
  }
}
