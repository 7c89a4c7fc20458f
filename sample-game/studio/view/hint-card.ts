import { element, setText } from "../../shell/element.ts";
import { DONE, STEPS } from "../rules/steps.ts";

/** What the card's buttons do. */
export interface HintActions {
  /** It was put away or got back. */
  resize(): void;
  /** Offers the scene as a file. */
  save(): void;
  /** Throws everything away. */
  beginAnew(): void;
}

/** The steps from an empty scene to an agent that has learned something; it can be put away and got back. */
export class HintCard {
  readonly root: HTMLElement;
  readonly #items: readonly HTMLElement[];
  readonly #words = element("p", { class: "hint-words", attributes: { role: "status", "data-test": "hint" } });
  readonly #actions: HintActions;
  readonly #call: HTMLButtonElement;
  readonly #anew: HTMLButtonElement;
  readonly #save: HTMLButtonElement;
  #at = -1;

  constructor(container: HTMLElement, actions: HintActions) {
    this.#actions = actions;
    this.#items = STEPS.map(({ title }) => element("li", { text: title }));
    this.#save = button("Save the scene", "button", () => actions.save());
    this.#anew = button("Begin anew", "button quiet", () => actions.beginAnew());
    const close = button("×", "button quiet round", () => this.show(false));
    close.setAttribute("aria-label", "Put the hints away");
    this.#call = button("?", "button round hint-call", () => this.show(true));
    this.#call.setAttribute("aria-label", "Show the hints");
    this.root = element(
      "section",
      { class: "hint-card panel", attributes: { "aria-label": "What to do" } },
      element("ol", {}, ...this.#items),
      close,
      this.#words,
      element("div", { class: "row" }, this.#save, this.#anew),
    );
    container.append(this.root, this.#call);
    this.#call.hidden = true;
  }

  /** Of what it hides of the picture, in CSS pixels. */
  get height(): number {
    return this.root.hidden ? 0 : this.root.offsetHeight;
  }

  show(isShown: boolean): void {
    this.root.hidden = !isShown;
    this.#call.hidden = isShown;
    this.#actions.resize();
  }

  /** @param at - Index of the step that comes now, `STEPS.length` when all are done. */
  update(at: number): void {
    if (at === this.#at) return;
    this.#at = at;
    this.#items.forEach((item, index) => {
      item.classList.toggle("done", index < at);
      if (index === at) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    setText(this.#words, STEPS[at]?.words ?? DONE);
    this.#save.hidden = at < STEPS.length;
    this.#anew.hidden = at === 0;
    this.#actions.resize();
  }
}

function button(text: string, className: string, onClick: () => void): HTMLButtonElement {
  return element("button", { class: className, text, attributes: { type: "button" }, onClick });
}
